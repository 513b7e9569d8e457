"""Answers owed are recalled, in one mail; what ends with a mandate or a merger."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail

from marelle.accounts.signals import collectivite_followed
from marelle.audit.models import Entry
from marelle.jobs.chores import run_daily
from marelle.participation.actions import proposal_chores as chores
from marelle.participation.enums import StepKind
from marelle.participation.models import ProposalStep
from tests.accounts.factories import CollectiviteFactory
from tests.participation.factories import proposal_in
from tests.programme.factories import MandateFactory


def run(at, day, commit):
    now = at.replace(year=day.year, month=day.month, day=day.day)
    mail.outbox.clear()
    with time_machine.travel(now, tick=False), commit():
        chores.remind_of_answers(at=now)
    return list(mail.outbox)


@pytest.fixture
def owed(rouen):
    return [proposal_in("made", organisation=rouen, due_on=date(2026, 12, day)) for day in (10, 12)]


def test_one_mail_for_all_and_only_to_those_who_answer(owed, people, at, commit):
    sent = run(at, date(2026, 12, 2), commit)
    assert {one.to[0] for one in sent} == {people.lead.email, people.elected.email}
    assert len(sent) == 2
    assert all(proposal.wording in one.body for proposal in owed for one in sent)


def test_not_before_ten_days_then_once_then_weekly_once_late(owed, people, at, commit):
    told = [day for day in days(date(2026, 11, 24), 45) if run(at, day, commit)]
    assert told == [date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 11), date(2026, 12, 18), date(2026, 12, 25),
                    date(2027, 1, 1)]  # fmt: skip


def days(start, count):
    return [start + timedelta(days=n) for n in range(count)]


def test_twice_in_a_day_does_no_harm(owed, people, at, commit):
    assert run(at, date(2026, 12, 2), commit)
    assert not run(at, date(2026, 12, 2), commit)


def test_what_was_answered_or_joined_is_not_recalled(rouen, people, at, commit):
    proposal_in("answered", organisation=rouen, due_on=date(2026, 12, 1))
    into = proposal_in("made", organisation=rouen, due_on=date(2027, 6, 1))
    proposal_in("made", organisation=rouen, due_on=date(2026, 12, 1), joined_to=into)
    assert not run(at, date(2026, 12, 5), commit)


def test_the_mail_says_how_many_are_late(owed, people, at, commit):
    [first, _second] = run(at, date(2026, 12, 20), commit)
    assert "2 réponses en retard" in first.subject
    assert "/suivi/" in first.body


def test_the_timer_knows_it(owed, people, at, commit):
    with commit():
        done = {one.name: one for one in run_daily(at=at.replace(month=12, day=5))}
    assert done["participation.recall_answers"].done == 1
    assert not done["participation.forget_who_answered"].error


def test_a_merged_town_s_children_still_get_their_answer(rouen, people, at):
    proposal = proposal_in("made", organisation=rouen)
    into = CollectiviteFactory()
    collectivite_followed.send(type(rouen), organisation=rouen, into=into, by=people.manager, at=at)
    proposal.refresh_from_db()
    assert (proposal.organisation, proposal.territory) == (into, into.territory)
    assert Entry.objects.filter(kind="participation.proposal.followed").count() == 1


def test_after_the_mandate_the_answer_stays_and_its_author_goes(rouen, at):
    MandateFactory(starts_on=date(2020, 3, 1), ends_on=date(2026, 11, 20))
    old = proposal_in("answered", organisation=rouen)
    new = proposal_in("answered", organisation=rouen, answered_on=date(2026, 11, 22))
    for one in (old, new):
        ProposalStep.objects.create(
            proposal=one, kind=StepKind.ANSWERED, state=one.state, said_by=one.answered_by, on=one.answered_on, at=at
        )
    assert chores.forget_who_answered(at=at) == 2
    assert chores.forget_who_answered(at=at) == 0
    old.refresh_from_db()
    assert (old.answered_by, old.answer) == ("la collectivité", "Nous planterons six arbres cet hiver.")
    assert list(ProposalStep.objects.order_by("pk").values_list("said_by", flat=True)) == [
        "la collectivité", "L’adjointe à l’éducation",
    ]  # fmt: skip
