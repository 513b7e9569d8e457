"""Role × state × door: who gets an answer where, guessed URLs included."""

import re

import pytest
from django.urls import URLResolver, get_resolver, reverse

from marelle.accounts.enums import Role
from marelle.programme.enums import SEEN_BY_VOLUNTEERS, Status
from marelle.programme.models import ConflictOfInterest, Opinion
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national, of_delegation
from tests.programme.factories import CandidacyFactory
from tests.territories.factories import DepartementFactory, TerritoryFactory

from .doors import CANDIDACY, DOORS, OPEN

OFFICE = "edition/"
"""The back office is Wagtail's, behind one gate of ours (`tests/house/test_office.py`): its doors are not listed."""


def doors(resolver=None, prefix="", namespace=""):
    """Every URL of the site: its full name, its pattern, its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        if prefix + str(entry.pattern) == OFFICE:
            continue
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from doors(entry, prefix + str(entry.pattern), inner)
        else:
            yield f"{namespace}{entry.name}", prefix + str(entry.pattern), entry.callback


def test_every_door_is_in_the_table_and_nothing_else():
    assert {name for name, _pattern, _view in doors()} == set(DOORS)


def test_every_door_is_closed_unless_the_table_opens_it():
    """Django's middleware asks for a sign-in unless the view says otherwise: the view and the table say the same."""
    opened = {name for name, _pattern, view in doors() if not getattr(view, "login_required", True)}
    assert opened == {name for name, who in DOORS.items() if who in OPEN}


def test_no_door_shows_how_many_there_are():
    """Public ids are opaque, or official codes. What allauth lists to its own owner (keys, sessions) is the exception."""
    serial = {name for name, pattern, _view in doors() if "<int:pk>" in pattern or "<int:id>" in pattern}
    assert serial == {"mfa_remove_webauthn", "mfa_edit_webauthn", "session_end"}


ABOUT_A_CANDIDACY = sorted(
    (name, pattern)
    for name, pattern, _view in doors()
    if DOORS.get(name) == CANDIDACY and re.match(r"(candidatures|dossiers)/<\w+:public_id>", pattern)
)
GUESSES = {
    "key": "motivation",
    "number": 1,
    "file_id": "2guess234567",
    "message_id": "2guess234567",
    "person": "2guess234567",
}


def address(name, pattern, candidacy):
    wanted = {key: value for key, value in GUESSES.items() if f":{key}>" in pattern}
    return reverse(name, kwargs={"public_id": candidacy.public_id, **wanted})


@pytest.fixture
def here(db):
    return TerritoryFactory(departement=DepartementFactory())


@pytest.fixture
def candidacy(here):
    return CandidacyFactory(organisation=CollectiviteFactory(territory=here))


@pytest.fixture
def people(here, candidacy, at):
    """One person for each way of standing beside a candidacy."""
    expert, aside = national(Role.EXPERT), national(Role.ADVISER)
    Opinion.objects.create(candidacy=candidacy, asked_of=expert, due_on=at.date(), asked_at=at, asked_by=aside)
    ConflictOfInterest.objects.create(candidacy=candidacy, user=aside, reason="Ma ville", declared_at=at)
    team = candidacy.organisation
    return {
        "lead": lead_of(team),
        "elected": member_of(team, Role.ELECTED),
        "contributor": member_of(team, Role.CONTRIBUTOR),
        "signatory": member_of(team, Role.SIGNATORY),
        "manager": national(Role.MANAGER),
        "adviser": national(Role.ADVISER),
        "expert asked": expert,
        "head here": of_delegation(Role.HEAD, covers=[here.departement]),
        "volunteer here": of_delegation(Role.VOLUNTEER, covers=[here.departement]),
        "adviser with a conflict": aside,
        "expert not asked": national(Role.EXPERT),
        "safeguarding officer": national(Role.SAFEGUARDING),
        "head elsewhere": of_delegation(Role.HEAD, covers=[DepartementFactory()]),
        "volunteer elsewhere": of_delegation(Role.VOLUNTEER, covers=[DepartementFactory()]),
        "volunteer whose term ended": of_delegation(
            Role.VOLUNTEER, covers=[here.departement], ends_on=at.date().replace(year=2025)
        ),
        "lead of another town": lead_of(CollectiviteFactory()),
        "lead who left": lead_of(team, ends_on=at.date().replace(year=2025)),
        "somebody": UserFactory(),
    }


ALWAYS = {"lead", "elected", "contributor", "signatory", "manager", "adviser", "expert asked", "head here"}
NEVER = {
    "adviser with a conflict", "expert not asked", "safeguarding officer", "head elsewhere", "volunteer elsewhere",
    "volunteer whose term ended", "lead of another town", "lead who left", "somebody",
}  # fmt: skip
COLLECTIVITE = {"lead", "elected", "contributor", "signatory"}


@pytest.mark.parametrize("status", Status)
def test_who_sees_a_candidacy_in_each_state(client, candidacy, people, status):
    candidacy.status = status
    candidacy.save(update_fields=["status"])
    seen = set()
    for who, user in people.items():
        client.force_login(user)
        code = client.get(reverse("programme:candidacy", args=[candidacy.public_id])).status_code
        assert code in {200, 404}, (who, code)
        if code == 200:
            seen.add(who)
    assert seen == ALWAYS | ({"volunteer here"} if status in SEEN_BY_VOLUNTEERS else set())


@pytest.mark.parametrize("status", [Status.DRAFT, Status.UNDER_REVIEW, Status.TITLED])
def test_strangers_find_no_door_of_a_candidacy(client, candidacy, people, status):
    """Every door, by reading and by writing: not found, as if there were nothing."""
    candidacy.status = status
    candidacy.save(update_fields=["status"])
    assert len(ABOUT_A_CANDIDACY) > 30
    for who in sorted(NEVER):
        client.force_login(people[who])
        for name, pattern in ABOUT_A_CANDIDACY:
            url = address(name, pattern, candidacy)
            codes = {client.get(url).status_code, client.post(url, {"reason": "x", "text": "x"}).status_code}
            assert codes <= {404, 405}, (who, name, codes)


@pytest.mark.parametrize("status", [Status.FILED, Status.UNDER_REVIEW, Status.COMMISSION])
def test_what_the_team_writes_among_itself_is_not_the_collectivites(client, candidacy, people, status):
    candidacy.status = status
    candidacy.save(update_fields=["status"])
    for who in sorted(COLLECTIVITE):
        client.force_login(people[who])
        for door in ("review", "review_print"):
            assert client.get(reverse(f"programme:{door}", args=[candidacy.public_id])).status_code in {403, 404}, (
                who,
                door,
            )
        answer = client.post(reverse("programme:add_note", args=[candidacy.public_id]), {"text": "Lisible ?"})
        assert answer.status_code in {403, 404}
    assert not candidacy.notes.exists()


def test_without_a_sign_in_every_door_of_a_candidacy_leads_to_it(client, candidacy):
    for name, pattern in ABOUT_A_CANDIDACY:
        for method in (client.get, client.post):
            answer = method(address(name, pattern, candidacy))
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith(reverse("account_login")), name


@pytest.mark.django_db
@pytest.mark.parametrize("guess", ["1", "admin", "2guess234567", "..%2F..", "a" * 300, "%00", "'--", "é"])
def test_a_guessed_id_finds_nothing(client, guess):
    client.force_login(national())
    for name, pattern in ABOUT_A_CANDIDACY:
        url = "/" + re.sub(r"<\w+:(\w+)>", lambda found: str({"public_id": guess, **GUESSES}[found[1]]), pattern)
        # A NUL is refused before anything is looked for.
        expected = {400} if guess == "%00" else {404, 405}
        assert client.get(url).status_code in expected, name
