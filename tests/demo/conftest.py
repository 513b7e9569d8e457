"""The real country, on which a demonstration year is made."""

from io import StringIO

import pytest
from django.core.management import call_command

from marelle.territories.queries import forget_index
from tests.worlds import world


@pytest.fixture(scope="module")
def france(django_db_setup, django_db_blocker):
    """The real geography and the seeded programme, loaded once for this module."""
    with world(django_db_blocker) as settled:
        call_command("load_territories", verbosity=0, stdout=StringIO())
        call_command("load_programme", verbosity=0, stdout=StringIO())
        settled()
        yield
    forget_index()
