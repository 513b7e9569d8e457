"""Opening envelopes at scale, on one engine: how many a second, and what the opener weighs from first to last.

Envelopes are laid down in bulk, sealed as `casting.cast` seals them: a fifth of them in classes of 28, the rest in
open links. The action that the timer calls opens them, in a process of its own, weighed from outside.
`BENCH_ENVELOPES=1000000` for the whole million.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

from bench.rows import Row
from bench.serving import private_megabytes

ENVELOPES = int(os.environ.get("BENCH_ENVELOPES", "200000"))
LINK = 20_000
"""Envelopes that wait together behind one open link."""
EVERY = 0.25
"""Seconds between two weighings."""
KINDS = ("classes", "links")


class School:
    """Groups whose envelopes wait."""

    def __init__(self) -> None:
        from bench import classes
        from bench.questions import answers

        self.school = classes.School()
        self.chance = random.Random(2026)
        self.contents = [_content(answers(self.chance)) for _ in range(2000)]

    def lay_down(self, count: int) -> None:
        from bench.classes import CLASS
        from marelle.ballots.models import Ticket

        in_classes = count // 5 // CLASS * CLASS
        for _ in range(in_classes // CLASS):
            self._fill(self.school.open_class(), CLASS)
        Ticket.objects.filter(station__box=self.school.box).delete()  # Each went with its envelope.
        left = count - in_classes
        while left > 0:
            self._fill(self.school.open_link(), min(LINK, left))
            left -= LINK

    def _fill(self, station: Any, count: int) -> None:
        from marelle.ballots.models import Envelope
        from marelle.ballots.sealing import seal

        rows = []
        for _ in range(count):
            number = self.chance.getrandbits(63)
            sealed = seal(self.chance.choice(self.contents), name=f"{station.pk}/{number}")
            rows.append(Envelope(id=number, station=station, sealed=sealed))
        Envelope.objects.bulk_create(rows, batch_size=5000)


def _content(said: dict[str, Any]) -> dict[str, Any]:
    words = {"idea": said.pop("idea")} if "idea" in said else {}
    return {"a": said, **({"w": words} if words else {})}


def open_everything() -> None:
    """In a process of its own: says, a line for each kind of group, how many it opened and how long it took."""
    from django.utils import timezone

    from marelle.ballots.actions import opening
    from marelle.ballots.models import Station

    for kind in KINDS:
        stations = Station.objects.filter(mode="link") if kind == "links" else Station.objects.exclude(mode="link")
        began, opened = time.perf_counter(), 0
        for station in stations.order_by("pk").iterator(chunk_size=500):
            opened += opening.open_waiting(station=station, at=timezone.now())
        print(json.dumps({"kind": kind, "opened": opened, "seconds": time.perf_counter() - began}), flush=True)


def measure(engine: str) -> list[Row]:
    from django.db import connection

    from marelle.ballots.queries import verifying

    row = partial(Row, engine)
    began = time.perf_counter()
    school = School()
    school.lay_down(ENVELOPES)
    print(f"[{engine}] {ENVELOPES} envelopes laid down in {time.perf_counter() - began:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()
    opener = subprocess.Popen([sys.executable, "-m", "bench.opening", "--open"], stdout=subprocess.PIPE, text=True)
    weights: list[float] = []
    weigher = threading.Thread(target=_weigh, args=(opener, weights))
    weigher.start()
    told = {one["kind"]: one for one in map(json.loads, opener.stdout or [])}
    assert opener.wait() == 0, "the opener failed"
    weigher.join()
    [sums] = verifying.verify(school.school.box)
    errors = len(sums.findings) + abs(sums.ballots - ENVELOPES)
    rows = []
    for kind in KINDS:
        one = told[kind]
        rate = one["opened"] / one["seconds"]
        said = f"{one['opened']} opened and counted in {one['seconds']:.1f} s"
        rows.append(row(f"opening {kind}", rate, "/s", errors=errors, said=said))
    # First it reads its code, and SQLite fills its cache (32 MB). From half the way on, nothing more should stay.
    half = len(weights) // 2
    early, settled, most = weights[len(weights) // 10], max(weights[:half]), max(weights[half:])
    said = f"private: {early:.1f} MB at a tenth of {ENVELOPES} envelopes, {settled:.1f} at half, {most:.1f} at the end"
    rows.append(row("opener memory grown", most - settled, "MB", goal=10, sense="at most", bounds="value", said=said))
    for one in rows:
        print(f"[{engine}] {one.name}: {one.value:.1f} {one.unit} {one.verdict} {one.said}", flush=True)
    return rows


def _weigh(process: subprocess.Popen[str], weights: list[float]) -> None:
    while process.poll() is None:
        try:
            weights.append(private_megabytes(process.pid))
        except OSError:
            return
        time.sleep(EVERY)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--out", default="")
    parser.add_argument("--open", action="store_true")
    options = parser.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "marelle.config.settings"
    import django

    django.setup()
    if options.open:
        open_everything()
        return
    from django.core.management import call_command

    call_command("prepare", stdout=sys.stderr)
    rows = measure(options.engine)
    Path(options.out).write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
