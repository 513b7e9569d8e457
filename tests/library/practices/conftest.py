"""A town that writes a practice, its people, and those who review."""

import pytest

from marelle.accounts.enums import Role
from tests.accounts.factories import CollectiviteFactory, lead_of, member_of, national
from tests.library.factories import PracticeFactory


@pytest.fixture
def town(db):
    return CollectiviteFactory(name="Rouen")


@pytest.fixture
def lead(town):
    return lead_of(town)


@pytest.fixture
def contributor(town):
    return member_of(town, Role.CONTRIBUTOR)


@pytest.fixture
def publisher(db):
    return national(Role.PUBLISHER)


@pytest.fixture
def other_town(db):
    return CollectiviteFactory(name="Lille")


@pytest.fixture
def practice(town):
    """A draft in which nothing is missing."""
    return PracticeFactory(organisation=town, whole=True, themes=["cadre-de-vie"], title="La cour fraîche")


@pytest.fixture
def public(town):
    """One that everybody reads."""
    return PracticeFactory(organisation=town, published=True, themes=["cadre-de-vie"], title="Le conseil du mercredi")
