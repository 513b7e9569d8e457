"""A session's life: opened, closed, reopened, settled; by hand or by the timer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.audit.models import Entry
from marelle.ballots.actions import bundles
from marelle.ballots.enums import Gathering, Mode, StationState
from marelle.core.rules import Refused
from marelle.jobs import chores
from marelle.notifications.models import Mail
from marelle.participation.actions import sessions as actions
from marelle.participation.models import Session
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(consultation, school, teacher, at):
    def make(**fields):
        return actions.open_session(
            **{
                "consultation": consultation,
                "organisation": school,
                "title": " CE2 B ",
                "mode": Mode.TICKETS,
                "gathering": Gathering.SCHOOL,
                "roll": 28,
                "territory": consultation.territory,
                "by": teacher,
                "at": at,
            }
            | fields
        )

    return make


def test_a_class_opens_with_a_ticket_for_each_child(opened, teacher):
    session = opened()
    assert (session.title, session.opened_by) == ("CE2 B", teacher)
    assert session.station.tickets.count() == 28
    assert session.station.closes_at == datetime(2026, 12, 18, 22, 59, tzinfo=UTC)  # the consultation's last minute
    entry = Entry.objects.get(kind="participation.session.opened")
    assert entry.actor == teacher.public_id
    assert "CE2" not in str(entry.details)


def test_an_open_link_counts_no_children(opened, consultation, lead):
    session = opened(mode=Mode.LINK, organisation=consultation.organisation, roll=28, by=lead)
    assert session.station.roll is None


def test_somebody_else_opens_nothing(opened):
    with pytest.raises(PermissionDenied):
        opened(by=UserFactory())
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mode": Mode.LINK}, "lien ouvert"),
        ({"territory": None}, "commune"),
        ({"roll": None}, "combien d’enfants"),
        ({"roll": 5000}, "2000"),
        ({"closes_at": datetime(2027, 1, 1, tzinfo=UTC)}, "se termine le 18/12/2026"),
        ({"at": datetime(2026, 12, 19, 9, tzinfo=UTC)}, "s’est terminée"),
    ],
)
def test_what_cannot_be_is_refused_in_words(opened, fields, words):
    with pytest.raises(Refused, match=words):
        opened(**fields)
    assert not Session.objects.exists()


def test_a_colleague_closes_and_reopens(group, head, at):
    actions.close(session=group, by=head, at=at)
    assert group.station.state == StationState.CLOSED
    actions.reopen(session=group, by=head, at=at)
    assert group.station.state == StationState.OPEN
    assert group.station.closes_at == datetime(2026, 11, 24, 18, tzinfo=UTC)


@pytest.mark.parametrize("act", [actions.close, actions.reopen, actions.redo_tickets, actions.unlock])
def test_the_town_does_not_run_the_class(group, lead, at, act):
    with pytest.raises(PermissionDenied):
        act(session=group, by=lead, at=at)


def test_the_roll_follows_who_is_there(group, teacher, lead, at):
    actions.change_roll(session=group, roll=29, by=teacher, at=at)
    assert group.station.tickets.count() == 29
    with pytest.raises(PermissionDenied):
        actions.change_roll(session=group, roll=2, by=lead, at=at)


def test_lost_tickets_no_longer_work(group, teacher, at):
    before = set(group.station.tickets.values_list("code", flat=True))
    assert actions.redo_tickets(session=group, by=teacher, at=at) == 28
    assert not before & set(group.station.tickets.values_list("code", flat=True))


def test_the_timer_closes_what_was_forgotten_and_only_once(group, at):
    group.station.closes_at = at
    group.station.save()
    assert actions.close_forgotten(at=at - timedelta(minutes=1)) == 0
    assert actions.close_forgotten(at=at) == 1
    assert actions.close_forgotten(at=at) == 0
    group.station.refresh_from_db()
    assert (group.station.state, group.station.closed_at) == (StationState.CLOSED, at)
    assert Entry.objects.get(kind="ballots.station.closed").actor == "systeme"
    assert not Mail.objects.filter(kind__endswith="sheets_waiting").exists()


def test_sheets_that_were_not_confirmed_are_called_to_mind(group, teacher, at, commit, mailoutbox):
    bundles.enter(station=group.station, age_band="", sheets=12, cells={}, at=at)
    group.station.closes_at = at
    group.station.save()
    with commit():
        actions.close_forgotten(at=at)
    (mail,) = mailoutbox
    assert mail.to == [teacher.email]
    assert "12 feuilles ont été saisies sans être confirmées" in mail.body
    assert f"/seances/{group.public_id}/" in mail.body


def test_the_timer_settles_two_days_after_closing(group, teacher, at):
    bundle = bundles.enter(station=group.station, age_band="", sheets=12, cells={}, at=at)
    actions.close(session=group, by=teacher, at=at)
    assert actions.settle_closed(at=at + timedelta(hours=47)) == 0
    assert actions.settle_closed(at=at + timedelta(hours=48)) == 1
    assert actions.settle_closed(at=at + timedelta(hours=48)) == 0
    group.station.refresh_from_db()
    assert (group.station.state, group.station.unused) == (StationState.SETTLED, 28)
    assert not group.station.bundles.filter(pk=bundle.pk).exists()


def test_the_timer_knows_its_work(at):
    done = {outcome.name for outcome in chores.run_hourly(at=at) if not outcome.error}
    assert {"participation.close_sessions", "participation.settle_sessions"} <= done
