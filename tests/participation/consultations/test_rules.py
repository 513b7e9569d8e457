"""Role × state: who may do what of a consultation, and when."""

import pytest

from marelle.accounts.enums import Role
from marelle.core.rules import NotNow
from marelle.participation.actions import consultations as actions
from marelle.participation.enums import CONSULTATION_MOVES, ConsultationState, Duty, Level
from marelle.participation.models import Consultation, Steward
from marelle.participation.rules import consultations as rules
from tests.accounts.factories import (
    CollectiviteFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    lead_of,
    member_of,
    national,
    of_delegation,
)
from tests.participation.factories import AT, ConsultationFactory
from tests.territories.factories import DepartementFactory

pytestmark = pytest.mark.django_db

DRAFT, OPEN, CLOSED, ANSWERED, CANCELLED = ConsultationState
MAY = {
    "can_edit": {DRAFT},
    "can_cancel": {DRAFT},
    "can_open": {DRAFT},
    "can_correct": {OPEN},
    "can_close": {OPEN},
    "can_adjust": {OPEN, CLOSED},
    "can_answer": {CLOSED},
    "can_name": {DRAFT, OPEN, CLOSED, ANSWERED},
}
"""For those who prepare it: in which states."""


@pytest.fixture
def consultation():
    return ConsultationFactory()


@pytest.fixture
def people(consultation):
    town = consultation.organisation
    moderator = UserFactory()
    Steward.objects.create(consultation=consultation, user=moderator, duty=Duty.MODERATOR, named_at=AT)
    signs = member_of(town, Role.SIGNATORY)
    MembershipFactory(user=signs, organisation=CollectiviteFactory(), role=Role.LEAD)
    left = member_of(town, Role.CONTRIBUTOR, ends_on=AT.date().replace(year=2025))
    Steward.objects.create(consultation=consultation, user=left, duty=Duty.AUTHOR, named_at=AT)
    return {
        "author": consultation.created_by,
        "lead": lead_of(town),
        "elected": member_of(town, Role.ELECTED),
        "contributor": member_of(town, Role.CONTRIBUTOR),
        "signatory": signs,
        "moderator": moderator,
        "author who left": left,
        "manager": national(),
        "adviser": national(Role.ADVISER),
        "head of the délégation": of_delegation(Role.HEAD, covers=[town.territory]),
        "lead of another town": lead_of(CollectiviteFactory()),
        "somebody": UserFactory(),
    }


PREPARE = {"author", "lead", "elected", "contributor"}


@pytest.mark.parametrize("rule", MAY)
@pytest.mark.parametrize("state", ConsultationState)
def test_who_does_what_and_when(consultation, people, rule, state):
    consultation.state = state
    for who, user in people.items():
        answer = getattr(rules, rule)(user, consultation)
        if who not in PREPARE:
            assert not answer, (who, rule)
            assert not isinstance(answer, NotNow), (who, rule)
        else:
            assert bool(answer) is (state in MAY[rule]), (who, rule, answer)
            assert answer or isinstance(answer, NotNow)


def test_every_move_of_the_table_has_its_rule():
    reached = {to for moves in CONSULTATION_MOVES.values() for to in moves}
    assert reached | {DRAFT} == set(ConsultationState)
    for rule, to in {"can_open": OPEN, "can_close": CLOSED, "can_answer": ANSWERED, "can_cancel": CANCELLED}.items():
        assert MAY[rule] == {state for state, moves in CONSULTATION_MOVES.items() if to in moves}


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (lambda: national(), True),
        (lambda: national(Role.ADVISER), False),
        (lambda: national(Role.SAFEGUARDING), False),
        (lambda: of_delegation(Role.HEAD), True),
        (lambda: of_delegation(Role.VOLUNTEER), False),
        (lambda: lead_of(CollectiviteFactory()), True),
        (lambda: member_of(CollectiviteFactory(), Role.ELECTED), True),
        (lambda: member_of(CollectiviteFactory(), Role.CONTRIBUTOR), True),
        (lambda: member_of(CollectiviteFactory(), Role.SIGNATORY), False),
        (lambda: member_of(OrganisationFactory(kind="structure", structure_kind="school", name="École"), Role.DIRECTOR), False),
    ],
)  # fmt: skip
def test_who_begins_one_for_their_organisation(person, may):
    user = person()
    assert bool(rules.can_create(user, user.memberships.get().organisation)) is may


def test_a_head_of_two_departements_says_which(at):
    one, other = DepartementFactory(), DepartementFactory()
    head = of_delegation(Role.HEAD, covers=[one, other])
    delegation = head.memberships.get().organisation
    with pytest.raises(actions.Refused, match="Choisissez un département"):
        actions.create(organisation=delegation, title="T", why="W", by=head, at=at)
    with pytest.raises(actions.Refused):
        actions.create(organisation=delegation, territory=DepartementFactory(), title="T", why="W", by=head, at=at)
    made = actions.create(organisation=delegation, territory=other, title="T", why="W", by=head, at=at)
    assert (made.level, made.territory) == (Level.DEPARTMENTAL, other)


@pytest.mark.parametrize("state", ConsultationState)
def test_a_draft_is_its_people_s_and_what_was_opened_is_everyone_s(consultation, people, state):
    rows = Consultation.objects.filter(pk=consultation.pk)
    if state in {OPEN, CLOSED, ANSWERED}:
        actions.open(consultation=consultation, by=consultation.created_by, at=AT)
    if state in {CLOSED, ANSWERED}:
        actions.close(consultation=consultation, by=consultation.created_by, at=AT)
    if state == ANSWERED:
        actions.answer(
            consultation=consultation, text="Oui.", answered_by="La maire", by=consultation.created_by, at=AT
        )
    if state == CANCELLED:
        actions.cancel(consultation=consultation, by=consultation.created_by, at=AT)
    seen = {who for who, user in people.items() if rows.visible_to(user).exists()}
    known = PREPARE | {"signatory", "moderator", "author who left"}
    assert seen == (set(people) if state in {OPEN, CLOSED, ANSWERED} else known)
