"""Ways into the catalogue, as the pages of the site show them."""

import re

import pytest

from marelle.library.enums import Kind
from marelle.portal.enums import Way
from marelle.portal.queries.library import ways_in
from tests.library.factories import ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", Way.values)
def test_each_leads_to_as_many_as_it_says(client, way):
    ResourceFactory(live=True, themes=["sante"], age_from=3, age_to=5)
    ResourceFactory(live=True, themes=["sante", "loisirs"], age_from=5, age_to=9, kind=Kind.POSTER)
    ResourceFactory(live=True, themes=["loisirs"], age_from=16, age_to=18, kind=Kind.POSTER)
    ResourceFactory(themes=["loisirs"], kind=Kind.VIDEO)  # a draft: nothing leads there
    found = ways_in(way)
    assert len(found) > 1
    for one in found:
        shown = re.search(r'id="combien">(\d+)', client.get(one.url).content.decode())
        assert int(shown[1]) == one.count, one.label
