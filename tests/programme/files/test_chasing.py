"""Reminders before the date limit: each leaves once, to those who write, and only while there is something to do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from marelle.core.one_by_one import SomeFailed
from marelle.jobs import chores
from marelle.programme.actions import chasing, submissions
from marelle.programme.enums import Status
from marelle.programme.models import Chase
from tests.accounts.factories import lead_of
from tests.programme.factories import CandidacyFactory

from .test_submissions import correction_of

DUE = datetime(2027, 2, 28, 17, 0, tzinfo=UTC)


def morning(days_before):
    return DUE.replace(hour=6) - timedelta(days=days_before)


def run(commit, at):
    mail.outbox.clear()
    with commit():
        chasing.chase(at=at)
    return sorted(message.to[0] for message in mail.outbox)


@pytest.mark.parametrize(("days", "told"), [(45, False), (31, False), (30, True), (7, True), (1, True), (0, True)])
def test_a_draft_is_chased_from_the_days_the_route_says(candidacy, lead, colleague, commit, days, told):
    assert run(commit, morning(days)) == (sorted([lead.email, colleague.email]) if told else [])


def test_each_reminder_leaves_once_however_often_the_timer_runs(candidacy, lead, commit):
    told = [day for day in range(40, -10, -1) for _twice in range(2) if run(commit, morning(day))]
    assert told == [30, 7, 1, -1]


def test_a_timer_that_stopped_sends_the_nearest_reminder_only(candidacy, lead, commit):
    assert run(commit, morning(3)) == [lead.email]
    assert list(Chase.objects.values_list("about", "days")) == [("draft", 7)]
    assert mail.outbox[0].subject.endswith("plus que 3 jours pour le déposer")


def test_the_mail_says_what_is_missing_and_where_to_go(candidacy, lead, write, commit):
    write(motivation="Parce que.")
    run(commit, morning(1))
    body = mail.outbox[0].body
    assert "28 février 2027 à 18 h" in body.replace("\xa0", " ")
    assert "Nombre d’enfants consultés (La collectivité)" in body
    assert "Pourquoi cette démarche" not in body
    assert f"/dossiers/{candidacy.public_id}/verifier/" in body


def test_an_extension_begins_the_reminders_anew(candidacy, lead, commit):
    assert run(commit, morning(1)) == [lead.email]
    candidacy.due_at = DUE + timedelta(days=20)
    candidacy.save()
    assert run(commit, morning(0)) == [lead.email]
    assert "20 jours" in mail.outbox[0].subject


def test_past_the_limit_it_is_said_once_and_not_months_later(candidacy, lead, commit):
    assert run(commit, DUE + timedelta(hours=14)) == [lead.email]
    assert "date limite est passée" in mail.outbox[0].subject
    assert run(commit, DUE + timedelta(days=2)) == []
    CandidacyFactory(due_at=DUE - timedelta(days=100))
    assert run(commit, DUE + timedelta(days=2)) == []


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.CORRECTION}))
def test_what_is_not_to_be_handed_over_is_not_chased(candidacy, lead, commit, status):
    candidacy.status = status
    candidacy.save()
    assert run(commit, morning(1)) == []


def test_edits_that_wait_to_be_sent_back_are_chased(complete, lead, write, at, commit):
    submission = submissions.submit(candidacy=complete, by=lead, at=at)
    complete.refresh_from_db()
    correction_of(complete, submission, enfants="Recomptez.")  # due on 15 December
    day_before = datetime(2026, 12, 14, 6, tzinfo=UTC)
    assert run(commit, day_before) == []
    write(enfants=200)
    assert run(commit, day_before) == [lead.email]
    assert "ne sont pas renvoyées" in mail.outbox[0].subject
    assert "15 décembre 2026" in mail.outbox[0].body
    assert Chase.objects.get(about="edits").due_on == date(2026, 12, 15)
    assert run(commit, day_before) == []


def test_a_mail_that_waits_says_nothing_once_the_file_is_handed_over(complete, lead, at, commit):
    mail.outbox.clear()
    with commit():
        chasing.chase(at=morning(30))
        submissions.submit(candidacy=complete, by=lead, at=at)
    assert not [message for message in mail.outbox if "plus que" in message.subject]


def test_the_daily_timer_does_it(candidacy, lead):
    outcomes = {outcome.name: outcome for outcome in chores.run_daily(at=morning(7))}
    assert (outcomes["programme.chase_files"].done, outcomes["programme.chase_files"].error) == (1, "")


def test_one_file_that_cannot_be_chased_stops_none_of_the_others(candidacy, lead, commit, monkeypatch):
    other = CandidacyFactory()
    other_lead = lead_of(other.organisation)
    assert candidacy.pk < other.pk
    whole = chasing.locked

    def broken(one):
        if one.pk == candidacy.pk:
            raise ValueError("une définition illisible")
        return whole(one)

    monkeypatch.setattr(chasing, "locked", broken)
    mail.outbox.clear()
    with commit(), pytest.raises(SomeFailed, match="1 of 2"):
        chasing.chase(at=morning(7))
    assert [message.to[0] for message in mail.outbox] == [other_lead.email]
    monkeypatch.undo()
    assert run(commit, morning(7)) == [lead.email], "the one that failed is chased when it can be again"
