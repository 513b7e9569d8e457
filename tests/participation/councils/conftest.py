import pytest

from tests.accounts.factories import CollectiviteFactory, lead_of

from .factories import CouncilFactory, TermFactory


@pytest.fixture
def rouen(db):
    return CollectiviteFactory(territory__name="Rouen")


@pytest.fixture
def lead(rouen):
    return lead_of(rouen)


@pytest.fixture
def council(rouen):
    return CouncilFactory(organisation=rouen, name="Conseil d’enfants de Rouen")


@pytest.fixture
def term(council):
    """From September to August; the clock of the tests says 24 November 2026."""
    return TermFactory(council=council)
