"""What the pages about a route read: its versions, what changed, how many files are on each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from marelle.programme.definition import Change, Question, compare
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


def conditions(version: RouteVersion) -> dict[str, str]:
    """For each conditional question or document, the words of what makes it asked, by its key."""
    definition = version.definition
    things = [*definition.questions.values(), *definition.documents]
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
