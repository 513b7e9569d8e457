"""The headline: each proposal is counted once, whatever happens to it; the sum of the parts is the whole."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marelle.participation.enums import ProposalState
from marelle.participation.models import Proposal
from marelle.participation.queries import proposals as queries
from tests.accounts.factories import CollectiviteFactory
from tests.participation.factories import ProposalFactory, proposal_in
from tests.territories.factories import DepartementFactory, EpciFactory, RegionFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 20)
"""After the day on which the factory's answers are due."""


@pytest.fixture
def france(db):
    """Two départements, in each a commune and an intercommunalité: four collectivités."""
    region = RegionFactory()
    departements = [DepartementFactory(region=region) for _ in range(2)]
    places = [make(departement=one, region=region) for one in departements for make in (TerritoryFactory, EpciFactory)]
    return departements, [CollectiviteFactory(territory=place) for place in places]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(list(ProposalState)), st.booleans()), max_size=14
    )
)  # fmt: skip
def test_nothing_is_counted_twice(france, lives):
    departements, towns = france
    Proposal.objects.filter(joined_to__isnull=False).delete()
    Proposal.objects.all().delete()
    for town, state, joins in lives:
        first = Proposal.objects.counted().filter(organisation=towns[town]).order_by("pk").first()
        joined = first if joins and state == ProposalState.MADE else None
        proposal_in(state, organisation=towns[town], joined_to=joined)

    whole = queries.of_the_nation(on=TODAY)
    assert 0 <= whole.done <= whole.answered <= whole.made
    assert 0 <= whole.overdue <= whole.made - whole.answered
    assert whole.made == Proposal.objects.public().count() - Proposal.objects.filter(joined_to__isnull=False).count()
    of_towns = [queries.counted(queries.made_to(one.territory), on=TODAY) for one in towns]
    of_departements = [queries.counted(queries.made_to(one), on=TODAY) for one in departements]
    of_regions = [queries.counted(queries.made_to(departements[0].region), on=TODAY)]
    for parts in (of_towns, of_departements, of_regions):
        for figure in ("made", "answered", "done", "overdue"):
            assert sum(getattr(part, figure) for part in parts) == getattr(whole, figure)


def test_the_headline_is_one_query(django_assert_num_queries):
    proposal_in("done")
    with django_assert_num_queries(1):
        assert queries.of_the_nation(on=TODAY).done == 1


def test_a_merged_commune_s_proposals_are_its_successor_s():
    rouen = TerritoryFactory()
    gone = TerritoryFactory(ended_on=date(2026, 1, 1), became=rouen)
    proposal_in("made", organisation=CollectiviteFactory(territory=gone))
    assert queries.counted(queries.made_to(rouen), on=TODAY).made == 1


def test_drafts_and_withdrawals_are_not_the_childrens_word_yet():
    for state in ("draft", "withdrawn"):
        ProposalFactory(state=state)
    assert queries.of_the_nation(on=TODAY) == queries.Counts()


def test_the_delay_is_that_of_the_first_answer():
    town = CollectiviteFactory()
    rows = Proposal.objects.filter(organisation=town)
    assert queries.median_delay(rows) is None
    for day in (4, 13, 30):
        proposal_in("answered", organisation=town, answered_on=date(2026, 11, day))
    proposal_in("made", organisation=town)
    assert queries.median_delay(rows) == 10
