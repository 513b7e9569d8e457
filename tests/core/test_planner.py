import pytest
from django.db import connection

from marelle.core.planner import count_anew
from marelle.territories.models import Territory
from tests.territories.factories import TerritoryFactory


@pytest.mark.django_db
def test_a_table_just_filled_is_known_to_be_full(django_assert_num_queries):
    TerritoryFactory.create_batch(40)
    counts = connection.vendor == "postgresql"  # SQLite plans without counting, and is asked nothing
    with django_assert_num_queries(1 if counts else 0):
        count_anew(Territory)
    if counts:
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'territories_territory'")
            assert cursor.fetchone()[0] >= 40
