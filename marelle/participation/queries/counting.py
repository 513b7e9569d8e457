"""From exact tallies to what may be published: groups, then one table per place. Reads tallies, never ballots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marelle.ballots.enums import Scope
from marelle.ballots.models import Box
from marelle.ballots.queries.places import places_of
from marelle.ballots.suppression import Asked, Group, Plan, Unit, published
from marelle.jobs.registry import Progress
from marelle.participation.definition import Questionnaire, ticket_paper
from marelle.participation.enums import Level, QuestionKind
from marelle.participation.models import Consultation
from marelle.territories.models import Territory

Place = tuple[str, str]
"""(scope, place), as in `Tally`."""
NATION: Place = (Scope.NATION.value, "")
SHEET_FROM = 2
"""A group reads its own sheet when it counts so many times the threshold."""
MEAN_FROM = 10
"""A mean place, rounded to a tenth, is told of so many times the threshold: one tenth is then many children's places
(docs/adr/0010)."""


class Sums:
    """One slice while it is added up, in place: a national consultation has forty thousand groups."""

    def __init__(self) -> None:
        self.ballots = self.shown = self.groups = 0
        self.rows: dict[str, dict[str, Any]] = {}

    def add(self, group: Group) -> None:
        self.shown += group.ballots
        self.groups += 1
        for key, row in group.rows.items():
            kept = self.rows.get(key)
            if kept is None:
                self.rows[key] = {"base": row.base, "cells": {**row.cells}, "skipped": row.skipped, "groups": 1}
                continue
            kept["base"] += row.base
            kept["groups"] += 1
            if row.skipped is not None:
                kept["skipped"] += row.skipped
            cells = kept["cells"]
            for choice, count in row.cells.items():
                if count:
                    cells[choice] += count

    @property
    def said(self) -> dict[str, Any]:
        return {"ballots": self.ballots, "shown": self.shown, "groups": self.groups, "rows": self.rows}


def asked(questionnaire: Questionnaire) -> list[Asked]:
    """The questions that are counted. The age is not one of them: it is what the tables are by."""
    paper = {one["key"]: one for one in ticket_paper(questionnaire)["questions"]}
    found = []
    for key, question in questionnaire.questions.items():
        if question.is_text or question.kind == QuestionKind.AGE:
            continue
        of, when, bands = "", frozenset[str](), frozenset[str]()
        if question.only_if:
            parent = questionnaire.questions.get(question.only_if.question)
            if parent is not None and parent.kind == QuestionKind.AGE:
                bands = frozenset(question.only_if.choices)
            else:
                of, when = question.only_if.question, frozenset(question.only_if.choices)
        one = paper[key]
        found.append(Asked(key, one["kind"], tuple(one["choices"]), one["most"], of, when, bands))
    return found


@dataclass(frozen=True)
class Counted:
    """Everything that is read of a box to publish it."""

    units: list[Unit]
    places: dict[str, list[Place]]
    """By unit, the places it counts for, its session included."""


def counted(box: Box) -> Counted:
    """In two queries, however many ballots."""
    stations = box.stations.select_related("territory__departement", "territory__epci").only(
        "public_id", "territory__kind", "territory__code", "territory__departement__code",
        "territory__departement__kind", "territory__epci__code",
    )  # fmt: skip
    around: dict[str, list[Place]] = {one.public_id: places_of(one.territory) for one in stations}
    units, places = [], {}
    tallies = box.tallies.filter(scope=Scope.STATION).order_by("place", "age_band", "gathering")
    for place, band, gathering, ballots, cells in tallies.values_list(
        "place", "age_band", "gathering", "ballots", "cells"
    ):
        key = f"{place}/{band}/{gathering}"
        here = around.get(place, [NATION])
        units.append(Unit(key, band, gathering, _inside(here), ballots, cells))
        places[key] = [*here, (Scope.STATION.value, place)]
    return Counted(units, places)


def _inside(places: list[Place]) -> tuple[str, ...]:
    """From the narrowest to the widest, each inside the next: the part of an intercommunalité in a département."""
    code = dict(places)
    departement = code.get(Scope.DEPARTEMENT.value, "")
    chain = []
    if Scope.COMMUNE.value in code:
        chain.append(f"commune {code[Scope.COMMUNE.value]}")
    if Scope.EPCI.value in code:
        chain.append(f"epci {code[Scope.EPCI.value]} {departement}")
    if departement:
        chain.append(f"departement {departement}")
    return (*chain, "")


@dataclass(frozen=True)
class Table:
    """One place, ready to be written."""

    scope: str
    place: str
    ballots: int
    content: dict[str, Any]


def tables(
    consultation: Consultation, questionnaire: Questionnaire, progress: Progress = lambda done, total: None
) -> Iterator[Table]:
    """Each table that may be published, the whole consultation first."""
    assert consultation.box is not None  # Made when it opened.
    threshold = consultation.cell_threshold
    box = counted(consultation.box)
    questions = asked(questionnaire)
    ranked = [one for one in questions if one.kind == "rank" and len(one.choices) > 2]
    slices: dict[Place, dict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
    exact: dict[Place, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for unit in box.units:
        for place in box.places[unit.key]:
            for name in ("", f"band:{unit.band}", f"gathering:{unit.gathering}"):
                slices[place][name].ballots += unit.ballots
            for one in ranked if place[0] != Scope.STATION else ():
                for cell, count in unit.cells.get(one.key, {}).items():
                    exact[place][one.key][cell] += count
    for group in published(box.units, questions, threshold, salt=consultation.box.public_id):
        bands, gatherings = {unit.band for unit in group.units}, {unit.gathering for unit in group.units}
        first, *others = (box.places[unit.key] for unit in group.units)
        names = [""]
        names += [f"band:{band}" for band in bands if len(bands) == 1]
        names += [f"gathering:{one}" for one in gatherings if len(gatherings) == 1]
        for place in set(first).intersection(*others):
            for name in names:
                slices[place][name].add(group)
    for number, place in enumerate(sorted(slices, key=lambda place: (place != NATION, place)), 1):
        progress(number, len(slices))
        whole = slices[place][""]
        enough = whole.shown if place[0] == Scope.STATION else whole.ballots
        if whole.shown < threshold or enough < least(consultation, place[0]):
            continue
        content = {name: one.said for name, one in slices[place].items() if one.shown >= threshold}
        if whole.ballots >= MEAN_FROM * threshold:
            content[""]["places"] = {one.key: mean_places(one, exact[place][one.key]) for one in ranked}
        yield Table(place[0], place[1], whole.ballots, {"ballots": whole.ballots, "slices": content})


def least(consultation: Consultation, scope: str) -> int:
    """How many children a place must count to have its own table."""
    if scope in {Scope.COMMUNE, Scope.EPCI} and consultation.level == Level.NATIONAL:
        return max(consultation.own_results_from, consultation.cell_threshold)
    if scope == Scope.NATION:
        return consultation.cell_threshold
    return SHEET_FROM * consultation.cell_threshold


def mean_places(question: Asked, cells: dict[str, int]) -> dict[str, float]:
    """Of each choice, the mean of the places that those who ranked it gave it, to a tenth. 1 is first."""
    found = {}
    for choice in question.choices:
        by_place = {place: cells.get(f"{choice}@{place}", 0) for place in range(1, len(question.choices) + 1)}
        ranked = sum(by_place.values())
        if ranked:
            found[choice] = round(sum(place * count for place, count in by_place.items()) / ranked, 1)
    return found


def left_out(questionnaire: Questionnaire) -> list[str]:
    """Questions that cannot be shown without giving somebody away."""
    return list(Plan.of(asked(questionnaire)).unplaced)


def names_of(places: list[Place]) -> dict[Place, str]:
    """What each place is called. One query."""
    kinds = {Scope.COMMUNE.value, Scope.EPCI.value, Scope.DEPARTEMENT.value}
    codes = [code for scope, code in places if scope in kinds]
    found: dict[Place, str] = {}
    for start in range(0, len(codes), 900):
        rows = Territory.objects.filter(code__in=codes[start : start + 900]).values_list("kind", "code", "name")
        for kind, code, name in rows:
            found[(Scope.EPCI.value if kind in {"epci", "ept"} else kind, code)] = name
    return found
