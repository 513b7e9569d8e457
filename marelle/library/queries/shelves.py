"""Reading lists, and what those who used a resource said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from marelle.library.enums import Pleased, Setting
from marelle.library.models import ListItem, ReadingList, Resource, Use

SHOWN_FROM = 5
"""Answers from which how a resource was used is told to everybody."""


def held_by(person: Any, keys: dict[str, str]) -> QuerySet[ReadingList]:
    """The lists of an account and of a device, the last changed first. A key that opens nothing any more is harmless:
    who asks to change is asked again (`rules.shelves`)."""
    mine = Q(public_id__in=list(keys))
    if person is not None:
        mine |= Q(owner=person)
    return ReadingList.objects.filter(mine).annotate(size=Count("items")).order_by("-changed_on", "title", "pk")


def with_items() -> QuerySet[ReadingList]:
    """What a list shows, in two queries: what is public no more has its place without its title."""
    items = ListItem.objects.select_related("resource__picture").defer("resource__body")
    return ReadingList.objects.prefetch_related(Prefetch("items", items))


def position_after(reading_list: ReadingList) -> int:
    last = reading_list.items.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


@dataclass(frozen=True)
class Said:
    """How a resource was used, in counts."""

    total: int
    pleased: int
    """How many said it went very well."""
    mostly: str
    """The setting most often named, in words; empty when none stands out."""


def with_uses(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Each with `times_used` and `times_pleased`, in the query that reads it."""

    def times(**facts: Any) -> Coalesce:
        rows = Use.objects.filter(resource=OuterRef("pk"), **facts).order_by().values("resource")
        return Coalesce(Subquery(rows.annotate(times=Count("pk")).values("times")), 0)

    return resources.annotate(times_used=times(), times_pleased=times(pleased=Pleased.YES))


def said_of(resource: Resource) -> Said | None:
    """None under five answers: one colleague's opinion is nobody's figure."""
    rows = Use.objects.filter(resource=resource).order_by().values_list("pleased", "setting")
    said = list(rows.annotate(times=Count("pk")))
    total = sum(times for _pleased, _setting, times in said)
    if total < SHOWN_FROM:
        return None
    settings: Counter[str] = Counter()
    for _pleased, setting, times in said:
        settings[setting] += times
    settings.pop("", None)
    first = settings.most_common(1)
    mostly = str(Setting(first[0][0]).label) if first and first[0][1] * 2 > total else ""
    return Said(total, sum(times for pleased, _setting, times in said if pleased == Pleased.YES), mostly)
