"""Many fingers in the same instant."""

import threading

import pytest
from django.db import connection, transaction

from marelle.audit.actions import record
from marelle.ballots.actions import boxes, bundles, casting, opening, stations
from marelle.ballots.enums import Mode
from marelle.ballots.models import Station
from marelle.ballots.queries.stations import statement
from marelle.ballots.queries.verifying import verify
from marelle.core.rules import Refused

from .factories import AT, sending, station, vote

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Do all of them at once, each on its own connection. Gives what each returned, or raised."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            gate.wait()
            results[number] = act()
        except Refused as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def fresh(here):
    return Station.objects.select_related("box").get(pk=here.pk)


def test_one_ticket_in_eight_hands_votes_once():
    here = station()
    ticket = here.tickets.first().code
    results = together(*[lambda: vote(fresh(here), ticket=ticket, name=sending())] * 8)
    assert results.count(True) == 1
    assert sum(isinstance(result, casting.TicketRefused) for result in results) == 7
    assert statement(here).answered == 1


def test_one_sending_eight_times_at_once_is_counted_once_and_refused_to_none():
    here, name = station(), sending()
    ticket = here.tickets.first().code
    results = together(*[lambda: vote(fresh(here), ticket=ticket, name=name)] * 8)
    assert sorted(results) == [False] * 7 + [True]
    assert statement(here).answered == 1


def test_the_last_places_of_a_roll_go_to_as_many_children():
    here = station(mode=Mode.SHARED, roll=5)
    results = together(*[lambda: vote(fresh(here))] * 9)
    assert results.count(True) == 5
    assert statement(here).left == 0


def test_children_vote_while_envelopes_are_opened_and_a_retry_is_never_counted_twice():
    here, names = station(mode=Mode.SHARED, roll=60), [sending() for _ in range(12)]
    for name in names:
        vote(here, name=name)
    results = together(
        lambda: opening.open_waiting(station=here, at=AT),
        lambda: opening.open_waiting(station=here, at=AT),
        *[lambda name=name: vote(fresh(here), name=name) for name in names[:4]],
        *[lambda: vote(fresh(here))] * 2,
    )
    assert results[2:6] == [False] * 4
    opening.open_waiting(station=here, at=AT)
    assert statement(here).answered == 14
    assert verify()[0].holds


def test_nothing_slips_in_between_the_last_count_and_its_end():
    here = stations.close(station=station(mode=Mode.SHARED, roll=30), by=None, at=AT)
    results = together(lambda: stations.settle(station=here, by=None, at=AT), *[lambda: vote(fresh(here))] * 7)
    stand = statement(fresh(here))
    assert stand.waiting == 0
    assert stand.answered == results.count(True)
    assert stand.adds_up
    assert verify()[0].holds


def test_settling_a_session_and_confirming_its_sheets_never_wait_for_each_other(monkeypatch):
    """Box, then station, then slots: whoever takes several takes them in this order."""
    here = station(mode=Mode.SHARED)
    sheets = bundles.enter(station=here, age_band="", sheets=2, cells={}, at=AT)
    stations.close(station=here, by=None, at=AT)
    settling, confirming = threading.Event(), threading.Event()

    def opens(real=opening.open_waiting, **facts):
        settling.set()
        confirming.wait(1)
        return real(**facts)

    def locks(here, real=bundles.locked):
        confirming.set()
        return real(here)

    monkeypatch.setattr(stations.opening, "open_waiting", opens)
    monkeypatch.setattr(bundles, "locked", locks)

    def confirm():
        settling.wait(5)
        return bundles.confirm(bundle=sheets, sheets=2, by=None, at=AT)

    settled, confirmed = together(lambda: stations.settle(station=here, by=None, at=AT), confirm)
    assert settled.unused == 28
    assert isinstance(confirmed, Refused)  # Typed, never confirmed: never votes.
    assert statement(fresh(here)).adds_up


def test_closing_the_box_waits_for_a_child_whose_words_are_being_recorded(monkeypatch):
    """The log has one head. Who holds a slot may still need it; so the box takes every slot first."""
    first = station(roll=2)
    second = station(first.box, roll=2)
    voted, recording = threading.Event(), threading.Event()

    def records(*args, real=stations.record, **facts):
        entry = real(*args, **facts)
        recording.set()
        return entry

    monkeypatch.setattr(stations, "record", records)

    def worries():
        with transaction.atomic():
            counted = vote(fresh(second))
            voted.set()
            recording.wait(1)
            record("ballots.station.unlocked", on=second, by=None, at=AT)  # As an alert does.
        return counted

    def close():
        voted.wait(5)
        return boxes.close(box=first.box, by=None, at=AT)

    counted, closed = together(worries, close)
    assert counted is True
    assert closed.closed_at
    assert [sums.holds for sums in verify(closed)] == [True]
    assert statement(fresh(second)).counted == 1
