"""Role × state: who handles an alert, and when. To anyone else there is none."""

from datetime import date

import pytest

from marelle.accounts.enums import Role
from marelle.accounts.queries import forget_standing
from marelle.core.rules import NotNow
from marelle.participation.actions import alerts as actions
from marelle.participation.enums import AlertState, Duty
from marelle.participation.models import Alert, Steward
from marelle.participation.queries.alerts import protectors
from marelle.participation.rules import alerts as rules
from tests.accounts.factories import (
    CollectiviteFactory,
    MembershipFactory,
    UserFactory,
    lead_of,
    national,
    of_delegation,
)
from tests.participation.factories import AT
from tests.participation.words import moderator_of, officer, protector_of

NEVER = {
    "manager",
    "adviser",
    "lead",
    "author and moderator",
    "leader of the group",
    "head",
    "another town",
    "somebody",
}
ALWAYS = {"officer", "named"}


@pytest.fixture
def people(session):
    consultation = session.consultation
    return {
        "officer": officer(),
        "named": protector_of(consultation),
        "manager": national(Role.MANAGER),
        "adviser": national(Role.ADVISER),
        "lead": lead_of(consultation.organisation),
        "author and moderator": moderator_of(consultation),
        "leader of the group": session.opened_by,
        "head": of_delegation(Role.HEAD, covers=[consultation.territory]),
        "another town": lead_of(CollectiviteFactory()),
        "somebody": UserFactory(),
    }


@pytest.mark.parametrize("state", AlertState)
def test_who_sees_an_alert_in_each_state(alert, people, state):
    _in_state(alert, state, people["officer"])
    seen = {who for who, user in people.items() if Alert.objects.visible_to(user).exists()}
    assert seen == ALWAYS
    assert {who for who, user in people.items() if rules.can_read(user, alert)} == ALWAYS


ALLOWED = {
    AlertState.NEW: {"take"},
    AlertState.TAKEN: {"note", "close"},
    AlertState.CLOSED: {"reopen", "give_back"},
}


@pytest.mark.parametrize("state", AlertState)
def test_what_who_protects_may_do_in_each_state(alert, people, state):
    by = people["officer"]
    _in_state(alert, state, by)
    moves = ("take", "note", "close", "reopen", "give_back")
    answers = {move: getattr(rules, f"can_{move}")(by, alert) for move in moves}
    assert {move for move, answer in answers.items() if answer} == ALLOWED[state]
    assert all(isinstance(answer, NotNow) and answer.reason for answer in answers.values() if answer is not True)
    for who in NEVER:
        for move in moves:
            answer = getattr(rules, f"can_{move}")(people[who], alert)
            assert not answer, (who, move)
            assert not isinstance(answer, NotNow), (who, move)


def test_a_colleague_takes_over_what_is_in_hand(alert, people):
    _in_state(alert, AlertState.TAKEN, people["officer"])
    assert rules.can_take(people["named"], alert)


def test_who_left_no_longer_reads(alert, session):
    named = protector_of(session.consultation)
    named.memberships.update(ends_on=date(2026, 11, 1))
    forget_standing(named)
    assert not Alert.objects.visible_to(named).exists()
    assert named not in protectors(session.consultation, on=AT.date())


def test_who_is_told_first(session):
    on, consultation = AT.date(), session.consultation
    named = protector_of(consultation)
    manager = national(Role.MANAGER)
    assert protectors(consultation, on=on) == [named]
    one, other = officer(), officer()
    assert {*protectors(consultation, on=on)} == {named, one, other}
    assert manager not in protectors(consultation, on=on)


def test_with_nobody_named_it_falls_to_the_managers_and_they_can_open_it(alert, session):
    consultation = session.consultation
    Steward.objects.filter(consultation=consultation, duty=Duty.SAFEGUARDING).delete()
    manager = national(Role.MANAGER)
    assert protectors(consultation, on=AT.date()) == [manager]
    assert Alert.objects.visible_to(manager).get() == alert
    officer()
    forget_standing(manager)
    assert not Alert.objects.visible_to(manager).exists(), "once somebody is named, managers are strangers again"


def test_a_manager_stands_in_only_where_nobody_is_named(alert):
    """The consultation names somebody: the national team having no officer opens nothing."""
    assert not Alert.objects.visible_to(national(Role.MANAGER)).exists()


def test_a_named_person_who_left_counts_as_nobody(alert, session):
    protector_of(session.consultation).memberships.update(ends_on=date(2026, 11, 1))
    manager = national(Role.MANAGER)
    assert protectors(session.consultation, on=AT.date()) == [manager]
    assert Alert.objects.visible_to(manager).exists()


def test_with_no_national_team_either_it_falls_to_those_of_the_consultation(alert, session):
    consultation = session.consultation
    Steward.objects.filter(consultation=consultation, duty=Duty.SAFEGUARDING).delete()
    author = moderator_of(consultation)
    assert protectors(consultation, on=AT.date()) == [author]
    assert Alert.objects.visible_to(author).exists()


def test_a_closed_account_is_nobody(session):
    gone = officer()
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    assert gone not in protectors(session.consultation, on=AT.date())


def test_a_role_of_safeguarding_is_national(alert):
    """Only in the national team: the table of roles allows it nowhere else, and another's membership opens nothing."""
    user = MembershipFactory(role=Role.LEAD).user
    assert not Alert.objects.visible_to(user).exists()


def _in_state(alert, state, by):
    if state != AlertState.NEW:
        actions.take(alert=alert, by=by, at=AT)
    if state == AlertState.CLOSED:
        actions.close(alert=alert, outcome="spoke", note="Appelé.", by=by, at=AT)
    alert.refresh_from_db()
