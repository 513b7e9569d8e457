"""Children's proposals on the pages that cross subjects: home, a territory's page, a dashboard."""

from datetime import date

import pytest

from marelle.participation.queries import proposals as queries
from marelle.portal import registry
from marelle.portal.queries import public
from marelle.portal.queries.proposals import voice_of, with_voice
from marelle.territories.models import Territory
from tests.accounts.factories import CollectiviteFactory, lead_of
from tests.participation.factories import proposal_in
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def rouen():
    place = TerritoryFactory(code="76540", name="Rouen", slug="rouen", departement=DepartementFactory(code="76"))
    return CollectiviteFactory(territory=place)


def said(response):
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_participation_feeds_the_headline(client, rouen):
    assert len(registry.proposal_counts) == 1
    for state in ("draft", "made", "answered", "impossible", "done"):
        proposal_in(state, organisation=rouen)
    assert public.proposals() == registry.Proposals(made=4, answered=3, done=1)
    page = said(client.get("/"))
    assert "<b>4</b> <span>propositions d’enfants</span>" in page
    assert "Ces compteurs partent de zéro" not in page


def test_a_territory_shows_its_own_with_what_is_late(client, rouen):
    proposal_in("done", organisation=rouen)
    proposal_in("made", organisation=rouen, due_on=date(2026, 11, 1))
    proposal_in("made")
    page = said(client.get("/territoires/76540-rouen/"))
    assert "<b>2</b> <span>propositions d’enfants</span>" in page
    assert "1 réponse en retard" in page
    assert "/propositions/?territoire=Rouen" in page


def test_a_territory_without_any_says_where_they_come_from(client, rouen):
    assert "Aucune proposition publique encore" in said(client.get("/territoires/76540-rouen/"))


def test_counts_read_beside_a_territory_are_those_read_alone(rouen):
    gone = TerritoryFactory(ended_on=date(2026, 1, 1), became=rouen.territory)
    proposal_in("made", organisation=CollectiviteFactory(territory=gone), due_on=date(2026, 11, 1))
    into = proposal_in("done", organisation=rouen)
    proposal_in("made", organisation=rouen, joined_to=into)
    for place in with_voice(Territory.objects.all(), on=TODAY):
        alone = queries.counted(queries.made_to(place), on=TODAY)
        if place.kind == "commune":
            assert voice_of(place, on=TODAY).counts == alone
    assert voice_of(rouen.territory, on=TODAY).counts == queries.Counts(made=2, answered=1, done=1, overdue=1)


def test_the_list_of_a_territory_is_its_own(client, rouen):
    own = proposal_in("made", organisation=rouen)
    proposal_in("made")
    response = client.get(queries.list_of(rouen.territory))
    assert [row["proposal"] for row in response.context["rows"]] == [own]
    response = client.get(queries.list_of(rouen.territory.departement))
    assert [row["proposal"] for row in response.context["rows"]] == [own]


def test_the_dashboard_tells_the_thread_and_what_waits(client, rouen, django_assert_max_num_queries):
    proposal_in("draft", organisation=rouen)
    proposal_in("answered", organisation=rouen, made_on=date(2026, 10, 1))
    proposal_in("made", organisation=rouen, due_on=date(2026, 11, 20))
    client.force_login(lead_of(rouen))
    address = f"/tableau-de-bord/{rouen.public_id}/"
    client.get(address)
    with django_assert_max_num_queries(12):
        page = said(client.get(address))
    for words in ("La parole des enfants", "Répondre à 1 proposition d’enfants", "Relire 1 proposition", "en retard",
                  "délai médian", "Le fil de la proposition"):  # fmt: skip
        assert words in page, words
