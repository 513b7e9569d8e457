"""A worrying text is held with the ballot, told at once, and followed to its outcome."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.ballots.actions import opening, stations
from marelle.ballots.actions.casting import Shut
from marelle.ballots.models import Ballot, Envelope
from marelle.core.rules import Refused
from marelle.notifications.actions import set_pace
from marelle.notifications.models import Mail
from marelle.participation.actions import alerts as actions
from marelle.participation.actions import answers, verbatims
from marelle.participation.enums import AlertState, VerbatimState, Worry
from marelle.participation.models import Alert, AlertStep, Verbatim
from tests.accounts.factories import national
from tests.participation.factories import AT
from tests.participation.words import (
    CALM,
    WORRYING,
    alert_of,
    moderator_of,
    officer,
    protector_of,
    send,
    sending,
    waiting,
)

pytestmark = pytest.mark.django_db


def test_a_worrying_text_is_held_with_the_ballot_and_told_at_once(session, commit):
    watcher, named = officer(), protector_of(session.consultation)
    national(Role.MANAGER)
    with commit():
        sent = send(session, {"quoi": WORRYING})
    assert (sent.counted, sent.needs_help) == (True, True)
    verbatim = Verbatim.objects.get()
    assert (verbatim.state, verbatim.text, verbatim.arrived_on) == (VerbatimState.HELD, WORRYING, AT.date())
    assert verbatim.alert.signs == [Worry.VIOLENCE]
    assert verbatim.alert.state == AlertState.NEW
    assert {message.to[0] for message in mail.outbox} == {watcher.email, named.email}


def test_the_mail_never_says_what_was_written_nor_about_what(session, commit):
    officer()
    with commit():
        send(session, {"quoi": WORRYING})
    for message in mail.outbox:
        said = " ".join([message.subject, message.body, *(part for part, _ in message.alternatives)]).lower()
        for word in ("frape", "papa", "violence", session.title.lower(), str(Worry.VIOLENCE.label)):
            assert word not in said
        assert "/alertes/" in said


def test_it_does_not_wait_for_the_daily_mail(session, commit):
    watcher = officer()
    set_pace(user=watcher, pace="daily", at=AT)
    with commit():
        send(session, {"quoi": WORRYING})
    assert watcher.email in {message.to[0] for message in mail.outbox}


def test_a_calm_text_travels_sealed_and_asks_no_help(session):
    sent = send(session, {"quoi": CALM})
    assert (sent.counted, sent.needs_help) == (True, False)
    assert not Verbatim.objects.exists()


def test_the_same_sending_again_shows_help_and_raises_nothing_more(session, commit):
    officer()
    with commit():
        send(session, {"quoi": WORRYING})
    told = len(mail.outbox)
    with commit():
        again = send(session, {"quoi": WORRYING})
    assert (again.counted, again.needs_help) == (False, True)
    assert Alert.objects.count() == 1
    assert len(mail.outbox) == told


@pytest.fixture
def shut(session):
    stations.close(station=session.station, by=session.opened_by, at=AT)
    stations.settle(station=session.station, by=session.opened_by, at=AT)
    session.station.refresh_from_db()
    return session


def test_a_refused_sending_counts_nothing(shut, commit):
    with commit(), pytest.raises(Shut):
        send(shut, {"quoi": WORRYING})
    assert not Alert.objects.exists()
    assert not mail.outbox


def test_worrying_words_of_a_refused_sending_are_told_once_all_the_same(shut, commit):
    watcher = officer()
    for _ in range(3):
        with commit():
            needs_help = answers.hear_although_refused(station=shut.station, words={"quoi": WORRYING}, at=AT)
        assert needs_help
    alert = Alert.objects.get()
    assert (alert.verbatim.text, alert.verbatim.state) == (WORRYING, VerbatimState.HELD)
    assert [message.to[0] for message in mail.outbox].count(watcher.email) == 1
    assert not Ballot.objects.exists()
    assert not Envelope.objects.exists()


def test_calm_words_of_a_refused_sending_are_kept_nowhere(shut):
    assert not answers.hear_although_refused(station=shut.station, words={"quoi": CALM}, at=AT)
    assert not Verbatim.objects.exists()


def test_whoever_knocks_without_a_ticket_cannot_drown_those_who_protect(shut, monkeypatch):
    monkeypatch.setattr(answers, "MOST_UNCOUNTED", 4)
    for number in range(7):
        assert answers.hear_although_refused(station=shut.station, words={"quoi": f"{WORRYING} {number}"}, at=AT)
    assert Alert.objects.count() == 4


def test_a_child_whose_page_is_refused_is_helped_and_heard(shut, client):
    sent = {"sending": sending(), "answers": {"seul": "yes"}, "words": {"quoi": WORRYING}}
    answer = client.post(f"/s/{shut.station.code}/", sent, "application/json")
    assert (answer.status_code, answer.json()["help"]) == (410, 1)
    assert Alert.objects.get().verbatim.text == WORRYING


def test_what_is_held_does_not_travel_in_the_envelope_too(session):
    for number in range(6):
        send(session, {"quoi": WORRYING if number == 3 else f"{CALM} {number}"}, number)
    opening.open_waiting(station=session.station, at=AT)
    texts = list(Verbatim.objects.values_list("text", "state"))
    assert texts.count((WORRYING, VerbatimState.HELD)) == 1
    assert len(texts) == 6


def test_nothing_joins_the_alert_and_the_ballot(session):
    """Every value of the held rows, looked for in every row of the ballots: only the group is common."""
    for number in range(6):
        send(session, {"quoi": WORRYING if number == 3 else CALM}, number)
    opening.open_waiting(station=session.station, at=AT)
    alert = Alert.objects.get()
    held = {str(alert.pk), alert.public_id, str(alert.verbatim_id), alert.verbatim.public_id}
    for model in (Ballot, Envelope):
        for row in model.objects.values():
            said = {str(value) for name, value in row.items() if name != "station_id"}
            assert not held & said - {"1"}
    ids = [*Verbatim.objects.order_by("pk").values_list("pk", flat=True)]
    assert all(one > 1000 for one in ids), "an id drawn at random says nothing of the order"
    assert {field.name for field in Verbatim._meta.get_fields() if "at" in field.name.split("_")} == {"moderated_at"}


def test_words_on_paper_or_of_yesterdays_lexicon_are_read_again_when_the_envelope_opens(session, commit):
    watcher = officer()
    with commit():
        verbatims.take_in(station=session.station, words=[("quoi", CALM), ("quoi", WORRYING)], at=AT)
    assert sorted(Verbatim.objects.values_list("state", flat=True)) == [VerbatimState.HELD, VerbatimState.WAITING]
    assert watcher.email in {message.to[0] for message in mail.outbox}


def test_several_worrying_texts_of_one_opening_make_one_mail(session, commit):
    officer()
    words = [("quoi", f"{WORRYING} {number}") for number in range(4)]
    with commit():
        verbatims.take_in(station=session.station, words=words, at=AT)
    assert Alert.objects.count() == 4
    assert len(mail.outbox) == 2
    assert "4\u202f" in mail.outbox[0].subject or "4 " in mail.outbox[0].subject
    assert mail.outbox[0].body.rstrip().count("/alertes/\n") or "/alertes/" in mail.outbox[0].body


def test_a_flood_is_told_once_every_ten_minutes(session, commit):
    """Somebody abuses an open link: every alert is kept, mailboxes are not filled."""
    officer()
    with commit():
        for number in range(30):
            send(session, {"quoi": WORRYING}, number)
    assert Alert.objects.count() == 30
    assert Mail.objects.filter(kind__endswith="alert_raised").count() == 2 * 10


def test_an_alert_is_followed_to_its_outcome(alert, session):
    by = officer()
    actions.take(alert=alert, by=by, at=AT)
    actions.add_step(alert=alert, note="Appelé l’école, laissé un message.", by=by, at=AT)
    actions.close(alert=alert, outcome="reported", note="CRIP prévenue.", by=by, at=AT + timedelta(hours=1))
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.taken_by) == (AlertState.CLOSED, "reported", by)
    assert [step.state for step in alert.steps.all()] == ["new", "taken", "taken", "closed"]
    assert alert.verbatim.state == VerbatimState.HELD, "kept, unless given back"


def test_an_outcome_needs_words_and_a_step_too(alert):
    by = officer()
    actions.take(alert=alert, by=by, at=AT)
    with pytest.raises(Refused):
        actions.close(alert=alert, outcome="spoke", note="  ", by=by, at=AT)
    with pytest.raises(Refused):
        actions.close(alert=alert, outcome="magic", note="x", by=by, at=AT)
    with pytest.raises(Refused):
        actions.add_step(alert=alert, note=" ", by=by, at=AT)


def test_words_given_back_wait_for_the_moderators_and_are_held_again_when_reopened(alert, session):
    by, moderator = officer(), moderator_of(session.consultation)
    actions.take(alert=alert, by=by, at=AT)
    with pytest.raises(Refused):
        actions.give_back(alert=alert, by=by, at=AT)
    actions.close(alert=alert, outcome="nothing", note="Lu.", by=by, at=AT)
    assert not Verbatim.objects.visible_to(moderator).exists()
    actions.give_back(alert=alert, by=by, at=AT)
    assert Verbatim.objects.visible_to(moderator).get().state == VerbatimState.WAITING
    actions.reopen(alert=alert, note="Rappel de l’école.", by=by, at=AT)
    assert not Verbatim.objects.visible_to(moderator).exists()


def test_a_moderator_reports_what_the_lexicon_let_through(session, commit):
    watcher, moderator = officer(), moderator_of(session.consultation)
    verbatim = waiting(session, "chez moi c’est plus possible")
    with commit():
        alert = verbatims.report(verbatim=verbatim, seen=0, by=moderator, at=AT)
    assert alert.signs == [Worry.BY_HAND]
    assert alert.raised_by == moderator
    assert watcher.email in {message.to[0] for message in mail.outbox}
    assert not Verbatim.objects.visible_to(moderator).exists()


def test_what_was_given_back_can_be_reported_again(alert, session):
    by, moderator = officer(), moderator_of(session.consultation)
    actions.take(alert=alert, by=by, at=AT)
    actions.close(alert=alert, outcome="nothing", note="Lu.", by=by, at=AT)
    actions.give_back(alert=alert, by=by, at=AT)
    verbatim = Verbatim.objects.get()
    verbatims.report(verbatim=verbatim, seen=verbatim.revision, by=moderator, at=AT)
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.taken_by) == (AlertState.NEW, "", None)
    assert Alert.objects.count() == 1


def test_a_manager_does_nothing_with_an_alert(alert):
    manager = national(Role.MANAGER)
    for act in (
        lambda: actions.take(alert=alert, by=manager, at=AT),
        lambda: actions.note_reading(alert=alert, by=manager, at=AT),
        lambda: actions.close(alert=alert, outcome="spoke", note="x", by=manager, at=AT),
        lambda: actions.give_back(alert=alert, by=manager, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_untouched_alert_is_chased_after_two_hours_then_every_day_until_taken(alert, commit):
    watcher = officer()

    def chased(hours):
        mail.outbox.clear()
        with commit():
            count = actions.chase(at=AT + timedelta(hours=hours))
        assert watcher.email in {message.to[0] for message in mail.outbox} or not count
        return count

    assert [chased(hours) for hours in (1, 2, 3, 25, 26, 27)] == [0, 1, 0, 0, 1, 0]
    actions.take(alert=alert, by=watcher, at=AT)
    assert chased(100) == 0


def test_with_no_officer_the_managers_are_chased_and_told_only_what_they_may_open(alert, commit):
    """The consultation names somebody: the managers' mail is not even built."""
    manager = national(Role.MANAGER)
    with commit():
        actions.chase(at=AT + timedelta(hours=3))
    assert manager.email not in {message.to[0] for message in mail.outbox}


def test_the_log_holds_codes_and_never_a_word(session, commit):
    by, moderator = officer(), moderator_of(session.consultation)
    sentinel = "xyloglyphe"
    with commit():
        send(session, {"quoi": f"papa me frappe {sentinel}"})
    alert = Alert.objects.get()
    actions.note_reading(alert=alert, by=by, at=AT)
    actions.take(alert=alert, by=by, at=AT)
    actions.add_step(alert=alert, note=f"Dit : {sentinel}", by=by, at=AT)
    actions.close(alert=alert, outcome="spoke", note=sentinel, by=by, at=AT)
    actions.give_back(alert=alert, by=by, at=AT)
    verbatim = Verbatim.objects.get()
    verbatims.refuse(verbatim=verbatim, reason="hurtful", seen=verbatim.revision, by=moderator, at=AT)
    kinds = set(Entry.objects.filter(kind__startswith="participation.alert").values_list("kind", flat=True))
    assert len(kinds) == 6
    for entry in Entry.objects.all():
        assert sentinel not in str(entry.details)
        assert "violence" not in str(entry.details)
    assert not Mail.objects.filter(facts__icontains=sentinel).exists()


def test_notes_go_five_years_after_the_outcome(alert):
    by = officer()
    actions.take(alert=alert, by=by, at=AT)
    actions.close(alert=alert, outcome="spoke", note="Appelé.", by=by, at=AT)
    assert actions.forget_notes(at=AT.replace(year=2031)) == 0
    assert actions.forget_notes(at=AT.replace(year=2031) + timedelta(days=1)) == 1
    assert not AlertStep.objects.exclude(note="").exists()
    alert.refresh_from_db()
    assert alert.outcome == "spoke"
    assert actions.forget_notes(at=AT.replace(year=2032)) == 0


def test_the_words_of_an_open_alert_are_never_forgotten(session):
    open_one = alert_of(session)
    closed = alert_of(session, "maman me tape")
    by = officer()
    actions.take(alert=closed, by=by, at=AT)
    actions.close(alert=closed, outcome="spoke", note="Appelé.", by=by, at=AT)
    assert verbatims.forget_texts(at=AT.replace(year=2030)) == 1
    open_one.verbatim.refresh_from_db()
    assert open_one.verbatim.text == WORRYING


def test_an_ordinary_sending_costs_no_more_than_its_ballot(session, django_assert_max_num_queries):
    send(session, {"quoi": CALM})  # the first one of a connection also makes its door (`ballots.actions.storing`)
    with django_assert_max_num_queries(6):  # two are savepoints of the test's own transaction
        send(session, {"quoi": CALM})
