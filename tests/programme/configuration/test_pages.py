"""What the programme asks, read by anyone; its versions and what changed, read by the national team."""

import pytest
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.programme.actions.configuration import load
from marelle.programme.definition.reading import read_configuration
from marelle.programme.management.commands.load_programme import SHIPPED
from marelle.programme.models import RouteVersion
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national, of_delegation
from tests.programme.factories import CandidacyFactory

pytestmark = pytest.mark.django_db
ROUTE = ("2026-2032", "ville-amie-des-enfants")


@pytest.fixture
def shipped(at):
    """Two versions of the titled route: as shipped, then one question reworded and one removed."""
    found = read_configuration((SHIPPED / "2026-2032").glob("*.yaml"))
    load(mandate=found.mandate, routes=found.routes, by=None, at=at)
    content = next(r for r in found.routes if r.kind == "titled").model_dump(mode="json")
    first = content["sections"][0]["questions"]
    first[0]["label"] = "Pour quelle raison <b>votre</b> collectivité s’engage-t-elle pour ce mandat ?"
    del first[1]
    changed = type(found.routes[0]).model_validate(content)
    load(mandate=found.mandate, routes=(changed,), by=None, at=at)


def test_anyone_reads_what_is_asked_today(client, shipped):
    text = client.get(reverse("programme:asked", args=ROUTE)).text
    for question in RouteVersion.objects.in_force(
        "titled", on=RouteVersion.objects.first().loaded_at.date()
    ).definition.questions.values():
        assert question.why in text
    assert "Posée seulement si" in text
    assert "28 février 2027".replace(" ", "\u00a0", 1) in text
    assert "confirmer par l’UNICEF France" in text
    assert text.count("<h1") == 1


def test_a_route_nobody_wrote_is_not_found(client, shipped):
    assert client.get(reverse("programme:asked", args=("2026-2032", "autre"))).status_code == 404
    assert client.get(reverse("programme:asked", args=("1999-2005", ROUTE[1]))).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"), [("versions", ()), ("version", (*ROUTE, 1)), ("version_difference", (*ROUTE, 1, 2))]
)
def test_versions_are_the_teams(client, shipped, name, args):
    there = reverse(f"programme:{name}", args=args)
    assert client.get(there).status_code == 302, "someone who is not signed in is asked to"
    for user, status in (
        (national(), 200),
        (national(Role.ADVISER), 200),
        (national(Role.EXPERT), 404),
        (UserFactory(), 404),
        (lead_of(CollectiviteFactory()), 404),
        (of_delegation(), 404),
    ):
        client.force_login(user)
        assert client.get(there).status_code == status


def test_the_list_counts_the_files_on_each_version(client, shipped, django_assert_max_num_queries):
    for version in RouteVersion.objects.filter(route__kind="titled"):
        for _ in range(version.number + 1):
            CandidacyFactory(version=version)
    client.force_login(national())
    with django_assert_max_num_queries(10):
        text = client.get(reverse("programme:versions")).text
    rows = text.partition("Ville amie des enfants")[2].partition("</table>")[0]
    assert [row.partition('data-label="Dossiers">')[2][0] for row in rows.split("<tr>")[2:]] == ["3", "2"]


def test_the_difference_shows_words_and_never_runs_them(client, shipped):
    client.force_login(national())
    text = client.get(reverse("programme:version_difference", args=(*ROUTE, 1, 2))).text
    assert "<del>Pourquoi" in text
    assert "&lt;b&gt;votre&lt;/b&gt;" in text
    assert "retiré" in text
    assert "Combien d’enfants et de jeunes" in text


def test_two_equal_versions_say_so(client, shipped):
    client.force_login(national())
    assert "disent la même chose" in client.get(reverse("programme:version_difference", args=(*ROUTE, 2, 2))).text


def test_an_old_version_says_it_is_old(client, shipped):
    client.force_login(national())
    assert "n’est plus en vigueur" in client.get(reverse("programme:version", args=(*ROUTE, 1))).text
    assert "n’est plus en vigueur" not in client.get(reverse("programme:version", args=(*ROUTE, 2))).text
    assert client.get(reverse("programme:version", args=(*ROUTE, 9))).status_code == 404
