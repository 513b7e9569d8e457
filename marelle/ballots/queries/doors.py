"""The station behind a code: asked for by thousands of children in the same minute, so its SQL is ready.

Django takes ten times longer to write a query than the database to answer this one.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from marelle.ballots.models import Station

FIELDS = (
    "id", "public_id", "box_id", "code", "mode", "gathering", "age_band", "roll", "state", "closes_at", "closed_at",
    "wrong_tries", "tries_since",
)  # fmt: skip
"""What a ballot needs to know of its station, in the order of the columns; the rest is read if somebody asks."""


def station_behind(code: str) -> Station | None:
    sql, converters = _written(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [code])
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, (convert, column) in converters:
        values[place] = convert(values[place], column, connection)
    return Station.from_db(connection.alias, FIELDS, values)


def _written(connection: Any) -> tuple[str, list[Any]]:
    """The SQL, and how this engine reads the columns that it cannot give as they are. Once for each connection."""
    written = vars(connection).get("marelle_station_behind")
    if written is None:
        compiler = Station.objects.filter(code="").values_list(*FIELDS).query.get_compiler(connection=connection)
        sql, _ = compiler.as_sql()
        read = compiler.get_converters([column for column, *_ in compiler.select])
        converters = [(place, (one, column)) for place, (many, column) in read.items() for one in many]
        written = vars(connection)["marelle_station_behind"] = sql, converters
    return written
