"""Nobody can say who answered what: these tests hold the whole database in their hands and try.

What an attacker has here: every row of every table, in physical order, with the hidden columns of the engine (SQLite's
row numbers, PostgreSQL's xmin and ctid), the application's logs and its audit. What they miss: the installation's secret.
"""

import logging

import pytest
from django.apps import apps
from django.db import connection

from marelle.ballots.actions import opening, stations
from marelle.ballots.enums import Mode
from marelle.ballots.models import Ballot, Envelope, Ticket

from .factories import AT, PAPER, box, sending, station, vote

pytestmark = pytest.mark.django_db

CHILDREN = 24
LONG = {**PAPER, "questions": [*PAPER["questions"], {"key": "n", "kind": "one", "choices": [str(n) for n in range(CHILDREN)]}]}  # fmt: skip
"""A paper on which every child of the test answers differently, so that one ballot could be told from another."""


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def everything() -> dict[str, list[tuple]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor]
    return found


def physically(table: str, column: str) -> list:
    """A column in the order in which the engine keeps the rows."""
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {order}")
        return [value for (value,) in cursor]


def class_that_votes(mode=Mode.TICKETS):
    """Children answer one after the other; the attacker watched the queue: child n answered n, with that ticket."""
    here = station(into=box(LONG), mode=mode, roll=CHILDREN)
    queue = []
    for n in range(CHILDREN):
        ticket = here.tickets.values_list("code", flat=True).first() if mode == Mode.TICKETS else ""
        name = sending()
        vote(here, {"n": str(n)}, words={"why": f"secret {n}"}, ticket=ticket, name=name)
        queue.append((ticket, name))
    return here, queue


def test_a_vote_changes_two_tables_and_nothing_else():
    here = station(into=box(LONG))
    before = everything()
    vote(here, {"n": "7"})
    after = everything()
    assert {table for table in before if before[table] != after[table]} == {"ballots_ticket", "ballots_envelope"}
    assert len(after["ballots_ticket"]) == len(before["ballots_ticket"]) - 1
    assert len(after["ballots_envelope"]) == len(before["ballots_envelope"]) + 1


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Ballot, {"id", "station_id", "answers"}),
        (Envelope, {"id", "station_id", "sealed"}),
        (Ticket, {"id", "station_id", "code"}),
    ],
)
def test_there_is_no_column_to_join_by_nor_any_moment(model, columns):
    """No person, no device, no address, no time: not left empty, but without a place."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, model._meta.db_table)
    assert {column.name for column in found} == columns


def test_nothing_points_to_a_ballot_an_envelope_or_a_ticket():
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model in {Ballot, Envelope, Ticket}
    ]
    assert pointing == []


def test_a_used_ticket_and_a_sending_are_found_nowhere_any_more():
    here, queue = class_that_votes()
    opening.open_waiting(station=here, at=AT)
    whole = str(everything())
    for ticket, name in queue:
        assert ticket not in whole
        assert name not in whole


def test_what_waits_cannot_be_read_and_every_envelope_is_as_thick():
    class_that_votes()
    rows = everything()["ballots_envelope"]
    sealed = [next(value for value in row if isinstance(value, bytes)) for row in rows]
    assert len({len(one) for one in sealed}) == 1
    assert not any(b"secret" in one or b'"n"' in one for one in sealed)


def test_once_open_an_envelope_is_empty():
    here, _ = class_that_votes()
    opening.open_waiting(station=here, at=AT)
    assert set(Envelope.objects.values_list("sealed", flat=True)) == {None}


@pytest.mark.parametrize("mode", [Mode.TICKETS, Mode.SHARED])
def test_ballots_lie_in_no_order_of_arrival(mode):
    """Neither in the order of the queue nor in its reverse, by id or as the engine keeps them."""
    here, _ = class_that_votes(mode)
    opening.open_waiting(station=here, at=AT)
    order = [int(ballot.answers["n"]) for ballot in Ballot.objects.order_by("pk")]
    by_id = {ballot.pk: int(ballot.answers["n"]) for ballot in Ballot.objects.all()}
    kept = [by_id[pk] for pk in physically("ballots_ballot", "id")]
    for found in (order, kept):
        assert sorted(found) == list(range(CHILDREN))
        steps = sum(b - a == 1 for a, b in zip(found, found[1:], strict=False))
        assert steps < CHILDREN // 2, "the queue shows through"


def test_ballots_do_not_lie_in_the_order_of_their_envelopes():
    """An envelope keeps its random number; were ballots written in that order, the number would tell the ballot."""
    here, _ = class_that_votes()
    from marelle.ballots.sealing import unseal

    in_envelopes = [
        unseal(e.sealed, name=f"{here.pk}/{e.pk}")["a"]["n"] for e in Envelope.objects.order_by("pk")
    ]  # read with the installation's secret, to compare
    opening.open_waiting(station=here, at=AT)
    in_ballots = [ballot.answers["n"] for ballot in Ballot.objects.order_by("pk")]
    assert in_ballots != in_envelopes
    assert [b["n"] for b in Ballot.objects.filter(pk__in=physically("ballots_ballot", "id")).values_list("answers", flat=True)] != in_envelopes  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_transaction_that_wrote_a_row_joins_nothing():
    """PostgreSQL remembers which transaction wrote each row (xmin): all ballots of a group share one, and so do all
    its emptied envelopes."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no transaction number")
    here, _ = class_that_votes()
    opening.open_waiting(station=here, at=AT)
    with connection.cursor() as cursor:
        writers = {}
        for table in tables():
            cursor.execute(f'SELECT xmin::text, count(*) FROM "{table}" GROUP BY 1')
            writers[table] = dict(cursor.fetchall())
    assert list(writers["ballots_ballot"].values()) == [CHILDREN]
    (writer,) = writers["ballots_ballot"]
    assert writers["ballots_envelope"] == {writer: CHILDREN}
    assert writer not in writers["ballots_ticket"]


def test_a_child_alone_in_a_group_is_not_counted_before_the_end():
    """A batch of one would say whose it is."""
    here = station(into=box(LONG))
    vote(here, {"n": "3"})
    stations.close(station=here, by=None, at=AT)
    opening.open_all(at=AT)
    assert not Ballot.objects.exists()


def test_logs_and_audit_say_nothing_of_a_vote(caplog):
    here = station(into=box(LONG))
    ticket, name = here.tickets.first().code, sending()
    before = everything()["audit_entry"]
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.INFO)  # SQL is logged only by who debugs it.
        vote(here, {"n": "11"}, words={"why": "un secret"}, ticket=ticket, name=name)
        opening.open_waiting(station=here, at=AT)
    assert everything()["audit_entry"] == before
    for word in (ticket, name, "un secret", '"11"'):
        assert word not in caplog.text
