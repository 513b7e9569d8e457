"""One child, one voice: a ballot is stored and a slot disappears, together, once."""

from datetime import timedelta

import pytest

from marelle.ballots import rules
from marelle.ballots.actions import casting, opening, stations
from marelle.ballots.enums import Mode
from marelle.ballots.models import Envelope
from marelle.ballots.paper import Unreadable
from marelle.ballots.queries.stations import statement

from .factories import AT, sending, station, vote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mode", [Mode.TICKETS, Mode.SHARED, Mode.LINK])
def test_a_ballot_is_counted_and_its_slot_is_gone(mode):
    here = station(mode=mode, roll=3)
    assert vote(here) is True
    stand = statement(here)
    assert stand.answered == stand.waiting == 1
    assert stand.left == (0 if mode == Mode.LINK else 2)
    assert stand.adds_up


@pytest.mark.parametrize("mode", [Mode.TICKETS, Mode.SHARED, Mode.LINK])
def test_a_sending_that_comes_again_is_answered_as_the_first_time_and_not_counted_twice(mode):
    here, name = station(mode=mode, roll=3), sending()
    ticket = here.tickets.values_list("code", flat=True).first() or ""
    assert vote(here, name=name, ticket=ticket) is True
    assert vote(here, name=name, ticket=ticket) is False
    assert statement(here).answered == 1


def test_a_sending_that_comes_again_after_the_envelopes_were_opened_is_still_known():
    here, name = station(mode=Mode.SHARED, roll=6), sending()
    vote(here, name=name)
    for _ in range(5):
        vote(here)
    here = stations.close(station=here, by=None, at=AT)
    stations.settle(station=here, by=None, at=AT)
    here.refresh_from_db()
    assert vote(here, name=name) is False
    assert statement(here).answered == 6


def test_a_sending_that_comes_again_after_the_secret_changed_is_still_known(settings):
    here, name = station(mode=Mode.SHARED, roll=6), sending()
    vote(here, name=name)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one, drawn after a leak"
    assert vote(here, name=name) is False
    for _ in range(5):
        vote(here)
    assert opening.open_waiting(station=here, at=AT) == 6


def test_a_ticket_votes_once():
    here = station()
    ticket = here.tickets.first().code
    vote(here, ticket=ticket)
    with pytest.raises(casting.TicketRefused):
        vote(here, ticket=ticket)
    assert statement(here).answered == 1


def test_a_ticket_of_another_station_does_not_work():
    here, there = station(), station()
    stranger = next(t.code for t in there.tickets.all() if not here.tickets.filter(code=t.code).exists())
    with pytest.raises(casting.TicketRefused):
        vote(here, ticket=stranger)
    assert not Envelope.objects.exists()


def test_the_child_after_the_last_one_of_the_roll_is_refused():
    here = station(mode=Mode.SHARED, roll=2)
    vote(here)
    vote(here)
    with pytest.raises(casting.NoSlotLeft):
        vote(here)
    assert statement(here).answered == 2


@pytest.mark.parametrize(
    "answers",
    [
        [], "x", {"nothing": "good"}, {"mood": "unknown"}, {"mood": ["good"]}, {"games": "ball"},
        {"games": ["ball", "ball"]}, {"games": ["ball", "rope", "marbles"]}, {"order": ["tree", 3]}, {"mood": {"a": 1}},
    ],
)  # fmt: skip
def test_what_no_form_of_ours_sends_is_unreadable(answers):
    with pytest.raises(Unreadable):
        vote(station(), answers)
    assert not Envelope.objects.exists()


def test_every_question_may_be_skipped():
    assert vote(station(), {"mood": "", "games": [], "order": None})


@pytest.mark.parametrize("name", ["", "short", "x" * 65, None, 12])
def test_a_sending_has_a_name_of_a_decent_length(name):
    here = station(mode=Mode.LINK)
    with pytest.raises(Unreadable):
        casting.cast(station=here, answers={}, words={}, sending=name, at=AT)


def test_an_answer_that_waited_for_the_network_still_arrives_after_closing():
    here = stations.close(station=station(), by=None, at=AT)
    assert vote(here, at=AT + rules.LATE - timedelta(minutes=1))
    with pytest.raises(casting.Shut):
        vote(here, at=AT + rules.LATE)


def test_a_station_that_closes_at_an_hour_takes_what_waited_too():
    here = station(closes_at=AT)
    assert not rules.can_begin(here, at=AT)
    assert vote(here, at=AT + timedelta(hours=1))


def test_a_settled_station_takes_nothing_more():
    here = stations.close(station=station(), by=None, at=AT)
    here = stations.settle(station=here, by=None, at=AT)
    with pytest.raises(casting.Shut):
        vote(here, ticket="00-00-00")


def test_storing_a_ballot_takes_one_statement(django_assert_num_queries):
    here = station()
    one, other = here.tickets.values_list("code", flat=True)[:2]
    vote(here, ticket=one)
    with django_assert_num_queries(3):  # a savepoint around it, here; nothing, in production
        vote(here, ticket=other)


class TestGuessing:
    def test_thirty_wrong_tickets_lock_the_station_until_an_adult_unlocks_it(self):
        here = station()
        good = here.tickets.first().code
        wrong = next(c for c in (f"{n:02d}-47-47" for n in range(48)) if not here.tickets.filter(code=c).exists())
        for _ in range(rules.BURST):
            assert casting.try_ticket(station=here, ticket=wrong, at=AT) is False
            here.refresh_from_db()
        with pytest.raises(casting.TooManyTries):
            casting.try_ticket(station=here, ticket=good, at=AT)
        with pytest.raises(casting.TooManyTries):
            vote(here, ticket=good)
        here = stations.unlock(station=here, by=None, at=AT)
        assert casting.try_ticket(station=here, ticket=good, at=AT)

    def test_one_more_try_every_two_minutes(self):
        here = station()
        for _ in range(rules.BURST):
            casting.note_wrong_try(station=here, at=AT)
        here.refresh_from_db()
        assert not rules.can_try_a_ticket(here, at=AT + timedelta(seconds=119))
        assert rules.can_try_a_ticket(here, at=AT + timedelta(seconds=120))

    @pytest.mark.parametrize("ticket", ["", "1-2-3", "99-99-99", "x" * 5000, "07-31-12; DROP TABLE"])
    def test_what_is_no_ticket_is_a_wrong_one(self, ticket):
        here = station()
        assert casting.try_ticket(station=here, ticket=ticket, at=AT) is False
        with pytest.raises(casting.TicketRefused):
            vote(here, ticket=ticket)
