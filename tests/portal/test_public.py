"""The pages anyone may read: what they tell, from what is true today, in few queries."""

from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches

from marelle.accounts.models import Organisation
from marelle.portal import registry
from marelle.portal.queries import public
from marelle.portal.queries.register import register
from marelle.programme.enums import NetworkStatus, Status
from marelle.programme.models import Title
from tests.accounts.factories import CollectiviteFactory, UserFactory
from tests.programme.factories import CandidacyFactory, MandateFactory, NetworkMembershipFactory, RouteVersionFactory
from tests.territories.factories import DepartementFactory, RegionFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
PAGES = [
    "/", "/programme/", "/reseau/", "/ressources/", "/aide/", "/mentions-legales/", "/accessibilite/",
    "/donnees-personnelles/", "/actualites/", "/agenda/", "/questions/", "/plan-du-site/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def today(at):
    caches["local"].clear()
    with time_machine.travel(at, tick=False):
        yield at


@pytest.fixture
def normandie():
    return RegionFactory(name="Normandie")


@pytest.fixture
def seine_maritime(normandie):
    return DepartementFactory(name="Seine-Maritime", region=normandie)


def titled(territory, at, **facts):
    organisation = CollectiviteFactory(territory=territory)
    candidacy = CandidacyFactory(organisation=organisation, status=Status.TITLED)
    facts = {"starts_on": date(2026, 10, 1), "ends_on": date(2032, 3, 31)} | facts
    return Title.objects.create(
        territory=territory,
        mandate=candidacy.version.route.mandate,
        candidacy=candidacy,
        name="Ville amie des enfants",
        published_at=at,
        published_by=candidacy.opened_by,
        **facts,
    )


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_installation_has_all_its_pages(client, path):
    response = client.get(path)
    shown = response.content.decode()
    assert response.status_code == 200
    assert shown.count("<h1") == 1
    assert "119" in shown


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_makes_few_queries_however_many_members(
    client, at, seine_maritime, path, django_assert_max_num_queries
):
    RouteVersionFactory()
    RouteVersionFactory(network=True)
    for n in range(12):
        territory = TerritoryFactory(departement=seine_maritime, region=seine_maritime.region, x=1.0 * n, y=2.0)
        titled(territory, at) if n % 2 else NetworkMembershipFactory(
            organisation__territory=territory, status=NetworkStatus.MEMBER, joined_on=date(2026, 6, 1)
        )
    ContentType.objects.get_for_models(*apps.get_app_config("portal").get_models())  # once in a process
    with django_assert_max_num_queries(6):
        client.get(path)


def test_the_home_page_lists_and_maps_the_members_of_today(client, at, seine_maritime):
    rouen = TerritoryFactory(name="Rouen", departement=seine_maritime, region=seine_maritime.region, x=410.0, y=150.0)
    gone = TerritoryFactory(name="Ville au titre retiré", x=1.0, y=1.0)
    titled(rouen, at)
    titled(gone, at, withdrawn_on=date(2026, 11, 2), withdrawal_reason="Engagements non tenus.")
    shown = client.get("/").content.decode()
    assert shown.count('<circle cx="410.0" cy="150.0"') == 1
    assert shown.count("Rouen") >= 3  # the point, its title, the list
    assert "Normandie" in shown
    assert "Ville au titre retiré" not in shown
    assert "1 collectivité titrée" in shown


def test_a_new_member_is_shown_at_once(client, at):
    assert "Personne encore sur la carte" in client.get("/").content.decode()
    titled(TerritoryFactory(name="Rouen"), at)
    assert "Rouen" in client.get("/").content.decode()
    titled(TerritoryFactory(name="Vernon"), at)
    assert "Vernon" in client.get("/").content.decode()


def test_a_territory_with_both_is_one_member_and_titled(at):
    both = TerritoryFactory()
    titled(both, at)
    NetworkMembershipFactory(
        organisation=Organisation.objects.get(territory=both), status=NetworkStatus.MEMBER, joined_on=date(2026, 6, 1)
    )
    [member] = public.members(date(2026, 11, 24)).everyone
    assert member.is_titled


def test_members_are_sorted_as_people_sort_names(at):
    for name in ("Évreux", "Zuydcoote", "Amiens", "Le Havre"):
        titled(TerritoryFactory(name=name), at)
    assert [m.territory.name for m in public.members(date(2026, 11, 24)).everyone] == [
        "Amiens",
        "Évreux",
        "Le Havre",
        "Zuydcoote",
    ]


def test_an_invented_status_of_a_real_town_says_so(client, at):
    titled(TerritoryFactory(name="Rouen"), at, is_demonstration=True)
    assert "Donnée inventée pour la démonstration" in client.get("/").content.decode()


def test_the_headline_is_counted_and_honest(client, monkeypatch):
    monkeypatch.setattr(registry, "proposal_counts", [])
    monkeypatch.setattr(public, "proposal_counts", [])
    assert "Ces compteurs partent de zéro" in client.get("/").content.decode()
    count = registry.Proposals(14_832, 9_410, 2_107)
    monkeypatch.setattr(public, "proposal_counts", [lambda: count, lambda: registry.Proposals(1, 1, 0)])
    shown = client.get("/").content.decode()
    assert "<b>14\u202f833</b>" in shown
    assert "<b>9\u202f411</b>" in shown
    assert "Ces compteurs partent de zéro" not in shown


def test_the_programme_is_explained_from_what_is_loaded(client):
    version = RouteVersionFactory()
    shown = client.get("/programme/").content.decode()
    asked = version.definition
    assert asked.summary in shown
    assert asked.source in shown
    for step in asked.steps:
        assert step.description in shown
    assert "28\u00a0février 2027 à 18\u00a0h" in shown
    assert "200\u00a0€" in shown  # the grid


def test_before_the_mandate_is_loaded_the_programme_says_so(client):
    MandateFactory()
    assert "n’est pas encore publié" in client.get("/programme/").content.decode()


def test_the_network_shows_its_charter_and_its_source(client):
    version = RouteVersionFactory(network=True)
    shown = client.get("/reseau/").content.decode()
    assert version.definition.charter.articles[0] in shown
    assert version.definition.source in shown


def test_the_register_of_personal_data_comes_from_the_models(client):
    shown = client.get("/donnees-personnelles/").content.decode()
    assert "Vous reconnaître et vous écrire" in shown
    assert "la clôture du compte" in shown


def test_the_register_is_written_in_french_to_the_last_line():
    nameless = [subject for subject in register() if not subject.name or not all(line.label for line in subject.lines)]
    assert nameless == []


def test_a_hostile_name_is_escaped(client, at):
    titled(TerritoryFactory(name="<script>alert(1)</script>", slug="x", x=1.0, y=1.0), at)
    assert "<script>alert" not in client.get("/").content.decode()


def test_a_signed_in_person_sees_their_own_doors(client):
    client.force_login(UserFactory(name="Inès Martin"))
    shown = client.get("/").content.decode()
    assert "Inès M." in shown
    assert 'href="/tableau-de-bord/"' in shown
    assert "Se connecter" not in shown


def test_the_register_tells_of_sessions_keys_and_proconnect_too(client):
    """They are held by libraries: what they know of a person is held by us all the same."""
    shown = client.get("/donnees-personnelles/").content.decode()
    for words in ["Session ouverte", "adresse du réseau", "navigateur", "Second facteur", "Lien avec ProConnect"]:
        assert words.lower() in shown.lower(), words
