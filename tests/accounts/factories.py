"""People and organisations, minimal by default.

`lead_of(collectivite)`, `member_of(organisation, role)`, `national(role)` and `of_delegation(role, covers=[…])`
give a signed-up person in the situation a test needs.
"""

from datetime import UTC, date, datetime

import factory

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Coverage, Membership, Organisation, User
from tests.territories.factories import TerritoryFactory

LONG_AGO = date(2020, 1, 1)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Camille Personne{n}")
    email = factory.Sequence(lambda n: f"camille{n}@marelle.example")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    created_at = datetime(2026, 1, 1, tzinfo=UTC)


class CollectiviteFactory(OrganisationFactory):
    kind = Kind.COLLECTIVITE
    territory = factory.SubFactory(TerritoryFactory)
    name = factory.LazyAttribute(lambda o: o.territory.name)


class NationalTeamFactory(OrganisationFactory):
    kind = Kind.NATIONAL
    name = "Équipe nationale"


class DelegationFactory(OrganisationFactory):
    kind = Kind.DELEGATION
    name = factory.Sequence(lambda n: f"Délégation {n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(CollectiviteFactory)
    role = Role.LEAD
    starts_on = LONG_AGO


def member_of(organisation, role, **fields) -> User:
    return MembershipFactory(organisation=organisation, role=role, **fields).user


def lead_of(collectivite, **fields) -> User:
    return member_of(collectivite, Role.LEAD, **fields)


def national(role=Role.MANAGER, **fields) -> User:
    team = Organisation.objects.filter(kind=Kind.NATIONAL).first() or NationalTeamFactory()
    return member_of(team, role, **fields)


def of_delegation(role=Role.VOLUNTEER, *, covers=(), **fields) -> User:
    delegation = DelegationFactory()
    for territory in covers:
        Coverage.objects.create(delegation=delegation, territory=territory, starts_on=LONG_AGO)
    return member_of(delegation, role, **fields)
