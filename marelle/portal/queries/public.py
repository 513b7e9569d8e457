"""What the public pages tell: who is a member, what the routes ask, what became of children's proposals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count, groupby
from typing import Any

from marelle.portal.registry import Proposals, proposal_counts
from marelle.programme.definition import Definition, Step
from marelle.programme.enums import SQUARES
from marelle.programme.models import NetworkMembership, RouteVersion, Title
from marelle.territories.models import Territory
from marelle.territories.words import folded


@dataclass(frozen=True)
class Member:
    """A territory that holds the title, or belongs to the network, today. With both, the title is shown."""

    territory: Territory
    is_titled: bool
    since: date
    is_demonstration: bool

    @property
    def square(self) -> str:
        return "join" if self.is_titled else "listen"

    @property
    def point(self) -> dict:
        """As the map wants it."""
        return {
            "x": self.territory.x,
            "y": self.territory.y,
            "name": self.territory.name,
            "url": self.territory.get_absolute_url(),
            "square": self.square,
            "size": 6.0 if self.is_titled else 4.5,
            "hollow": not self.is_titled,
        }


@dataclass(frozen=True)
class Counts:
    """How many hold the title and how many belong to the network. With both, a territory counts in both."""

    titled: int
    network: int
    has_demonstration: bool


@dataclass(frozen=True)
class Region:
    """The members of a région, for the list that equals the map."""

    name: str
    members: list[Member]


def region_of(territory: Territory) -> str:
    home = territory.region or (territory.departement.region if territory.departement else None)
    return home.name if home else ""


@dataclass(frozen=True)
class Atlas:
    """The members twice: as points of the map, and as the list that equals it."""

    points: list[dict]
    regions: list[Region]


@dataclass(frozen=True)
class Members:
    """Who takes part today. Each working out has its own `number`, under which its drawing is kept."""

    everyone: list[Member]
    """By name, as people sort them."""
    counts: Counts
    atlas: Atlas
    number: int = field(default_factory=count().__next__)


def members(on: date) -> Members:
    """In two queries, whatever the number of members."""
    places = ("territory__departement__region", "territory__region")
    titles = list(Title.objects.current(on).select_related(*places).order_by())
    network = list(NetworkMembership.objects.members(on=on).select_related(*places).order_by())
    everyone = {m.territory_id: Member(m.territory, False, m.joined_on, m.is_demonstration) for m in network}
    everyone |= {t.territory_id: Member(t.territory, True, t.starts_on, t.is_demonstration) for t in titles}
    counts = Counts(len(titles), len(network), any(row.is_demonstration for row in (*titles, *network)))
    by_name = sorted(everyone.values(), key=lambda m: folded(m.territory.name))
    return Members(by_name, counts, atlas(by_name))


def atlas(everyone: list[Member]) -> Atlas:
    """Members in their régions, in order; those whose région is unknown come last, under no name."""
    placed = sorted(everyone, key=lambda m: (not region_of(m.territory), folded(region_of(m.territory))))
    regions = [Region(name, list(group)) for name, group in groupby(placed, key=lambda m: region_of(m.territory))]
    # The titled ones are drawn last, above their neighbours.
    return Atlas([m.point for m in sorted(everyone, key=lambda m: m.is_titled)], regions)


@dataclass(frozen=True)
class RouteToday:
    """A route as it is asked today, ready to be told."""

    definition: Definition
    mandate: str
    ends_on: date

    @property
    def squares(self) -> list[dict[str, Any]]:
        return [{"key": s.key, "name": s.name, "state": "todo", "url": f"#case-{s.key}"} for s in SQUARES]

    @property
    def before(self) -> list[Step]:
        return [step for step in self.definition.steps if step.statuses]

    @property
    def after(self) -> list[Step]:
        return [step for step in self.definition.steps if not step.statuses]


def route_of(kind: str, on: date) -> RouteToday | None:
    version = RouteVersion.objects.in_force(kind, on=on)
    if version is None:
        return None
    mandate = version.route.mandate
    return RouteToday(version.definition, mandate.name, mandate.ends_on)


def proposals() -> Proposals:
    """Children's proposals of the whole country: made, answered, done."""
    return sum((count() for count in proposal_counts), Proposals())
