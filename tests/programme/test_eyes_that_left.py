"""Sight ends with the role that gave it, and nobody judges their own collectivité."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from marelle.accounts.actions import invitations, memberships
from marelle.accounts.enums import Role
from marelle.accounts.models import Membership, Organisation
from marelle.accounts.queries import forget_standing
from marelle.core.rules import No, NotNow, Refused
from marelle.programme.actions import assignments, candidacies, probations
from marelle.programme.emails import decisions as decision_mails
from marelle.programme.enums import Move, OutcomeKind, Status
from marelle.programme.models import Candidacy, ConflictOfInterest, Opinion
from marelle.programme.queries.hats import STRANGER, Hats, hats
from marelle.programme.rules import candidacies as candidacy_rules
from marelle.programme.rules import decisions as decision_rules
from marelle.programme.rules import network as network_rules
from marelle.programme.rules.moves import can_move
from tests.accounts.factories import (
    LONG_AGO,
    CollectiviteFactory,
    MembershipFactory,
    UserFactory,
    lead_of,
    national,
    of_delegation,
)
from tests.programme.factories import CandidacyFactory, NetworkMembershipFactory
from tests.programme.lives import decided
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def asked(person, candidacy, at):
    return Opinion.objects.create(
        candidacy=candidacy, asked_of=person, due_on=at.date(), asked_at=at, asked_by=candidacy.opened_by
    )


def leaves(person):
    Membership.objects.filter(user=person).update(ends_on=LONG_AGO + timedelta(days=1))
    forget_standing(person)


def also_in(candidacy, person, role=Role.LEAD):
    """The same person has a role in the collectivité too."""
    MembershipFactory(user=person, organisation=candidacy.organisation, role=role)
    forget_standing(person)
    return person


@pytest.fixture
def departement():
    return DepartementFactory()


@pytest.fixture
def candidacy(departement):
    return CandidacyFactory(
        status=Status.UNDER_REVIEW, organisation__territory=TerritoryFactory(departement=departement)
    )


@pytest.mark.parametrize("is_given", [False, True])
def test_an_expert_who_left_reads_the_file_no_more(candidacy, at, client, is_given):
    expert = national(Role.EXPERT)
    opinion = asked(expert, candidacy, at)
    if is_given:
        Opinion.objects.filter(pk=opinion.pk).update(given_at=at, advice="favourable", text="Bien.")
    client.force_login(expert)
    page = f"/dossiers/{candidacy.public_id}/"
    assert client.get(page).status_code == 200
    leaves(expert)
    assert not Candidacy.objects.visible_to(expert).exists()
    assert hats(expert, candidacy) == STRANGER
    assert client.get(page).status_code == 404
    assert client.get(f"/avis/{opinion.public_id}/").status_code == 404


def test_a_volunteer_who_left_their_delegation_reads_the_file_no_more(candidacy, departement, at):
    volunteer = of_delegation(Role.VOLUNTEER, covers=[departement])
    asked(volunteer, candidacy, at)
    assert Candidacy.objects.visible_to(volunteer).exists()
    leaves(volunteer)
    assert not Candidacy.objects.visible_to(volunteer).exists()


def test_heading_one_delegation_gives_nothing_where_one_only_volunteers(departement):
    person = of_delegation(Role.HEAD, covers=[DepartementFactory()])
    other = of_delegation(Role.VOLUNTEER, covers=[departement])
    MembershipFactory(user=person, organisation=Organisation.objects.get(memberships__user=other), role=Role.VOLUNTEER)
    draft = CandidacyFactory(organisation__territory=TerritoryFactory(departement=departement))
    assert not Candidacy.objects.visible_to(person).filter(pk=draft.pk).exists()
    Candidacy.objects.filter(pk=draft.pk).update(status=Status.FILED)
    assert hats(person, Candidacy.objects.get(pk=draft.pk)) == Hats(is_volunteer=True)


# --- Nobody judges their own town ---------------------------------------------------------------------------


def test_a_manager_gives_no_more_time_to_their_own_town(at):
    draft = CandidacyFactory()
    manager = also_in(draft, national(Role.MANAGER), Role.CONTRIBUTOR)
    assert isinstance(candidacy_rules.can_extend(manager, draft), No)
    with pytest.raises(PermissionDenied):
        candidacies.extend_deadline(
            candidacy=draft, due_at=at + timedelta(days=90), reason="Pour nous.", by=manager, at=at
        )
    assert candidacy_rules.can_extend(national(Role.MANAGER), draft)


def test_a_manager_withdraws_their_own_town_only_as_its_lead(candidacy):
    manager = also_in(candidacy, national(Role.MANAGER), Role.CONTRIBUTOR)
    assert not can_move(manager, candidacy, Move.ABANDON)
    assert can_move(also_in(candidacy, manager, Role.LEAD), candidacy, Move.ABANDON)


def test_an_adviser_does_not_confirm_the_promises_of_their_own_town(at):
    task = decided(OutcomeKind.PROBATION).tasks.first()
    task.done_at, task.done_by, task.evidence = at, lead_of(task.decision.candidacy.organisation), "Fait."
    task.save()
    adviser = national(Role.ADVISER)
    assert decision_rules.can_confirm_task(adviser, task)
    also_in(task.decision.candidacy, adviser)
    answer = decision_rules.can_confirm_task(adviser, task)
    assert isinstance(answer, No)
    assert not isinstance(answer, NotNow)


def test_a_manager_does_not_let_their_own_town_into_the_network():
    request = NetworkMembershipFactory()
    manager = national(Role.MANAGER)
    assert network_rules.can_decide(manager, request)
    assert not network_rules.can_decide(also_in(request, manager), request)


def test_a_manager_does_not_choose_who_follows_their_own_town(candidacy, at):
    absent, taker, manager = national(Role.ADVISER), national(Role.ADVISER), national(Role.MANAGER)
    other = CandidacyFactory(status=Status.UNDER_REVIEW, adviser=absent)
    Candidacy.objects.filter(pk=candidacy.pk).update(adviser=absent)
    also_in(candidacy, manager)
    act, left = assignments.take_over(absent=absent, taker=taker, by=manager, at=at)
    assert act.moved == (other.public_id,)
    assert left == [candidacy]
    candidacy.refresh_from_db()
    assert candidacy.adviser == absent
    act, _left = assignments.take_over(absent=absent, taker=taker, by=national(Role.MANAGER), at=at)
    with pytest.raises(Refused):
        assignments.take_back(batch=act.batch, by=manager, at=at)


# --- Shown out ----------------------------------------------------------------------------------------------


def test_whoever_is_shown_out_leaves_no_invitation_behind(at):
    town = CollectiviteFactory()
    lead, other = lead_of(town), lead_of(town)
    back_door = invitations.invite(organisation=town, email="moi-bis@ailleurs.example", role=Role.LEAD, by=lead, at=at)
    of_other = invitations.invite(organisation=town, email="collegue@ville.example", role=Role.LEAD, by=other, at=at)
    memberships.end(membership=Membership.objects.get(user=lead), by=other, at=at)
    back_door.refresh_from_db()
    of_other.refresh_from_db()
    assert back_door.revoked_at == at
    assert of_other.revoked_at is None
    again = UserFactory(email="moi-bis@ailleurs.example")
    assert not invitations.rules.can_accept(again, back_door, at=at)


def test_whoever_leaves_by_themself_keeps_their_colleagues_invited(at):
    town = CollectiviteFactory()
    lead, _other = lead_of(town), lead_of(town)
    sent = invitations.invite(organisation=town, email="collegue@ville.example", role=Role.LEAD, by=lead, at=at)
    memberships.end(membership=Membership.objects.get(user=lead), by=lead, at=at)
    sent.refresh_from_db()
    assert sent.revoked_at is None


# --- Mails --------------------------------------------------------------------------------------------------


def told(person):
    return [one.subject for one in mail.outbox if person.email in one.to]


def test_nothing_of_a_file_is_mailed_to_who_stepped_aside(at, commit):
    manager, other = national(Role.MANAGER), national(Role.MANAGER)
    task = decided(OutcomeKind.PROBATION).tasks.first()
    candidacy = task.decision.candidacy
    ConflictOfInterest.objects.create(candidacy=candidacy, user=manager, reason="Ma sœur.", declared_at=at)
    with commit():
        probations.say_done(task=task, evidence="Le conseil s’est réuni.", by=lead_of(candidacy.organisation), at=at)
    assert told(other)
    assert not told(manager)


def test_nothing_of_a_file_is_mailed_to_who_left_before_it_was_sent(at):
    decision = decided(OutcomeKind.PROBATION)
    lead = lead_of(decision.candidacy.organisation)
    assert decision_mails.decided(to=lead, decision=decision)
    leaves(lead)
    assert decision_mails.decided(to=lead, decision=decision) is None
