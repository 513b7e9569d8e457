"""Children's proposals for machines: the public ones alone, each once."""

from datetime import date

import pytest

from tests.accounts.factories import CollectiviteFactory
from tests.participation.factories import proposal_in
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/territories/76540/proposals"


@pytest.fixture
def rouen():
    return CollectiviteFactory(territory=TerritoryFactory(code="76540", name="Rouen"))


def test_the_public_ones_with_their_figures(client, rouen, django_assert_max_num_queries):
    for state in ("draft", "withdrawn", "made", "answered", "impossible", "done"):
        proposal_in(state, organisation=rouen, due_on=date(2026, 11, 20) if state == "made" else date(2027, 1, 2))
    proposal_in("made")
    with django_assert_max_num_queries(4):
        found = client.get(ADDRESS).json()
    assert found["figures"] == {"made": 4, "answered": 3, "done": 1, "overdue": 1}
    assert {one["state"] for one in found["items"]} == {"made", "answered", "impossible", "done"}
    late = next(one for one in found["items"] if one["state"] == "made")
    assert late["is_overdue"]
    assert late["answer"] is None
    assert "/propositions/" in late["url"]


def test_pages_are_linked(client, rouen):
    for _ in range(5):
        proposal_in("made", organisation=rouen)
    seen, address = [], f"{ADDRESS}?limit=2"
    while address:
        page = client.get(address).json()
        seen += [one["id"] for one in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] == 5


@pytest.mark.parametrize("address", ["/api/v1/territories/99999/proposals", "/api/v1/territories/x'--/proposals"])
def test_an_unknown_territory_is_said(client, address):
    assert client.get(address).status_code == 404
    assert client.get(f"{ADDRESS}?limit=0").status_code == 422
