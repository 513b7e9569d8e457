"""The results of a consultation with a million ballots, beside the bare view, on one engine.

`BENCH_BALLOTS` for fewer. What is measured is one page; the million is written in bulk (`bench.million`).
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import partial
from pathlib import Path

from bench.load import CLIENTS, put_load_on
from bench.process import begun
from bench.rows import Row
from bench.serving import BARE_PORT, MARELLE_PORT, served

BALLOTS = int(os.environ.get("BENCH_BALLOTS", "1000000"))


def measure(engine: str) -> list[Row]:
    from django.db import connection

    from bench.measure import between, queries_of
    from bench.million import fill

    began = time.perf_counter()
    path = fill(BALLOTS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"[{engine}] {BALLOTS} ballots written in {time.perf_counter() - began:.0f} s", flush=True)
    queries = queries_of(path, "")
    connection.close()
    with (
        served("bench.bare:application", BARE_PORT, "/bare/"),
        served("marelle.config.wsgi:application", MARELLE_PORT, "/health/live"),
    ):
        before = put_load_on(BARE_PORT, ("/bare/",))
        got = put_load_on(MARELLE_PORT, (path,))
        bare = between(before, put_load_on(BARE_PORT, ("/bare/",)))
    row = partial(Row, engine, clients=CLIENTS, errors=got.errors, queries=queries, said=f"{BALLOTS} ballots")
    rows = [
        # Within three times a bare view: at least a third of its requests, and a median at most three times its own.
        row("results", got.per_second, "/s", "bare view", bare.per_second, goal=round(1 / 3, 3)),
        row("results p50", got.p50, "ms", "bare view p50", bare.p50, goal=3, sense="at most"),
        row("results p95", got.p95, "ms", "bare view p95", bare.p95),
    ]
    for one in rows:
        print(f"[{engine}] {one.name}: {one.value:.1f} {one.unit} {one.verdict}", flush=True)
    return rows


def main() -> None:
    options = begun()
    from django.core.management import call_command

    call_command("prepare", stdout=sys.stderr)
    rows = measure(options.engine)
    Path(options.out).write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
