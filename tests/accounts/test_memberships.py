"""Coming in, by invitation or at once; leaving, and what stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.accounts.actions import invitations, memberships, organisations
from marelle.accounts.enums import ROLES, Kind, Role
from marelle.accounts.models import Coverage, Invitation, Membership
from marelle.accounts.queries import coverage_report, standing
from marelle.accounts.rules import memberships as rules
from marelle.core.rules import NotNow, Refused
from marelle.notifications.models import Mail
from tests.accounts.factories import (
    CollectiviteFactory,
    DelegationFactory,
    MembershipFactory,
    NationalTeamFactory,
    UserFactory,
    lead_of,
    member_of,
    national,
    of_delegation,
)  # fmt: skip
from tests.territories.factories import DepartementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return CollectiviteFactory()


# --- Who gives a role --------------------------------------------------------------------------------------


def test_who_invites_whom(town):
    inviting = {role for role, about in ROLES.items() if about.invites and about.kind == Kind.COLLECTIVITE}
    assert inviting == {Role.LEAD, Role.ELECTED}
    for role, about in ROLES.items():
        if about.kind == Kind.COLLECTIVITE:
            assert bool(rules.can_start(member_of(town, role), town, Role.CONTRIBUTOR)) == (role in inviting), role
    for user in [lead_of(CollectiviteFactory()), national(Role.ADVISER), of_delegation(Role.HEAD), UserFactory()]:
        assert not rules.can_start(user, town, Role.CONTRIBUTOR)
    assert rules.can_start(national(Role.MANAGER), town, Role.CONTRIBUTOR) is True


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HEAD, "king"])
def test_a_lead_cannot_give_a_role_of_another_house(town, role):
    assert isinstance(rules.can_start(lead_of(town), town, role), NotNow)


def test_a_closed_organisation_takes_nobody_in(town, at):
    lead = lead_of(town)
    town.closed_on = at.date()
    town.save()
    assert not rules.can_start(lead, town, Role.CONTRIBUTOR)
    assert "close" in rules.can_start(national(), town, Role.CONTRIBUTOR).reason


def test_a_manager_gives_a_role_at_once_and_the_person_is_told(town, at):
    someone = UserFactory()
    memberships.start(user=someone, organisation=town, role=Role.LEAD, by=national(), at=at)
    assert standing(someone).has_role_in(town, {Role.LEAD})
    assert Mail.objects.get().to_user == someone


# --- Invitations -------------------------------------------------------------------------------------------


def invite(town, at, email="ana@marelle.example", role=Role.CONTRIBUTOR, by=None):
    return invitations.invite(organisation=town, email=email, role=role, by=by or lead_of(town), at=at)


def test_an_invitation_is_a_mail_and_nothing_more_until_accepted(town, at):
    invitation = invite(town, at, email=" Ana@Marelle.Example ")
    assert Mail.objects.get().to_address == "ana@marelle.example"
    ana = UserFactory(email="ana@marelle.example")
    assert not standing(ana).roles
    invitations.accept(invitation=invitation, by=ana, at=at)
    assert standing(ana).roles == {Role.CONTRIBUTOR}
    assert Mail.objects.filter(to_user=invitation.invited_by).count() == 1


def test_a_forwarded_invitation_opens_nothing(town, at):
    invitation = invite(town, at)
    with pytest.raises(PermissionDenied, match="autre adresse"):
        invitations.accept(invitation=invitation, by=UserFactory(), at=at)
    assert not Membership.objects.filter(role=Role.CONTRIBUTOR).exists()


def test_expired_revoked_or_used_is_said_in_words(town, at):
    ana = UserFactory(email="ana@marelle.example")
    invitation = invite(town, at)
    with pytest.raises(Refused, match="expiré"):
        invitations.accept(invitation=invitation, by=ana, at=at + timedelta(days=31))
    invitations.revoke(invitation=invitation, by=invitation.invited_by, at=at)
    with pytest.raises(Refused, match="retirée"):
        invitations.accept(invitation=invitation, by=ana, at=at)
    again = invite(town, at)
    invitations.accept(invitation=again, by=ana, at=at)
    with pytest.raises(Refused, match="déjà"):
        invitations.accept(invitation=again, by=ana, at=at)


def test_the_same_invitation_twice_waits_but_an_expired_one_is_replaced(town, at):
    lead = lead_of(town)
    first = invite(town, at, by=lead)
    with pytest.raises(Refused, match="attend déjà"):
        invite(town, at, email="ANA@marelle.example", by=lead)
    later = invite(town, at + timedelta(days=40), by=lead)
    first.refresh_from_db()
    assert first.revoked_at
    assert Invitation.objects.waiting().get() == later


def test_inviting_somebody_who_already_has_the_role_is_refused(town, at):
    member_of(town, Role.CONTRIBUTOR, user__email="ana@marelle.example")
    with pytest.raises(Refused, match="déjà"):
        invite(town, at, email="Ana@marelle.example")


def test_a_stranger_neither_invites_nor_revokes(town, at):
    invitation = invite(town, at)
    for user in [UserFactory(), lead_of(CollectiviteFactory()), member_of(town, Role.CONTRIBUTOR)]:
        with pytest.raises(PermissionDenied):
            invite(town, at, by=user)
        with pytest.raises(PermissionDenied):
            invitations.revoke(invitation=invitation, by=user, at=at)


def test_a_lead_who_left_no_longer_revokes(town, at):
    lead_of(town)
    lead = lead_of(town)
    invitation = invite(town, at, by=lead)
    memberships.end(membership=lead.memberships.get(), by=lead, at=at)
    with pytest.raises(PermissionDenied):
        invitations.revoke(invitation=invitation, by=lead, at=at)


# --- Leaving -----------------------------------------------------------------------------------------------


def test_leaving_closes_the_door_at_once_and_keeps_the_history(town, at):
    lead_of(town)
    someone = lead_of(town)
    membership = memberships.end(membership=someone.memberships.get(), by=someone, at=at)
    assert membership.ends_on == at.date()
    assert not standing(someone).roles
    assert Membership.objects.filter(pk=membership.pk).exists()


@pytest.mark.parametrize(
    ("organisation", "role"),
    [(CollectiviteFactory, Role.LEAD), (NationalTeamFactory, Role.MANAGER), (DelegationFactory, Role.HEAD)],
)
def test_the_last_one_names_a_successor_first(organisation, role, at):
    house = organisation()
    last = member_of(house, role)
    with pytest.raises(Refused, match="Invitez d’abord"):
        memberships.end(membership=last.memberships.get(), by=last, at=at)
    member_of(house, role)
    memberships.end(membership=last.memberships.get(), by=last, at=at)


def test_a_successor_who_is_leaving_or_whose_account_is_closed_does_not_count(town, at):
    last = lead_of(town)
    lead_of(town, ends_on=at.date() + timedelta(days=5))
    lead_of(town, user__is_active=False)
    assert isinstance(rules.can_end(last, last.memberships.get()), NotNow)


def test_who_ends_what(town):
    lead = lead_of(town)
    membership = MembershipFactory(organisation=town, role=Role.CONTRIBUTOR)
    for user in [lead, membership.user, national()]:
        assert rules.can_end(user, membership) is True
    for user in [
        member_of(town, Role.SIGNATORY),
        lead_of(CollectiviteFactory()),
        of_delegation(Role.HEAD),
        UserFactory(),
    ]:
        assert not rules.can_end(user, membership)


def test_somebody_put_out_is_told_and_somebody_who_leaves_knows(town, at):
    lead, membership = lead_of(town), MembershipFactory(organisation=town, role=Role.CONTRIBUTOR)
    memberships.end(membership=membership, by=lead, at=at)
    assert Mail.objects.get().to_user == membership.user


def test_coming_back_opens_a_new_period(town, at):
    manager, someone = national(), member_of(town, Role.CONTRIBUTOR)
    memberships.end(membership=someone.memberships.get(), by=manager, at=at)
    memberships.start(user=someone, organisation=town, role=Role.CONTRIBUTOR, by=manager, at=at)
    assert someone.memberships.count() == 2


# --- Delegations -------------------------------------------------------------------------------------------


def test_managers_create_and_give_territories_others_do_not(at):
    manager, departement = national(), DepartementFactory()
    delegation = organisations.create(kind=Kind.DELEGATION, name="Normandie", by=manager, at=at)
    organisations.cover(delegation=delegation, territory=departement, starts_on=at.date(), by=manager, at=at)
    for user in [national(Role.ADVISER), of_delegation(Role.HEAD), UserFactory()]:
        with pytest.raises(PermissionDenied):
            organisations.create(kind=Kind.DELEGATION, name="X", by=user, at=at)
        with pytest.raises(PermissionDenied):
            organisations.cover(delegation=delegation, territory=departement, starts_on=at.date(), by=user, at=at)


def test_the_same_territory_twice_at_once_is_refused_but_not_one_period_after_the_other(at):
    manager, departement, delegation = national(), DepartementFactory(), DelegationFactory()
    day = at.date()
    first = organisations.cover(delegation=delegation, territory=departement, starts_on=day, by=manager, at=at)
    with pytest.raises(Refused, match="déjà"):
        organisations.cover(
            delegation=delegation, territory=departement, starts_on=day + timedelta(9), by=manager, at=at
        )
    organisations.uncover(coverage=first, ends_on=day + timedelta(9), by=manager, at=at)
    organisations.cover(delegation=delegation, territory=departement, starts_on=day + timedelta(9), by=manager, at=at)
    assert Coverage.objects.on(day + timedelta(9)).count() == 1


def test_the_coverage_report_shows_none_and_two(at, django_assert_num_queries):
    empty, held, twice = DepartementFactory(), DepartementFactory(), DepartementFactory()
    of_delegation(covers=[held, twice])
    of_delegation(covers=[twice])
    with django_assert_num_queries(2):
        report = {row["departement"]: len(row["delegations"]) for row in coverage_report(on=at.date())}
    assert report == {empty: 0, held: 1, twice: 2}
