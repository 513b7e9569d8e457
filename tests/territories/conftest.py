from datetime import UTC, datetime

import pytest

from marelle.territories.actions import load
from marelle.territories.definition import source
from marelle.territories.queries import forget_index
from tests.worlds import world


@pytest.fixture(scope="module")
def real_list(django_db_setup, django_db_blocker):
    """The list that Marelle ships, in the database for one module of tests."""
    with world(django_db_blocker) as settled:
        load(source=source(), by=None, at=datetime(2026, 11, 24, tzinfo=UTC))
        settled()
        yield
    forget_index()
