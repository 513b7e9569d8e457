"""What the public pages tell: who is a member, what the routes ask, what became of children's proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Q, Sum

from marelle.portal.registry import Proposals, proposal_counts
from marelle.programme.enums import RouteKind
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
    """How many hold the title and how many belong to the network; `stamp` changes when either list does."""

    titled: int
    network: int
    stamp: str
    has_demonstration: bool


def _titles(on: date):
    return Title.objects.current(on)


def _memberships(on: date):
    return NetworkMembership.objects.members(on=on)


def counts(on: date) -> Counts:
    """In two queries, whatever the number of members."""
    about = [
        rows.aggregate(n=Count("pk"), ids=Sum("pk"), demo=Count("pk", filter=Q(is_demonstration=True)))
        for rows in (_titles(on), _memberships(on))
    ]
    titled, network = about
    return Counts(
        titled["n"],
        network["n"],
        f"{on:%Y%m%d}-" + "-".join(f"{a['n']}.{a['ids']}" for a in about),
        bool(titled["demo"] or network["demo"]),
    )


def members(on: date) -> list[Member]:
    """Every member, by name as people sort them. In two queries."""
    with_place = ("territory__departement__region", "territory__region")
    found: dict[int, Member] = {}
    for membership in _memberships(on).select_related(*with_place):
        found[membership.territory_id] = Member(
            membership.territory, False, membership.joined_on, membership.is_demonstration
        )
    for title in _titles(on).select_related(*with_place):
        found[title.territory_id] = Member(title.territory, True, title.starts_on, title.is_demonstration)
    return sorted(found.values(), key=lambda m: folded(m.territory.name))


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


def atlas(on: date) -> Atlas:
    """Members in their régions, in order; those whose région is unknown come last, under no name."""
    everyone = members(on)
    placed = sorted(everyone, key=lambda m: (not region_of(m.territory), folded(region_of(m.territory))))
    regions = [Region(name, list(group)) for name, group in groupby(placed, key=lambda m: region_of(m.territory))]
    # The titled ones are drawn last, above their neighbours.
    return Atlas([m.point for m in sorted(everyone, key=lambda m: m.is_titled)], regions)


def titled_route(on: date) -> RouteVersion | None:
    """Its content is fetched only when looked at: a page already drawn needs to know the version alone."""
    return RouteVersion.objects.defer("content").in_force(RouteKind.TITLED, on=on)


def network_route(on: date) -> RouteVersion | None:
    return RouteVersion.objects.in_force(RouteKind.NETWORK, on=on)


def proposals() -> Proposals:
    """Children's proposals of the whole country: made, answered, done."""
    return sum((count() for count in proposal_counts), Proposals())
