"""A national consultation of a million ballots, its tallies and its published results, written in bulk.

`fill()` gives the path of its results page. Every tally is exact: it is counted from the ballots written beside it.
Places are those of the official list, so load it first (`marelle prepare`). Deterministic but for the ballots' ids.
"""

from __future__ import annotations

import json
import random
import secrets
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.ballots.actions import boxes
from marelle.ballots.enums import Gathering, Mode, Purpose, Scope, StationState
from marelle.ballots.models import Ballot, Station, Tally
from marelle.ballots.paper import Cells, added, counted
from marelle.ballots.queries.places import places_of
from marelle.core.frozen import digest
from marelle.participation.actions import results
from marelle.participation.definition import ticket_paper
from marelle.participation.enums import ConsultationState, Level
from marelle.participation.models import Consultation, Session, Version
from marelle.territories.models import Territory

CLASS = 25
TOWNS = 2000
KINDS = {
    "yes_no": ("Es-tu heureux à l’école\u202f?", None),
    "smileys": ("Comment vas-tu\u202f?", None),
    "picture": ("Que préfères-tu\u202f?", ("Jouer", "Lire", "Dessiner", "Courir", "Rêver")),
    "pictures": (
        "Que manque-t-il dans ta ville\u202f?",
        ("Des arbres", "Des pistes", "Des jeux", "Des bancs", "De l’eau"),
    ),
    "ranking": ("Que faut-il faire en premier\u202f?", ("Des arbres", "Un stade", "Une piscine", "Un parc")),
}
LIKELY = (5, 4, 3, 2, 1)


def questionnaire() -> dict[str, Any]:
    """The age, then ten questions: each kind twice."""
    asked: list[dict[str, Any]] = [{"key": "age", "kind": "age", "text": {"fr": "Quel âge as-tu\u202f?"}}]
    for number, (kind, (text, labels)) in enumerate([*KINDS.items()] * 2, 1):
        choices = [{"key": f"c{n}", "label": {"fr": label}} for n, label in enumerate(labels or ())]
        asked.append({"key": f"q{number}", "kind": kind, "text": {"fr": text}, "choices": choices, "most": 3})
    return {"languages": ["fr"], "sections": [{"key": "s1", "title": {"fr": "Toi"}, "questions": asked}]}


def fill(ballots: int = 1_000_000) -> str:
    """Everything in one transaction. A few minutes for a million."""
    with transaction.atomic():
        return _fill(ballots)


def _fill(ballots: int) -> str:
    chance = random.Random(2026)
    at = timezone.now() - timedelta(days=1)
    manager = User.objects.create(email="million@marelle.example", name="Million", is_fictitious=True, password="!")
    team = Organisation.objects.filter(kind=Kind.NATIONAL).first() or Organisation.objects.create(
        kind=Kind.NATIONAL, name="Équipe nationale", created_at=at
    )
    Membership.objects.create(user=manager, organisation=team, role=Role.MANAGER, starts_on=at.date())
    content = questionnaire()
    consultation = Consultation.objects.create(
        level=Level.NATIONAL, organisation=team, title="Un million de voix", why="Pour mesurer.", languages=["fr"],
        age_bands=["6-8", "9-12", "13-15"], answerer="UNICEF France", answer_due_on=at.date() + timedelta(days=90),
        created_at=at, created_by=manager, draft=content,
    )  # fmt: skip
    version = Version.objects.create(
        consultation=consultation, number=1, content=content, digest=digest(content), frozen_at=at
    )
    paper = ticket_paper(version.questionnaire)
    box = boxes.make(purpose=Purpose.CONSULTATION, content=paper, at=at)
    Consultation.objects.filter(pk=consultation.pk).update(
        box=box, state=ConsultationState.CLOSED, opened_at=at, closed_at=at, opens_on=at.date(), closes_on=at.date()
    )
    towns = list(
        Territory.objects.current()
        .filter(kind="commune", departement__isnull=False)
        .select_related("departement", "epci")
        .order_by("-population", "code")[:TOWNS]
    )
    weights = [town.population or 1 for town in towns]
    stations = Station.objects.bulk_create(
        [
            Station(
                box=box, mode=Mode.TICKETS, gathering=chance.choice([Gathering.SCHOOL] * 4 + [Gathering.LEISURE]),
                territory=town, age_band=chance.choice(["6-8", "9-12", "9-12", "13-15"]), roll=CLASS, unused=0,
                state=StationState.SETTLED, opened_at=at, closed_at=at,
            )
            for town in chance.choices(towns, weights, k=ballots // CLASS)
        ],
        batch_size=2000,
    )  # fmt: skip
    Session.objects.bulk_create(
        [
            Session(consultation=consultation, station=one, organisation=team, title="Une classe", opened_by=manager)
            for one in stations
        ],
        batch_size=2000,
    )
    kinds = [[_answers(chance, paper["questions"], band) for _ in range(400)] for band in ("6-8", "9-12", "13-15")]
    pool = dict(zip(("6-8", "9-12", "13-15"), kinds, strict=True))
    written = {band: [json.dumps(one) for one in some] for band, some in pool.items()}
    sums: dict[tuple[str, str, str, str], tuple[int, Cells]] = defaultdict(lambda: (0, {}))

    def rows() -> Iterator[tuple[int, int, str]]:
        for station in stations:
            drawn = [chance.randrange(400) for _ in range(CLASS)]
            cells = counted(box.paper, [pool[station.age_band][n] for n in drawn])
            for scope, place in [*places_of(station.territory), (Scope.STATION.value, station.public_id)]:
                key = (scope, place, station.age_band, station.gathering)
                number, before = sums[key]
                sums[key] = (number + CLASS, added(before, cells))
            yield from ((secrets.randbits(63), station.pk, written[station.age_band][n]) for n in drawn)

    _write(rows())
    Tally.objects.bulk_create(
        [
            Tally(box=box, scope=scope, place=place, age_band=band, gathering=gathering, ballots=n, cells=cells)
            for (scope, place, band, gathering), (n, cells) in sums.items()
        ],
        batch_size=1000,
    )
    box.closed_at = at
    box.save(update_fields=["closed_at"])
    consultation.refresh_from_db()
    results.prepare(consultation=consultation, by=manager, at=timezone.now())
    results.publish(consultation=consultation, by=manager, at=timezone.now())
    return reverse("participation:results", args=[consultation.public_id])


def _answers(chance: random.Random, asked: list[dict[str, Any]], band: str) -> dict[str, Any]:
    """One child's, in full for nine questions out of ten."""
    found: dict[str, Any] = {"age": band}
    for question in asked[1:]:
        choices = question["choices"]
        if chance.random() < 0.1:
            continue
        if question["kind"] == "one":
            found[question["key"]] = chance.choices(choices, LIKELY[: len(choices)])[0]
        else:
            found[question["key"]] = chance.sample(choices, min(question["most"], len(choices)))
    return found


def _write(rows: Iterator[tuple[int, int, str]]) -> None:
    table = Ballot._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} (id, station_id, answers) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.cursor.executemany(f"INSERT INTO {table} (id, station_id, answers) VALUES (?, ?, ?)", rows)
