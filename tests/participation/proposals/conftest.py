"""One town, its people, a school in it, and somebody of another town: the same for what is done, refused, not found."""

from types import SimpleNamespace

import pytest

from marelle.accounts.enums import Kind, Role, StructureKind
from tests.accounts.factories import (
    CollectiviteFactory,
    OrganisationFactory,
    UserFactory,
    lead_of,
    member_of,
    national,
    of_delegation,
)
from tests.participation.factories import open_consultation, session_of
from tests.territories.factories import DepartementFactory, TerritoryFactory


@pytest.fixture
def rouen(db):
    place = TerritoryFactory(code="76540", name="Rouen", departement=DepartementFactory(code="76"))
    return CollectiviteFactory(territory=place)


@pytest.fixture
def school(rouen):
    return OrganisationFactory(
        kind=Kind.STRUCTURE, structure_kind=StructureKind.SCHOOL, name="École Jean-Jaurès", territory=rouen.territory
    )


@pytest.fixture
def people(rouen, school):
    return SimpleNamespace(
        lead=lead_of(rouen),
        elected=member_of(rouen, Role.ELECTED),
        contributor=member_of(rouen, Role.CONTRIBUTOR),
        signatory=member_of(rouen, Role.SIGNATORY),
        facilitator=member_of(school, Role.FACILITATOR),
        colleague=member_of(school, Role.FACILITATOR),
        neighbour=lead_of(CollectiviteFactory()),
        manager=national(),
        volunteer=of_delegation(covers=[rouen.territory.departement]),
        somebody=UserFactory(),
    )


@pytest.fixture
def consultation(rouen, people):
    return open_consultation(organisation=rouen, created_by=people.contributor)


@pytest.fixture
def session(consultation, school, people):
    return session_of(consultation, organisation=school, opened_by=people.facilitator, age_band="9-12")
