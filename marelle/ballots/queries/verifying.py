"""Whether everything adds up: what `marelle ballots verify` says, and what anyone can check with the published counts.

ballots = used slots + confirmed paper + open-link sendings
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from marelle.ballots.enums import Mode, Scope
from marelle.ballots.models import Ballot, Box, Bundle, Station
from marelle.ballots.paper import Cells, added, cells_of

from .places import places_of
from .stations import statements

Key = tuple[str, str, str, str]
"""scope, place, age band, gathering."""
Group = tuple[int, str]
"""station, age band."""


@dataclass(frozen=True)
class Finding:
    """One sum that does not hold."""

    what: str
    expected: int
    found: int


@dataclass(frozen=True)
class Sums:
    """One box's sums, and those that do not hold."""

    box: str
    purpose: str
    stations: int
    used_slots: int
    link_sendings: int
    sheets: int
    waiting: int
    """Of the two first, sealed still."""
    ballots: int
    """Counted, from envelopes and from paper."""
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return not self.findings


def verify(box: Box | None = None) -> list[Sums]:
    """Count everything again from ballots and bundles, box by box, and compare with what was kept up. Reads every
    ballot once, in a stream: memory grows with the number of groups, not of ballots."""
    return [_verified(one) for one in ([box] if box else Box.objects.order_by("pk"))]


def _verified(box: Box) -> Sums:
    findings: list[Finding] = []

    def same(what: str, expected: int, found: int) -> None:
        if expected != found:
            findings.append(Finding(what, expected, found))

    stations = {one.pk: one for one in box.stations.select_related("territory__departement", "territory__epci")}
    stands = statements(list(stations.values()))
    ballots, sheets, cells = _recounted(box, stations)
    used = links = 0
    for pk, station in stations.items():
        stand = stands[pk]
        same(
            f"{station.code} envelopes opened = ballots", stand.counted, sum(ballots[g] for g in ballots if g[0] == pk)
        )
        same(f"{station.code} sheets = bundles", stand.sheets, sum(sheets[g] for g in sheets if g[0] == pk))
        if station.mode == Mode.LINK:
            links += stand.online
        else:
            used += stand.online
            same(f"{station.code} roll", station.roll or 0, stand.answered + stand.left)
    numbers, sums = _by_place(stations, ballots + sheets, cells)
    kept = {(t.scope, t.place, t.age_band, t.gathering): t for t in box.tallies.iterator(chunk_size=500)}
    for key in sorted(kept.keys() | numbers.keys()):
        tally, name = kept.get(key), " ".join(part for part in key if part)
        same(f"{name} ballots", numbers[key], tally.ballots if tally else 0)
        for question, cell in _differences(tally.cells if tally else {}, sums.get(key, {})):
            findings.append(Finding(f"{name} {question} {cell}", *_pair(sums.get(key, {}), tally, question, cell)))
    waiting = sum(stand.waiting for stand in stands.values())
    total = sum(count for (scope, *_), count in numbers.items() if scope == Scope.NATION)
    same("ballots = used slots + links + paper", used + links - waiting + sum(sheets.values()), total)
    return Sums(
        box.public_id,
        box.purpose,
        len(stations),
        used,
        links,
        sum(sheets.values()),
        waiting,
        total,
        tuple(findings),
    )


def _differences(kept: Cells, counted: Cells) -> list[tuple[str, str]]:
    pairs = {(q, c) for cells in (kept, counted) for q, one in cells.items() for c in one}
    return sorted((q, c) for q, c in pairs if kept.get(q, {}).get(c, 0) != counted.get(q, {}).get(c, 0))


def _pair(counted: Cells, tally: object, question: str, cell: str) -> tuple[int, int]:
    kept: Cells = getattr(tally, "cells", {})
    return counted.get(question, {}).get(cell, 0), kept.get(question, {}).get(cell, 0)


def _recounted(box: Box, stations: dict[int, Station]) -> tuple[Counter[Group], Counter[Group], dict[Group, Cells]]:
    """Ballots, sheets and cells by group, from the ballots and the bundles alone."""
    ballots: Counter[Group] = Counter()
    sheets: Counter[Group] = Counter()
    ticks: dict[Group, Counter[tuple[str, str]]] = defaultdict(Counter)
    rows = Ballot.objects.filter(station__box=box).values_list("station", "answers")
    for station_id, answers in rows.iterator(chunk_size=5000):
        group = (station_id, box.paper.band(answers, stations[station_id].age_band))
        ballots[group] += 1
        ticks[group].update(box.paper.cells(answers))
    cells = {group: cells_of(sums) for group, sums in ticks.items()}
    for bundle in Bundle.objects.filter(station__box=box, confirmed_at__isnull=False):
        group = (bundle.station_id, bundle.age_band or stations[bundle.station_id].age_band)
        sheets[group] += bundle.sheets
        cells[group] = added(cells.get(group, {}), bundle.cells)
    return ballots, sheets, cells


def _by_place(
    stations: dict[int, Station], numbers: Counter[Group], cells: dict[Group, Cells]
) -> tuple[Counter[Key], dict[Key, Cells]]:
    """What every tally should say."""
    ballots: Counter[Key] = Counter()
    sums: dict[Key, Counter[tuple[str, str]]] = defaultdict(Counter)
    for (station_id, band), count in numbers.items():
        station = stations[station_id]
        flat = {(q, c): n for q, one in cells.get((station_id, band), {}).items() for c, n in one.items()}
        for scope, place in [*places_of(station.territory), (Scope.STATION.value, station.public_id)]:
            ballots[scope, place, band, station.gathering] += count
            sums[scope, place, band, station.gathering].update(flat)
    return ballots, {key: cells_of(one) for key, one in sums.items()}
