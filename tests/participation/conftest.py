"""A town, its school, a teacher, and a consultation of the town that is open."""

import pytest

from marelle.accounts.enums import Kind, Role, StructureKind
from tests.accounts.factories import OrganisationFactory, lead_of, member_of
from tests.participation.factories import open_consultation, session_of


@pytest.fixture
def consultation(db):
    return open_consultation()


@pytest.fixture
def school(consultation):
    return OrganisationFactory(
        kind=Kind.STRUCTURE,
        structure_kind=StructureKind.SCHOOL,
        name="École Jean-Jaurès",
        territory=consultation.territory,
    )


@pytest.fixture
def teacher(school):
    return member_of(school, Role.FACILITATOR)


@pytest.fixture
def head(school):
    """A colleague of the same school."""
    return member_of(school, Role.DIRECTOR)


@pytest.fixture
def lead(consultation):
    """The town's own."""
    return lead_of(consultation.organisation)


@pytest.fixture
def group(consultation, school, teacher):
    """A class of 28 with tickets, opened by its teacher."""
    return session_of(consultation, organisation=school, opened_by=teacher, title="CE2 B")
