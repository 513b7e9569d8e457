"""What a territory's public page names."""

import pytest

from marelle.participation.models import Council
from marelle.participation.queries.councils import of_territory
from tests.accounts.factories import CollectiviteFactory

from .factories import CouncilFactory, MemberFactory, TermFactory, sitting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [1, 4])
def test_its_public_councils_with_who_sits(rouen, at, django_assert_num_queries, many):
    for _ in range(many):
        term = TermFactory(council=CouncilFactory(organisation=rouen, is_public=True))
        sitting(term, first_name="Éléa", is_shown=True)
        sitting(term, first_name="Tom")
        MemberFactory(term=term, first_name="Zoé", is_shown=True)
    CouncilFactory(organisation=rouen)
    CouncilFactory(organisation=CollectiviteFactory(), is_public=True)
    with django_assert_num_queries(4):
        rows = of_territory(rouen.territory, on=at.date())
    assert [(row.sitting, row.first_names) for row in rows] == [(2, ["Éléa"])] * many
    Council.objects.update(ended_on=at.date())
    assert of_territory(rouen.territory, on=at.date()) == []
