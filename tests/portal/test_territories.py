from datetime import date

import pytest
from django.utils import timezone

from marelle.accounts.models import Coverage
from marelle.programme.enums import NetworkStatus, Status
from marelle.programme.models import Title
from marelle.territories.models import Postcode, RetiredCode
from tests.accounts.factories import CollectiviteFactory, DelegationFactory, UserFactory
from tests.participation.factories import ConsultationFactory, open_consultation, session_of
from tests.participation.results.conftest import answered, closed, published
from tests.programme.factories import CandidacyFactory, NetworkMembershipFactory
from tests.territories.factories import DepartementFactory, EpciFactory, RegionFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

A_PAGE = 7
"""Six for what the page says, and one that asks the log whether anything was done since it was last read."""


@pytest.fixture
def rouen():
    region = RegionFactory(code="28", name="Normandie")
    departement = DepartementFactory(code="76", name="Seine-Maritime", region=region)
    metropole = EpciFactory(
        code="200023414", name="Métropole Rouen Normandie", slug="metropole-rouen-normandie", departement=departement
    )
    rouen = TerritoryFactory(
        code="76540", name="Rouen", slug="rouen", population=117662, departement=departement, region=region, epci=metropole,
        x=351.4, y=158.5,
    )  # fmt: skip
    Postcode.objects.create(code="76000", territory=rouen)
    return rouen


def titled(territory, **more):
    today = timezone.localdate()
    candidacy = CandidacyFactory(territory=territory, status=Status.TITLED)
    return Title.objects.create(
        **{
            "territory": territory,
            "mandate": candidacy.route.mandate,
            "candidacy": candidacy,
            "name": "Ville amie des enfants",
            "starts_on": today.replace(month=1, day=1),
            "ends_on": date(today.year + 5, 3, 31),
            "published_at": timezone.now(),
            "published_by": UserFactory(),
        }
        | more
    )


def member(territory, status=NetworkStatus.MEMBER, **more):
    return NetworkMembershipFactory(territory=territory, status=status, **more)


def test_the_page_says_who_it_is(client, rouen):
    page = client.get("/territoires/76540-rouen/").content.decode()
    for words in [
        "<h1>Rouen</h1>",
        "117\u202f662",
        "2023",
        "Métropole Rouen Normandie",
        "Normandie",
        "76000",
        "Seine-Maritime",
    ]:
        assert words in page
    assert "ne porte pas encore le titre" in page


def test_what_is_not_known_is_written_out(client):
    TerritoryFactory(
        code="98414", name="La Terre-Adélie", slug="la-terre-adelie", population=None, population_year=None
    )
    page = client.get("/territoires/98414-la-terre-adelie/").content.decode()
    assert "non disponible" in page
    assert "None" not in page


@pytest.mark.parametrize("address", ["76540", "76540-rouan", "76540-ROUEN"])
def test_another_spelling_of_the_address_leads_to_the_page(client, rouen, address):
    answer = client.get(f"/territoires/{address}/")
    assert (answer.status_code, answer["Location"]) == (301, "/territoires/76540-rouen/")


def test_a_merged_commune_leads_to_its_successor(client, rouen):
    between = TerritoryFactory(code="76002", ended_on=date(2026, 1, 1), became=rouen)
    TerritoryFactory(code="76001", slug="bihorel", ended_on=date(2025, 1, 1), became=between)
    RetiredCode.objects.create(code="76999", territory=rouen)
    for address in ("76001-bihorel", "76002-x", "76999-y"):
        answer = client.get(f"/territoires/{address}/")
        assert (answer.status_code, answer["Location"]) == (301, "/territoires/76540-rouen/")


def test_what_ended_without_a_successor_says_so(client):
    EpciFactory(code="200000001", name="Communauté du Caux", slug="caux", ended_on=date(2026, 1, 1))
    answer = client.get("/territoires/200000001-caux/")
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "n’existe plus depuis le" in page
    assert 'datetime="2026-01-01"' in page


@pytest.mark.parametrize("address", ["99999-nulle-part", "99999", "76540-é", "abc", "76-seine-maritime", "7654000-x"])
def test_an_unknown_territory_is_not_found(client, rouen, address):
    assert client.get(f"/territoires/{address}/").status_code == 404


def test_a_title_shows_with_its_term_and_its_mark(client, rouen):
    titled(rouen, is_demonstration=True)
    page = client.get("/territoires/76540-rouen/").content.decode()
    assert "Ville amie des enfants" in page
    assert "démonstration" in page
    assert "ne porte pas encore" not in page


def test_the_history_keeps_what_was_withdrawn_and_what_a_merged_commune_had(client, rouen):
    today = timezone.localdate()
    titled(rouen, withdrawn_on=today, withdrawal_reason="Plus de comité depuis deux ans")
    merged = TerritoryFactory(code="76001", name="Bihorel", ended_on=today, became=rouen)
    titled(merged)
    page = client.get("/territoires/76540-rouen/").content.decode()
    assert "Plus de comité depuis deux ans" in page
    assert "(Bihorel)" in page
    assert "ne porte pas encore le titre" in page


@pytest.mark.parametrize("status", [status for status in Status if status != Status.TITLED])
def test_a_candidacy_is_nobodys_business_until_the_title(client, rouen, status):
    before = client.get("/territoires/76540-rouen/").content
    CandidacyFactory(territory=rouen, status=status, intention="Un secret")
    assert client.get("/territoires/76540-rouen/").content == before


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (NetworkStatus.ASKED, False),
        (NetworkStatus.REFUSED, False),
        (NetworkStatus.MEMBER, True),
        (NetworkStatus.LEFT, True),
    ],
)
def test_the_network_shows_once_confirmed(client, rouen, status, shown):
    member(rouen, status)
    page = client.get("/territoires/76540-rouen/").content.decode()
    assert ("2026-10-02" in page) is shown


def test_an_epci_lists_its_members_with_their_marks(client, rouen, django_assert_max_num_queries):
    for number in range(30):
        town = TerritoryFactory(epci=rouen.epci, population=number)
        if number % 3 == 0:
            titled(town)
    TerritoryFactory(name="Disparue", epci=rouen.epci, ended_on=date(2026, 1, 1))
    titled(rouen)
    with django_assert_max_num_queries(A_PAGE):
        page = client.get("/territoires/200023414-metropole-rouen-normandie/").content.decode()
    assert page.index(">Rouen</a>") < page.index(">Commune ")
    assert "Disparue" not in page
    assert "11 communes engagées" in page


def test_a_commune_takes_six_queries(client, rouen, django_assert_max_num_queries):
    titled(rouen)
    member(rouen.epci)
    with django_assert_max_num_queries(A_PAGE):
        client.get("/territoires/76540-rouen/")


def test_the_delegation_that_looks_after_it_is_named(client, rouen):
    delegation = DelegationFactory(name="Seine-Maritime 76")
    Coverage.objects.create(delegation=delegation, territory=rouen.departement, starts_on=date(2026, 1, 1))
    assert "Seine-Maritime 76" in client.get("/territoires/76540-rouen/").content.decode()


def test_the_search_page_works_as_typed(client, rouen):
    titled(rouen)
    page = client.get("/territoires/", {"q": "rouen"}).content.decode()
    assert page.index("/territoires/76540-rouen/") < page.index("/territoires/200023414-metropole-rouen-normandie/")
    assert "Ville amie des enfants" in page
    assert 'value="rouen"' in page


def test_the_search_page_filters_by_kind(client, rouen):
    page = client.get("/territoires/", {"q": "rouen", "nature": "epci"}).content.decode()
    assert "/territoires/76540-rouen/" not in page
    assert "/territoires/200023414-metropole-rouen-normandie/" in page


def test_the_search_page_filters_by_departement_and_keeps_it(client, rouen):
    elsewhere = TerritoryFactory(name="Rouen-sur-Loire", departement=DepartementFactory(code="45", name="Loiret"))
    page = client.get("/territoires/?q=rouen&departement=45").content.decode()
    assert elsewhere.get_absolute_url() in page
    assert rouen.get_absolute_url() not in page
    assert '<option value="45" selected>' in page
    assert "?q=rouen&amp;departement=45&amp;nature=commune" in page
    nothing = client.get("/territoires/?q=rouen&departement=zz").content.decode()
    assert rouen.get_absolute_url() in nothing, "a département that does not exist filters nothing"


def test_nothing_found_helps(client, rouen):
    page = client.get("/territoires/", {"q": "zzzz<b>"}).content.decode()
    assert "Essayez le code postal" in page
    assert "<b>" not in page.split("<main")[1].replace("<b>117", "")
    assert "zzzz&lt;b&gt;" in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "page=999999",
        "page=-1",
        "page=é",
        "nature=zzz",
        "q=" + "a" * 5000,
        "q=%00",
        "q=%FF%FE",
        "q=%E9tampes",
        "departement=%00",
    ],
)
def test_any_address_of_the_search_answers(client, rouen, query):
    assert client.get(f"/territoires/?{query}").status_code == 200


def test_a_page_of_results_takes_few_queries(client, django_assert_max_num_queries):
    for _ in range(45):
        TerritoryFactory()
    client.get("/territoires/", {"q": "commune"})
    with django_assert_max_num_queries(5):
        page = client.get("/territoires/", {"q": "commune", "page": 2}).content.decode()
    assert "21 à 40 sur 45" in page


def test_a_town_that_has_not_begun_reads_how_and_who_did_nearby(client, rouen, django_assert_max_num_queries):
    far = TerritoryFactory(code="76217", name="Dieppe", departement=rouen.departement, x=350.0, y=120.0)
    near = TerritoryFactory(code="76681", name="Sotteville", departement=rouen.departement, x=351.6, y=159.0)
    nowhere = TerritoryFactory(code="76001", name="Allouville", departement=rouen.departement)
    elsewhere = TerritoryFactory(
        code="27229", name="Évreux", departement=DepartementFactory(code="27"), x=351.0, y=160.0
    )
    silent = TerritoryFactory(code="76114", name="Bonsecours", departement=rouen.departement, x=351.5, y=158.6)
    for one in (far, nowhere, elsewhere):
        member(one)
    titled(near, is_demonstration=True)
    with django_assert_max_num_queries(A_PAGE):
        answer = client.get("/territoires/76540-rouen/")
    assert [one.name for one, _mark in answer.context["facts"].neighbours] == ["Sotteville", "Dieppe", "Allouville"]
    page = answer.content.decode()
    assert "Écrire le dossier à plusieurs" in page
    assert elsewhere.name not in page
    assert silent.name not in page


def test_what_its_children_said_is_on_its_page(client, rouen, django_assert_max_num_queries, at):
    organisation = CollectiviteFactory(territory=rouen)
    consultation = open_consultation(organisation=organisation, territory=rouen)
    answered(session_of(consultation, roll=25, mode="paper"), sheets=20)
    published(closed(consultation))
    with django_assert_max_num_queries(A_PAGE + 1):
        page = client.get("/territoires/76540-rouen/").content.decode()
    assert "Ce que disent les enfants" in page
    assert f"/consultations/{consultation.public_id}/resultats/" in page
    assert "réponse en retard" not in page
    type(consultation).objects.update(opens_on=None, closes_on=None, answer_due_on=date(2026, 11, 1))
    assert "réponse en retard" in client.get("/territoires/76540-rouen/").content.decode()


def test_what_its_children_are_asked_and_an_answer_that_is_late(client, rouen):
    town = CollectiviteFactory(territory=rouen)
    open_consultation(organisation=town, title="La cantine")
    late = open_consultation(organisation=town, title="Ma cour")
    ConsultationFactory(organisation=town, title="En secret")
    days = {"opens_on": date(2026, 9, 1), "closes_on": date(2026, 10, 1), "answer_due_on": date(2026, 11, 1)}
    type(late).objects.filter(pk=late.pk).update(**days)
    said = client.get(rouen.get_absolute_url()).content.decode()
    assert "La cantine" in said
    assert "ils l’attendent encore" in said
    assert said.index("Ma cour") < said.index("La cantine")
    assert "En secret" not in said
