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
    compiler, sql = _written(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [code])
        row = cursor.fetchone()
    if row is None:
        return None
    [values] = compiler.results_iter([[row]])  # as each engine's fields read their columns
    return Station.from_db(connection.alias, FIELDS, values)


def _written(connection: Any) -> tuple[Any, str]:
    """Once for each connection."""
    written = vars(connection).get("marelle_station_behind")
    if written is None:
        compiler = Station.objects.filter(code="").values_list(*FIELDS).query.get_compiler(connection=connection)
        written = vars(connection)["marelle_station_behind"] = compiler, compiler.as_sql()[0]
    return written
