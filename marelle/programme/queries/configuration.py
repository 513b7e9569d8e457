"""What the pages about a route read: its versions, what changed, how many files are on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from marelle.audit.queries import history_of
from marelle.programme.definition import Change, Question, RequiredDocument, compare
from marelle.programme.enums import FOLLOWS_NEW_VERSIONS
from marelle.programme.models import Candidacy, NetworkMembership, Route, RouteVersion

from .changes import Piece, words


@dataclass(frozen=True)
class Line:
    """One field of a change, its words compared. `pieces` is empty when there is only a before or an after."""

    field: str
    before: str | None
    after: str | None
    pieces: list[Piece]


@dataclass(frozen=True)
class Told:
    """A change with its lines."""

    change: Change
    lines: list[Line]


def routes_with_versions() -> list[Route]:
    """Every route of every mandate, each with `known` versions, the newest first, counted with their files."""
    files = _count(Candidacy)
    members = _count(NetworkMembership)
    versions: dict[int, list[RouteVersion]] = {}
    for version in (
        RouteVersion.objects.defer("content")
        .annotate(files=Coalesce(files, 0), members=Coalesce(members, 0))
        .order_by("-number")
    ):
        versions.setdefault(version.route_id, []).append(version)
    routes = list(Route.objects.select_related("mandate").order_by("-mandate__starts_on", "-kind", "name"))
    for route in routes:
        route.known = versions.get(route.pk, [])  # type: ignore[attr-defined]
    return routes


def _count(model):
    rows = model.objects.filter(version=OuterRef("pk")).order_by().values("version")
    return Subquery(rows.annotate(total=Count("pk")).values("total"))


def told(old: RouteVersion, new: RouteVersion) -> list[Told]:
    """What changed from one version to another, ready to be shown."""
    return [
        Told(
            change,
            [
                Line(d.field, d.before, d.after, words(d.before, d.after) if d.before and d.after else [])
                for d in change.details
            ],
        )
        for change in compare(old.definition, new.definition)
    ]


SHOWN = {"question", "document", "deadline", "fee", "section"}
"""What a collectivité that writes its file wants to know of."""


@dataclass(frozen=True)
class Followed:
    """What changed in what a file is asked, since it was opened."""

    at: datetime
    changes: list[Told]


def followed(candidacy: Candidacy) -> Followed | None:
    """From the version a file began with to the one it follows today, while it is being written; None when
    nothing that touches it changed. Two queries, and none while the route is at its first version."""
    if candidacy.status not in FOLLOWS_NEW_VERSIONS or candidacy.version.number == 1:
        return None
    moves = [one.entry for one in history_of(candidacy) if one.entry.kind == "programme.candidacy.version_followed"]
    if not moves:
        return None
    latest, earliest = moves[0], moves[-1]  # The latest first.
    old = RouteVersion.objects.get(route=candidacy.route_id, number=earliest.details["old"])
    changes = [one for one in told(old, candidacy.version) if one.change.what in SHOWN]
    return Followed(latest.at, changes) if changes else None


def conditions(version: RouteVersion) -> dict[str, str]:
    """For each conditional question or document, the words of what makes it asked, by its key."""
    definition = version.definition
    things: list[Question | RequiredDocument] = [*definition.questions.values(), *definition.documents]
    return {
        thing.key: _condition(definition.questions[thing.only_if.question], thing.only_if.is_one_of)
        for thing in things
        if thing.only_if and thing.only_if.question in definition.questions
    }


def _condition(parent: Question, values: list[str | bool]) -> str:
    labels: dict[str | bool, str] = {option.key: option.label for option in parent.options} | {
        True: "oui",
        False: "non",
    }
    return "« {} » : {}".format(parent.label, " ou ".join(labels.get(value, str(value)) for value in values))
