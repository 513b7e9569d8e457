from datetime import timedelta

import pytest
from django.core import mail as outbox

from marelle.notifications import actions
from marelle.notifications.models import Mail, MailboxCopy, Pace, State
from tests.accounts.factories import UserFactory

from . import emails

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    return UserFactory()


@pytest.fixture
def no_server(monkeypatch):
    """The mail server does not answer."""

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("le serveur ne répond pas")

    monkeypatch.setattr(actions, "_post", refuse)


def waiting(someone, at, build=emails.hello, **facts):
    """A mail asked for in a transaction that is not committed: no task runs."""
    return actions.send_on_commit(build, to=someone, at=at, **facts)


def test_a_mail_leaves_once_the_change_is_committed(someone, at, commit):
    with commit():
        mail = actions.send_on_commit(emails.hello, to=someone, at=at, number=3)
        assert not outbox.outbox
    assert [m.to for m in outbox.outbox] == [[someone.email]]
    assert "number=3" in outbox.outbox[0].body
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (State.SENT, 1, "")


def test_an_address_without_account_is_told_too(at, commit):
    with commit():
        actions.send_on_commit(emails.hello, to="maire@rouen.example", at=at)
    assert outbox.outbox[0].to == ["maire@rouen.example"]


def test_facts_are_read_afresh_when_the_mail_is_built(someone, at):
    other = UserFactory(name="Avant")
    mail = waiting(someone, at, who=other)
    other.name = "Après"
    other.save()
    actions.send(mail=mail, at=at)
    assert "who=Après" in outbox.outbox[0].body


def test_a_mail_about_something_gone_is_dropped(someone, at):
    other = UserFactory()
    mail = waiting(someone, at, who=other)
    other.delete()
    assert actions.send(mail=mail, at=at).state == State.DROPPED
    assert not outbox.outbox


def test_a_mail_with_nothing_left_to_say_is_dropped(someone, at):
    assert actions.send(mail=waiting(someone, at, emails.nothing_left), at=at).state == State.DROPPED


def test_a_closed_account_is_never_written_to(someone, at):
    mail = waiting(someone, at)
    someone.is_active = False
    someone.save()
    assert actions.send(mail=mail, at=at).state == State.DROPPED
    assert not outbox.outbox


def test_a_failure_is_remembered_without_the_address_and_tried_again_later(someone, at, no_server):
    mail = actions.send(mail=waiting(someone, at), at=at)
    assert (mail.state, mail.attempts) == (State.WAITING, 1)
    assert mail.due_at == at + actions.RETRIES[0]
    assert "ne répond pas" in mail.last_error


def test_an_error_never_keeps_the_address(someone, at):
    mail = actions.send(mail=waiting(someone.email, at, emails.broken), at=at)
    assert mail.last_error == "ValueError: pas pour …"


def test_waits_grow_and_the_mail_is_given_up_after_the_last(someone, at, no_server):
    mail, now, waits = waiting(someone, at), at, []
    while mail.state == State.WAITING:
        mail = actions.send(mail=mail, at=now)
        waits.append(mail.due_at - now)
        now = mail.due_at
    assert mail.state == State.FAILED
    assert waits == [*actions.RETRIES, actions.RETRIES[-1]]
    assert actions.send_due(at=now + timedelta(days=30)) == 0


def test_a_mail_not_yet_due_stays(someone, at, no_server):
    mail = actions.send(mail=waiting(someone, at), at=at)
    assert actions.send(mail=mail, at=at + timedelta(minutes=1)).attempts == 1


def test_the_timer_sends_what_the_task_missed(someone, at):
    waiting(someone, at)
    later = waiting(someone, at + timedelta(hours=2))
    assert actions.send_due(at=at) == 1
    later.refresh_from_db()
    assert later.state == State.WAITING


def test_a_mail_sent_twice_leaves_once(someone, at):
    mail = waiting(someone, at)
    actions.send(mail=mail, at=at)
    actions.send(mail=mail, at=at + timedelta(days=1))
    assert len(outbox.outbox) == 1


def test_several_edits_make_one_mail_with_the_last_facts(someone, at, commit):
    with commit():
        for number in range(3):
            actions.send_on_commit(emails.hello, to=someone, at=at, collapse="dossier-1", number=number)
        actions.send_on_commit(emails.hello, to=someone, at=at, collapse="dossier-2", number=9)
    assert not outbox.outbox  # It waits for others.
    assert actions.send_due(at=at + actions.COLLAPSE_WINDOW) == 2
    assert [m.body for m in outbox.outbox] == ["Texte : number=2\n", "Texte : number=9\n"]


def test_what_comes_after_a_mail_left_makes_another(someone, at):
    waiting(someone, at, collapse="dossier-1")
    actions.send_due(at=at + actions.COLLAPSE_WINDOW)
    waiting(someone, at + timedelta(hours=1), collapse="dossier-1")
    assert Mail.objects.count() == 2


def test_a_person_who_prefers_it_gets_one_mail_a_day(someone, at, commit):
    actions.set_pace(user=someone, pace=Pace.DAILY, at=at)
    with commit():
        actions.send_on_commit(emails.hello, to=someone, at=at, number=1)
        actions.send_on_commit(emails.hello, to=someone, at=at, number=2)
        actions.send_on_commit(emails.nothing_left, to=someone, at=at)
    assert actions.send_due(at=at) == 0
    assert not outbox.outbox
    assert actions.send_digests(at=at + timedelta(hours=12)) == 1
    (digest,) = outbox.outbox
    assert digest.subject == "Marelle\u202f: 2 nouvelles du jour"
    html = digest.alternatives[0].content
    for number in (1, 2):
        assert f"number={number}" in digest.body
        assert f"<p>Texte : number={number}</p>" in html
    assert html.count("<html") == 1
    assert actions.send_digests(at=at + timedelta(hours=13)) == 0


def test_one_news_of_the_day_is_sent_as_it_is(someone, at):
    actions.set_pace(user=someone, pace=Pace.DAILY, at=at)
    waiting(someone, at, number=1)
    waiting(someone, at, emails.broken)
    assert actions.send_digests(at=at) == 1
    assert outbox.outbox[0].subject == "Bonjour"


def test_a_failed_digest_is_tried_again_by_the_hour(someone, at, monkeypatch):
    actions.set_pace(user=someone, pace=Pace.DAILY, at=at)
    waiting(someone, at, number=1)
    with monkeypatch.context() as broken:
        broken.setattr(actions, "_post", lambda *a: 1 / 0)
        assert actions.send_digests(at=at) == 0
    waiting(someone, at + timedelta(minutes=30), number=2)  # For tomorrow.
    assert actions.send_digests(at=at + timedelta(hours=1), only_retries=True) == 1
    assert "number=1" in outbox.outbox[0].body
    assert "number=2" not in outbox.outbox[0].body


def test_choosing_at_once_frees_what_waited(someone, at):
    actions.set_pace(user=someone, pace=Pace.DAILY, at=at)
    waiting(someone, at)
    actions.set_pace(user=someone, pace=Pace.IMMEDIATE, at=at)
    assert actions.send_due(at=at) == 1


def test_mails_of_last_year_are_forgotten_but_never_one_that_waits(someone, at):
    old, young, unsent = (waiting(someone, at - timedelta(days=age)) for age in (400, 10, 400))
    Mail.objects.filter(pk__in=[old.pk, young.pk]).update(state=State.SENT)
    MailboxCopy.objects.create(to="a@marelle.example", subject="…", text="…")
    assert actions.purge(at=at) == 1
    assert set(Mail.objects.all()) == {young, unsent}
