"""Role × state: who reads children's words before anyone, and what may become of them."""

from datetime import date

import pytest

from marelle.accounts.enums import Role
from marelle.accounts.queries import forget_standing
from marelle.core.rules import NotNow
from marelle.participation.enums import VerbatimState
from marelle.participation.models import Verbatim
from marelle.participation.rules import verbatims as rules
from tests.accounts.factories import UserFactory, lead_of, national
from tests.participation.words import alert_of, approved, moderator_of, officer, protector_of, refused, waiting

MAKE = {
    VerbatimState.WAITING: waiting,
    VerbatimState.APPROVED: approved,
    VerbatimState.REFUSED: refused,
    VerbatimState.HELD: lambda session: alert_of(session).verbatim,
}
MOVES = ("approve", "refuse", "put_back", "report", "sort")
ALLOWED = {
    VerbatimState.WAITING: {"approve", "refuse", "report", "sort"},
    VerbatimState.APPROVED: {"refuse", "put_back", "report", "sort"},
    VerbatimState.REFUSED: {"put_back", "report"},
    VerbatimState.HELD: set(),
}


@pytest.fixture
def people(session):
    consultation = session.consultation
    return {
        "moderator": moderator_of(consultation),
        "protector": protector_of(consultation),
        "officer": officer(),
        "manager": national(Role.MANAGER),
        "lead": lead_of(consultation.organisation),
        "somebody": UserFactory(),
    }


@pytest.mark.parametrize("state", VerbatimState)
def test_who_may_do_what_in_each_state(session, people, state):
    verbatim = MAKE[state](session)
    for who, user in people.items():
        answers = {move: getattr(rules, f"can_{move}")(user, verbatim) for move in MOVES}
        allowed = {move for move, answer in answers.items() if answer}
        assert allowed == (ALLOWED[state] if who == "moderator" else set()), who
        if who != "moderator":
            assert not any(isinstance(answer, NotNow) for answer in answers.values())
        assert all(answer.reason for answer in answers.values() if answer is not True)


@pytest.mark.parametrize("state", VerbatimState)
def test_who_sees_words_in_each_state(session, people, state):
    MAKE[state](session)
    seen = {who for who, user in people.items() if Verbatim.objects.visible_to(user).exists()}
    assert seen == ({"moderator"} if state != VerbatimState.HELD else set())


def test_a_moderator_who_left_reads_no_more(session):
    waiting(session)
    moderator = moderator_of(session.consultation)
    moderator.memberships.update(ends_on=date(2026, 11, 1))
    forget_standing(moderator)
    assert not Verbatim.objects.visible_to(moderator).exists()
    assert not rules.can_moderate(moderator, session.consultation)


def test_what_was_forgotten_can_no_longer_be_published(session):
    verbatim = waiting(session, "")
    answer = rules.can_approve(moderator_of(session.consultation), verbatim)
    assert isinstance(answer, NotNow)
    assert "effacé" in answer.reason
