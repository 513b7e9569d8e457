"""The gate of the back office (`/edition/`): every door Wagtail has, for those who have no business there."""

import re

import pytest
from django.urls import URLResolver, get_resolver, reverse

from marelle.accounts.actions.seats import seat
from marelle.accounts.enums import Role
from marelle.library.actions.office import open_the_office
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national, of_delegation

from .test_doors import OFFICE

STANDS_FOR = {"path": "x", "int": "1", "slug": "x", "str": "x", "uuid": "7d9f3a5e-0000-4000-8000-000000000000"}
WALLED_UP = re.compile(r"^/edition/(users|groups|sites|password_reset|failwhale|api-tokens)/")


def office_doors():
    """One address for each pattern of the back office, whatever it holds."""
    office = next(entry for entry in get_resolver().url_patterns if str(entry.pattern) == OFFICE)
    return sorted(set(_addresses(office, "/")))


def _addresses(entry, prefix):
    pattern = str(entry.pattern)
    if isinstance(entry, URLResolver):
        for inner in entry.url_patterns:
            yield from _addresses(inner, prefix + pattern)
        return
    filled = re.sub(r"\(\?P<\w+>[^)]*\)", "1", prefix + pattern).replace("\\.", ".")
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: STANDS_FOR[found[1] or "str"], filled)
    filled = filled.replace("^", "").replace("$", "").replace(".*", "x")
    yield filled


DOORS = office_doors()


@pytest.fixture
def office(db, at):
    open_the_office(at=at)


def of_the_team(role):
    person = national(role)
    seat(user=person)
    return person


def test_the_back_office_has_many_doors():
    assert len(DOORS) > 250


def test_nobody_signed_in_reaches_one(client, office):
    for door in DOORS:
        answer = client.get(door)
        assert answer.status_code in {302, 404}, door
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith((reverse("account_login"), "/edition/login/")), door


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_role_of_the_editorial_team_there_is_nothing(client, office, method):
    strangers = [
        UserFactory(), lead_of(CollectiviteFactory()), of_delegation(), *map(of_the_team, [Role.ADVISER, Role.EXPERT, Role.SAFEGUARDING]),
    ]  # fmt: skip
    for turn, door in enumerate(DOORS):
        client.force_login(strangers[turn % len(strangers)])  # each door for one of them, each of them for many doors
        answer = getattr(client, method)(door)
        if door in {"/edition/login/", "/edition/logout/"}:
            assert answer.status_code == 302 or b"Wagtail" not in answer.content
            continue
        assert answer.status_code == 404, door
        assert b"Wagtail" not in answer.content, door


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.MANAGER])
def test_the_team_enters_and_finds_no_door_to_people_groups_or_sites(client, office, role):
    client.force_login(of_the_team(role))
    assert client.get("/edition/").status_code == 200
    for door in filter(WALLED_UP.match, DOORS):
        assert client.get(door).status_code == 404, door
        assert client.post(door).status_code == 404, door


def test_a_seat_without_a_role_any_more_opens_nothing(client, office, at):
    person = of_the_team(Role.EDITOR)
    person.memberships.update(ends_on=at.date().replace(year=2025))
    client.force_login(person)
    assert client.get("/edition/").status_code == 404


def test_the_second_factor_is_asked_for_here_too(client, office):
    client.force_login(of_the_team(Role.EDITOR), second_factor=False)
    assert client.get("/edition/").headers["Location"] == reverse("mfa_index")


def test_wagtails_own_sign_in_leads_to_ours(client, office):
    assert client.get("/edition/login/").headers["Location"] == reverse("account_login") + "?next=/edition/"
    assert client.get("/edition/password_reset/").headers["Location"].startswith(reverse("account_login"))


def test_signing_out_is_ours(client, office):
    client.force_login(of_the_team(Role.EDITOR))
    assert client.post("/edition/logout/").headers["Location"] == reverse("portal:home")
    assert client.get("/edition/").status_code == 302


def test_pages_of_the_office_load_from_here_alone_and_run_nothing_written_in_them(client, office):
    client.force_login(of_the_team(Role.PUBLISHER))
    for door in ("/edition/", "/edition/images/", "/edition/redirects/add/", "/edition/reports/site-history/"):
        answer = client.get(door)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy.split("; "), "our files, and nothing else, in whichever order it is told"
        assert "unsafe-eval" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert b"<script>" not in answer.content, door


def test_what_is_public_stays_strict(client, office):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "blob:" not in policy
