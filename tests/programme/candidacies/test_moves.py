"""Role × state × move: the whole table, written out by hand so that a slip in the code shows."""

import pytest

from marelle.accounts.enums import Role
from marelle.core.rules import No, NotNow, Refused
from marelle.programme.actions.moving import change_status
from marelle.programme.enums import Move, Status
from marelle.programme.models import ConflictOfInterest
from marelle.programme.rules import moves as rules
from tests.accounts.factories import CollectiviteFactory, UserFactory, member_of, national, of_delegation
from tests.programme.factories import CandidacyFactory

pytestmark = pytest.mark.django_db

CARRIERS, TEAM = {"lead", "elected"}, {"manager", "adviser"}
TABLE = {
    Move.CONFIRM: ({"manager"}, {"interested"}),
    Move.SUBMIT: (CARRIERS, {"draft"}),
    Move.OPEN_REVIEW: (TEAM, {"filed"}),
    Move.ASK_CORRECTION: (TEAM, {"under_review"}),
    Move.RESUBMIT: (CARRIERS, {"correction"}),
    Move.CANCEL_CORRECTION: (TEAM, {"correction"}),
    Move.SEND_TO_COMMISSION: (TEAM, {"under_review"}),
    Move.SEND_BACK: (TEAM, {"commission"}),
    Move.AWARD: ({"manager"}, {"commission", "probation"}),
    Move.PUT_ON_PROBATION: ({"manager"}, {"commission"}),
    Move.REFUSE: ({"manager"}, {"commission", "probation"}),
    Move.GRANT_TITLE: ({"manager"}, {"awarded"}),
    Move.WITHDRAW_TITLE: ({"manager"}, {"titled"}),
    Move.ABANDON: (
        CARRIERS | {"manager"},
        {"interested", "draft", "filed", "under_review", "correction", "commission", "probation", "awarded"},
    ),
}


@pytest.fixture
def candidacy():
    return CandidacyFactory()


@pytest.fixture
def nothing_more_is_asked(monkeypatch):
    """Who and when alone: what else a move needs is told in the tests of its subject."""
    monkeypatch.setattr(rules, "_conditions", {})
    monkeypatch.setattr(rules, "NEEDS_MORE", frozenset())


def person(role, candidacy):
    if role in {"lead", "elected", "contributor", "signatory"}:
        return member_of(candidacy.organisation, role)
    if role == "lead of another town":
        return member_of(CollectiviteFactory(), Role.LEAD)
    if role in {"head", "volunteer"}:
        return of_delegation(role, covers=[candidacy.territory])
    return UserFactory() if role == "stranger" else national(role)


ROLES = [
    "lead", "elected", "contributor", "signatory", "lead of another town",
    "manager", "adviser", "expert", "safeguarding", "head", "volunteer", "stranger",
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("nothing_more_is_asked")
def test_who_may_make_which_move_in_which_state(role, candidacy):
    user = person(role, candidacy)
    for move, (roles, states) in TABLE.items():
        for status in Status:
            candidacy.status = status
            answer = rules.can_move(user, candidacy, move)
            assert bool(answer) == (role in roles and status in states), (role, move, status)
            if role not in roles:
                assert type(answer) is No
                assert answer.reason
            elif status not in states:
                assert type(answer) is NotNow
                assert str(status.label) in answer.reason


def test_the_table_knows_every_move():
    assert set(TABLE) == set(Move) == set(rules.WHO)


@pytest.mark.usefixtures("nothing_more_is_asked")
def test_all_moves_are_answered_at_once_and_agree_with_each_one(candidacy, django_assert_max_num_queries):
    user = member_of(candidacy.organisation, Role.LEAD)
    with django_assert_max_num_queries(4):
        answers = rules.moves(user, candidacy)
    assert list(answers) == list(Move)
    assert all(answers[move] == rules.can_move(user, candidacy, move) for move in Move)


@pytest.mark.usefixtures("nothing_more_is_asked")
def test_a_declared_conflict_shuts_every_move(candidacy, at):
    manager = national()
    ConflictOfInterest.objects.create(candidacy=candidacy, user=manager, reason="Ma ville", declared_at=at)
    for status in Status:
        candidacy.status = status
        assert not any(rules.moves(manager, candidacy).values())


def test_a_move_that_needs_more_stays_shut_until_its_condition_is_known(candidacy, monkeypatch):
    monkeypatch.setattr(rules, "_conditions", {})
    assert not rules.can_move(member_of(candidacy.organisation, Role.LEAD), candidacy, Move.SUBMIT)


def test_a_condition_speaks_only_when_the_person_and_the_state_are_right(candidacy, monkeypatch):
    monkeypatch.setattr(rules, "_conditions", {Move.SUBMIT: lambda user, candidacy: NotNow("Il manque une pièce.")})
    lead = member_of(candidacy.organisation, Role.LEAD)
    assert rules.can_move(lead, candidacy, Move.SUBMIT) == NotNow("Il manque une pièce.")
    assert type(rules.can_move(national(), candidacy, Move.SUBMIT)) is No


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_the_status_changes_only_from_the_states_of_the_table(move, status, at):
    candidacy = CandidacyFactory(status=status)
    if status in TABLE[move][1]:
        change_status(candidacy, move, at=at, closed_reason="dit ici")
        candidacy.refresh_from_db()
        assert (candidacy.status_since, candidacy.closed_reason) == (at, "dit ici")
        assert candidacy.status != status
    else:
        with pytest.raises(Refused):
            change_status(candidacy, move, at=at)
        candidacy.refresh_from_db()
        assert candidacy.status == status
