"""Role × state: which hats a person wears on a file."""

import pytest

from marelle.accounts.enums import Role
from marelle.accounts.models import Membership
from marelle.accounts.queries import forget_standing
from marelle.programme.enums import SEEN_BY_VOLUNTEERS, Status
from marelle.programme.models import ConflictOfInterest, Opinion
from marelle.programme.queries.hats import STRANGER, Hats, hats
from tests.accounts.factories import (
    LONG_AGO,
    CollectiviteFactory,
    UserFactory,
    lead_of,
    member_of,
    national,
    of_delegation,
)
from tests.programme.factories import CandidacyFactory
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def departement():
    return DepartementFactory()


def people(candidacy, at):
    """Every role, with what it is to this file in a state."""
    departement = candidacy.territory.departement
    expert = national(Role.EXPERT)
    Opinion.objects.create(
        candidacy=candidacy, asked_of=expert, due_on=at.date(), asked_at=at, asked_by=candidacy.opened_by
    )
    return {
        member_of(candidacy.organisation, Role.CONTRIBUTOR): lambda s: Hats(is_collectivite=True),
        national(Role.MANAGER): lambda s: Hats(is_national=True, is_manager=True),
        national(Role.ADVISER): lambda s: Hats(is_national=True),
        national(Role.SAFEGUARDING): lambda s: STRANGER,
        national(Role.EXPERT): lambda s: STRANGER,
        expert: lambda s: Hats(is_asked=True),
        of_delegation(Role.HEAD, covers=[departement]): lambda s: Hats(is_head=True),
        of_delegation(Role.HEAD, covers=[candidacy.territory]): lambda s: Hats(is_head=True),
        of_delegation(Role.VOLUNTEER, covers=[departement]): lambda s: (
            Hats(is_volunteer=True) if s in SEEN_BY_VOLUNTEERS else STRANGER
        ),
        of_delegation(Role.HEAD, covers=[DepartementFactory()]): lambda s: STRANGER,
        of_delegation(Role.VOLUNTEER, covers=[DepartementFactory()]): lambda s: STRANGER,
        lead_of(CollectiviteFactory()): lambda s: STRANGER,
        UserFactory(): lambda s: STRANGER,
    }


@pytest.mark.parametrize("status", Status)
def test_role_by_state(departement, status, at):
    candidacy = CandidacyFactory(status=status, organisation__territory=TerritoryFactory(departement=departement))
    for person, expected in people(candidacy, at).items():
        assert hats(person, candidacy) == expected(status), (person, status)


def test_a_conflict_of_interest_takes_every_hat_off(departement, at):
    candidacy = CandidacyFactory(
        status=Status.UNDER_REVIEW, organisation__territory=TerritoryFactory(departement=departement)
    )
    for person in people(candidacy, at):
        ConflictOfInterest.objects.create(candidacy=candidacy, user=person, reason="Proche", declared_at=at)
        assert hats(person, candidacy) == STRANGER


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGER])
def test_someone_of_the_town_hall_is_of_the_collectivite_whatever_else_they_are(role):
    candidacy = CandidacyFactory(status=Status.UNDER_REVIEW)
    person = national(role)
    Membership.objects.create(
        user=person, organisation=candidacy.organisation, role=Role.CONTRIBUTOR, starts_on=LONG_AGO
    )
    forget_standing(person)
    assert hats(person, candidacy) == Hats(is_collectivite=True)


def test_nobody_signed_in_is_a_stranger():
    from django.contrib.auth.models import AnonymousUser

    assert hats(AnonymousUser(), CandidacyFactory()) == STRANGER
