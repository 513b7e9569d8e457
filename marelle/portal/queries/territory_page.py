"""What the public may know of a territory and of its engagement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import hypot, inf

from django.db.models import Q
from django.utils.translation import gettext as _

from marelle.accounts.models import Coverage, Organisation
from marelle.library.models import Practice
from marelle.library.queries.practices import of_territory, with_practices
from marelle.participation.models import Consultation
from marelle.programme.enums import NetworkStatus
from marelle.programme.models import NetworkMembership, Title
from marelle.territories.models import Kind, Territory
from marelle.territories.queries import successor_of, with_code

from .heard import Heard, heard_in, with_heard
from .proposals import Voice, voice_of, with_voice

PUBLIC_NETWORK = [NetworkStatus.MEMBER, NetworkStatus.LEFT]
"""Asking and being refused stay between the collectivité and the national team."""


@dataclass(frozen=True)
class Mark:
    """What a territory is today, in a word: titled, or member of the network."""

    name: str
    is_titled: bool
    is_demonstration: bool


@dataclass(frozen=True)
class TerritoryPage:
    territory: Territory
    title: Title | None
    """The one that holds today."""
    membership: NetworkMembership | None
    past_titles: list[Title]
    coming_titles: list[Title]
    past_memberships: list[NetworkMembership]
    groups: list[tuple[Territory, Mark | None]]
    """The EPCI and EPT a commune belongs to."""
    members: list[tuple[Territory, Mark | None]]
    """The communes of an EPCI or EPT, the biggest first."""
    postcodes: list[str]
    delegation: Organisation | None
    neighbours: list[tuple[Territory, Mark]]
    """Engaged territories of the same département, the nearest first."""
    voice: Voice
    consultations: list[tuple[Consultation, bool]]
    """What its children are or were asked by it, the last first, and whether their answer is late."""
    heard: list[Heard]
    """What its children proposed, and what became of it."""
    practices: tuple[list[Practice], list[Practice]]
    """What it wrote for others, and what it takes up from them."""

    @property
    def is_engaged(self) -> bool:
        return bool(self.title or self.membership)

    @property
    def has_history(self) -> bool:
        return bool(self.past_titles or self.coming_titles or self.past_memberships)

    @property
    def engaged_members(self) -> int:
        return sum(mark is not None for _, mark in self.members)


@dataclass(frozen=True)
class Known:
    """What a code leads to: nothing, a territory that ended without heir, or today's and its page."""

    found: Territory | None
    today: Territory | None = None
    facts: TerritoryPage | None = None


def known_as(code: str, on: date) -> Known:
    """The same for whoever reads it: nothing here depends on a person."""
    found = with_code(code, among=with_practices(with_heard(with_voice(Territory.objects.all(), on=on))))
    today = successor_of(found) if found else None
    return Known(found, today, territory_page(today, on=on) if today else None)


def territory_page(territory: Territory, *, on: date) -> TerritoryPage:
    """At most six queries. A merged commune's titles show on its successor's page: history follows people.

    Nothing about a candidacy: it is public once it is a published title.
    """
    groups = [group for group in (territory.epci, territory.ept) if group]
    members = list(territory.communes_of_today()) if territory.kind != Kind.COMMUNE else []
    around = [territory, *groups, *members]
    here = Q(territory=territory) | Q(territory__became=territory)
    near = Q(territory__in=[t.pk for t in around])
    if territory.departement_id:
        near |= Q(territory__departement=territory.departement_id)
    # In order by Python: Django compares each of their many columns with what it orders by, which takes longer.
    titles = sorted(
        Title.objects.filter(here | near).select_related("mandate", "territory").order_by(),
        key=lambda title: (title.starts_on, title.pk),
        reverse=True,
    )
    networks = sorted(
        NetworkMembership.objects.filter(here | near, status__in=PUBLIC_NETWORK).select_related("territory").order_by(),
        key=lambda membership: (membership.joined_on or date.min, membership.pk),
        reverse=True,
    )
    marks = marks_of(titles, networks, on=on)
    own_titles = [t for t in titles if territory.pk in (t.territory_id, t.territory.became_id)]
    own_networks = [n for n in networks if territory.pk in (n.territory_id, n.territory.became_id)]
    title = next((t for t in own_titles if t.territory_id == territory.pk and holds(t, on)), None)
    membership = next(
        (n for n in own_networks if n.territory_id == territory.pk and n.status == NetworkStatus.MEMBER), None
    )
    return TerritoryPage(
        territory=territory,
        title=title,
        membership=membership,
        past_titles=[t for t in own_titles if t != title and (t.starts_on <= on or t.withdrawn_on)],
        coming_titles=[t for t in own_titles if t != title and t.starts_on > on and not t.withdrawn_on],
        past_memberships=[n for n in own_networks if n != membership],
        groups=[(group, marks.get(group.pk)) for group in groups],
        members=[(member, marks.get(member.pk)) for member in members],
        postcodes=list(territory.postcodes.order_by("code").values_list("code", flat=True))
        if territory.kind == Kind.COMMUNE
        else [],
        delegation=delegation_of(territory, on=on),
        neighbours=nearest(
            territory, {*(t.territory for t in titles), *(n.territory for n in networks)} - set(around), marks
        ),
        voice=voice_of(territory, on=on),
        consultations=asked_in(territory, on=on),
        heard=heard_in(territory, on=on),
        practices=of_territory(territory),
    )


NEIGHBOURS = 5
CONSULTATIONS = 5


def asked_in(territory: Territory, *, on: date) -> list[tuple[Consultation, bool]]:
    """A late answer comes first: it is what its children are owed. One query."""
    rows = Consultation.objects.public().filter(territory=territory).order_by("-opened_at", "pk")
    rows = rows.only("public_id", "title", "state", "answerer", "answer_due_on", "answered_at", "closes_on", "is_demonstration")  # fmt: skip
    found = [(row, row.is_overdue(on)) for row in rows[:50]]
    return sorted(found, key=lambda pair: not pair[1])[:CONSULTATIONS]


def nearest(territory: Territory, others: Iterable[Territory], marks: dict[int, Mark]) -> list[tuple[Territory, Mark]]:
    """The engaged ones among `others`, as the crow flies; those without a place on the map come last."""

    def away(other: Territory) -> tuple[float, str]:
        if territory.x is None or territory.y is None or other.x is None or other.y is None:
            return inf, other.name
        return hypot(territory.x - other.x, territory.y - other.y), other.name

    return [(other, marks[other.pk]) for other in sorted(others, key=away) if other.pk in marks][:NEIGHBOURS]


def holds(title: Title, on: date) -> bool:
    return title.withdrawn_on is None and title.starts_on <= on <= title.ends_on


def marks_of(titles: Iterable[Title], networks: Iterable[NetworkMembership], *, on: date) -> dict[int, Mark]:
    """By territory: its title of today, else its membership of the network."""
    marks = {
        n.territory_id: Mark(_("Territoires d’enfance"), is_titled=False, is_demonstration=n.is_demonstration)
        for n in networks
        if n.status == NetworkStatus.MEMBER
    }
    return marks | {
        t.territory_id: Mark(t.name, is_titled=True, is_demonstration=t.is_demonstration)
        for t in titles
        if holds(t, on)
    }


@dataclass(frozen=True)
class Around:
    """What every page of results needs: the marks of all who take part, and the départements to choose from."""

    marks: dict[int, Mark]
    departements: dict[str, str]


def around_a_search(on: date) -> Around:
    """In three queries, the same for every search of the day."""
    marks = marks_of(
        Title.objects.current(on).order_by(), NetworkMembership.objects.filter(status=NetworkStatus.MEMBER), on=on
    )
    there = Territory.objects.current().filter(kind=Kind.DEPARTEMENT).order_by("code")
    return Around(marks, dict(there.values_list("code", "name")))


def delegation_of(territory: Territory, *, on: date) -> Organisation | None:
    """Who looks after it: a delegation of this very commune before that of its département."""
    wanted = [territory.pk, territory.departement_id]
    coverages = Coverage.objects.on(on).filter(territory__in=[pk for pk in wanted if pk]).select_related("delegation")
    found = sorted(coverages, key=lambda c: (wanted.index(c.territory_id), c.pk))
    return found[0].delegation if found else None
