"""Which delegation looks after a territory, who may follow its file, and what was taken over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Coverage, Membership, Organisation, User
from marelle.audit.models import Entry
from marelle.programme.models import Candidacy
from marelle.territories.models import Territory

TAKEN_OVER, TAKEN_BACK = "programme.candidacy.taken_over", "programme.candidacy.taken_back"


def delegations_of(territory: Territory, on: date) -> list[Organisation]:
    """The delegations that look after a territory that day: those of the territory itself, else of its
    département. None, or several, is for a person to settle."""
    rows = list(
        Coverage.objects.on(on)
        .filter(Q(territory=territory) | Q(territory=territory.departement_id), delegation__closed_on__isnull=True)
        .select_related("delegation")
        .order_by("delegation__name", "pk")
    )
    own = [row.delegation for row in rows if row.territory_id == territory.pk]
    return own or [row.delegation for row in rows]


def advisers(on: date):
    """Those of the national team who may follow files, by name."""
    rows = Membership.objects.on(on).filter(
        organisation__kind=Kind.NATIONAL, organisation__closed_on__isnull=True, role__in=[Role.ADVISER, Role.MANAGER]
    )
    return User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("name", "pk")


def followers():
    """Those to whom an open file is given, even when they left the team: their files can be taken over."""
    return User.objects.filter(pk__in=Candidacy.objects.open().values("adviser")).order_by("name", "pk")


@dataclass(frozen=True)
class Takeover:
    """Files that went from an absent colleague to another in one act."""

    batch: str
    at: datetime
    absent: User
    taker: User
    moved: tuple[str, ...]
    """Public ids of the candidacies."""


def takeover(batch: str) -> Takeover | None:
    """One act of taking over, read from the log; None when there is none, or it was undone."""
    if Entry.objects.filter(kind=TAKEN_BACK, details__batch=batch).exists():
        return None
    return _told(list(Entry.objects.filter(kind=TAKEN_OVER, details__batch=batch)))


def takeovers(since: datetime) -> list[Takeover]:
    """The acts of taking over since an instant that were not undone, the latest first."""
    undone = set(Entry.objects.filter(kind=TAKEN_BACK, at__gte=since).values_list("details__batch", flat=True))
    batches: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(kind=TAKEN_OVER, at__gte=since):
        batches.setdefault(entry.details["batch"], []).append(entry)
    people = User.objects.in_bulk(
        {entry.details[side] for entries in batches.values() for entry in entries for side in ("absent", "taker")},
        field_name="public_id",
    )
    told = [_told(entries, people) for batch, entries in batches.items() if batch not in undone]
    return sorted((one for one in told if one), key=lambda one: one.at, reverse=True)


def _told(entries: list[Entry], people: dict[str, User] | None = None) -> Takeover | None:
    if not entries:
        return None
    ids = [entries[0].details["absent"], entries[0].details["taker"]]
    if people is None:
        people = User.objects.in_bulk(ids, field_name="public_id")
    if not all(one in people for one in ids):
        return None
    return Takeover(
        batch=entries[0].details["batch"], at=entries[0].at, absent=people[ids[0]], taker=people[ids[1]],
        moved=tuple(entry.target.rpartition(":")[2] for entry in entries),
    )  # fmt: skip
