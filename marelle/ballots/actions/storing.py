"""An envelope against a slot, in one statement: both, or neither. The only place where a slot becomes a ballot.

One statement because nothing happens between two of them: no round trip, and above all, on SQLite, nobody holds the
one lock of the database while waiting for its turn to run Python. PostgreSQL says it in one `WITH`; SQLite, where only
a trigger does two things at once, through a door that each connection makes for itself in its temporary schema.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from marelle.ballots.enums import Mode
from marelle.ballots.models import Station

# The code is never empty where it is asked for: said, so that the index of codes is used.
WITH_A_TICKET = """
WITH used AS (DELETE FROM ballots_ticket WHERE station_id = %(station)s AND code = %(ticket)s AND code <> '' RETURNING 1)
INSERT INTO ballots_envelope (id, station_id, sealed) SELECT %(number)s, %(station)s, %(sealed)s FROM used
"""
WITH_ANY_SLOT = """
WITH free AS (SELECT id FROM ballots_ticket WHERE station_id = %(station)s LIMIT 1 FOR UPDATE {others}),
used AS (DELETE FROM ballots_ticket USING free WHERE ballots_ticket.id = free.id RETURNING 1)
INSERT INTO ballots_envelope (id, station_id, sealed) SELECT %(number)s, %(station)s, %(sealed)s FROM used
"""
WITHOUT_ROLL = "INSERT INTO ballots_envelope (id, station_id, sealed) VALUES (%(number)s, %(station)s, %(sealed)s)"

DOOR = (
    "CREATE TEMP VIEW ballots_door AS SELECT 0 AS id, 0 AS station_id, x'' AS sealed, '' AS code",
    """
    CREATE TEMP TRIGGER ballots_with_a_ticket INSTEAD OF INSERT ON ballots_door WHEN NEW.code IS NOT NULL BEGIN
        DELETE FROM ballots_ticket WHERE station_id = NEW.station_id AND code = NEW.code AND code <> '';
        SELECT RAISE(ABORT, 'no slot') WHERE changes() = 0;
        INSERT INTO ballots_envelope (id, station_id, sealed) VALUES (NEW.id, NEW.station_id, NEW.sealed);
    END
    """,
    """
    CREATE TEMP TRIGGER ballots_with_any_slot INSTEAD OF INSERT ON ballots_door WHEN NEW.code IS NULL BEGIN
        DELETE FROM ballots_ticket WHERE id = (SELECT id FROM ballots_ticket WHERE station_id = NEW.station_id LIMIT 1);
        SELECT RAISE(ABORT, 'no slot') WHERE changes() = 0;
        INSERT INTO ballots_envelope (id, station_id, sealed) VALUES (NEW.id, NEW.station_id, NEW.sealed);
    END
    """,
)
THROUGH_THE_DOOR = (
    "INSERT INTO ballots_door (id, station_id, sealed, code) VALUES (%(number)s, %(station)s, %(sealed)s, %(ticket)s)"
)


def store(station: Station, number: int, sealed: bytes, ticket: str) -> bool:
    """False: no slot was there for it, or this very envelope is there already; nothing changed. Waits for another
    sending that holds the same slot or the same number to end."""
    values = {
        "number": number,
        "station": station.pk,
        "sealed": sealed,
        "ticket": ticket if station.mode == Mode.TICKETS else None,
    }
    try:
        if station.mode == Mode.LINK:
            return _run(WITHOUT_ROLL, values) == 1
        if connection.vendor == "sqlite":
            return _through_the_door(values)
        if station.mode == Mode.TICKETS:
            return _run(WITH_A_TICKET, values) == 1
        # None free, or others are taking the last ones: wait for them, one may come free again.
        return any(_run(WITH_ANY_SLOT.format(others=others), values) == 1 for others in ("SKIP LOCKED", ""))
    except IntegrityError:
        return False


def _through_the_door(values: dict[str, Any]) -> bool:
    try:
        _run(THROUGH_THE_DOOR, values)
    except OperationalError as error:
        if "no such table: ballots_door" not in str(error):
            raise
        with connection.cursor() as cursor:
            for statement in DOOR:
                cursor.execute(statement)
        _run(THROUGH_THE_DOOR, values)
    return True


def _run(sql: str, values: dict[str, Any]) -> int:
    """Within somebody else's transaction, a refusal undoes this statement and nothing else."""
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
