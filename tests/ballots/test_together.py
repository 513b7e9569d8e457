"""Many fingers in the same instant."""

import threading

import pytest
from django.db import connection

from marelle.ballots.actions import casting, opening, stations
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
