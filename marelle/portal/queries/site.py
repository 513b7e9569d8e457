"""The pages of the site: which one stands at an address, what lists and sitemaps say of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from marelle.portal.blocks.reading import stored
from marelle.portal.definition import ROOT, Seed, address_of, place_of, seeds
from marelle.portal.models import (
    AgendaPage,
    ContentPage,
    EventPage,
    FaqPage,
    HomePage,
    NewsIndex,
    NewsPage,
    ResourcesPage,
    RoutePage,
)

from . import library

TYPES = {
    "home": HomePage,
    "content": ContentPage,
    "route": RoutePage,
    "resources": ResourcesPage,
    "news": NewsIndex,
    "agenda": AgendaPage,
    "questions": FaqPage,
}
"""The words of the delivered pages' YAML."""
NEWS_SHOWN, EVENTS_SHOWN = 3, 4
PER_PAGE = 12


@dataclass(frozen=True)
class Found:
    """A page, and the public pages above it: (title, address), the first page excepted."""

    page: Any
    above: list[tuple[str, str]]


KINDS = ("contentpage", "routepage", "resourcespage", "newsindex", "newspage", "agendapage", "eventpage", "faqpage",
         "homepage")  # fmt: skip


def page_at(address: str) -> Found | None:
    """The public page at this address, whatever its kind, and those above it: one query, instead of Wagtail's walk
    down the tree and a query more for the kind."""
    place = place_of(address)
    parts = place.strip("/").split("/")
    places = ["/" + "/".join(parts[:n]) + "/" for n in range(2, len(parts) + 1)] or [ROOT]
    rows = Page.objects.filter(url_path__in=places, live=True).select_related(*KINDS)
    found = {page.url_path: page for page in rows}
    page = found.pop(place, None)
    if page is None:
        return None
    above = [(found[one].title, address_of(one)) for one in places if one in found]
    return Found(own_kind(page), above)


def own_kind(page: Page) -> Any:
    """The page with the fields of its kind, when they came with it."""
    return next((getattr(page, kind) for kind in KINDS if hasattr(page, kind)), page)


def places() -> dict[int, str]:
    """The address of every public page by its key, for the links of a whole page at once."""
    rows = Page.objects.filter(live=True, url_path__startswith=ROOT).order_by().values_list("pk", "url_path")
    return {pk: address_of(url_path) for pk, url_path in rows}


def keys() -> dict[str, int]:
    """The key of each public page by its address."""
    return {address: pk for pk, address in places().items()}


def found_at(address: str) -> Found | None:
    """Whatever the public reads there: an editor's page, or the delivered one before the site is made."""
    found = page_at(address)
    return found if found or was_made() else as_delivered(address)


def was_made() -> bool:
    """Whether the site has pages: from then on editors alone say which."""
    return HomePage.objects.exists()


def as_delivered(address: str) -> Found | None:
    """The page as Marelle ships it, not kept anywhere: what an installation shows before its site is made."""
    seed = seeds().get(address)
    return Found(page_of(seed), []) if seed else None


def page_of(seed: Seed, *, pages: dict[str, int] | None = None) -> Any:
    """A page made from what was delivered, not saved. `pages`: the key of each page by its address, to link to them
    rather than to their addresses."""
    model = TYPES[seed.model]
    page = model(slug=seed.slug, url_path=place_of(seed.address), **seed.facts)
    for name, said in seed.streams.items():
        setattr(page, name, stored(model._meta.get_field(name).stream_block, said, pages or {}))
    return page


def news() -> Any:
    return NewsPage.objects.filter(live=True).select_related("picture").order_by("-dated", "-pk")


def events() -> Any:
    return EventPage.objects.filter(live=True).order_by("starts_at", "pk")


def months(dates: list[EventPage]) -> list[tuple[str, list[EventPage]]]:
    """By month, in order."""
    grouped = groupby(dates, key=lambda one: timezone.localtime(one.starts_at).replace(day=1).date())
    return [(date_format(month, "F Y").capitalize(), list(found)) for month, found in grouped]


@dataclass(frozen=True)
class Front:
    """The first page, and what it announces: the last news, the next dates."""

    home: HomePage | None
    was_made: bool
    """The site has a first page, public or not."""
    news: list[NewsPage]
    events: list[EventPage]
    counts: dict[str, int]
    """How much the library holds, when the query that finds the page brings it too."""


def front(on: date) -> Front:
    """In one query: they are pages of one tree."""
    recent = NewsPage.objects.filter(live=True).order_by("-dated", "-pk").values("pk")[:NEWS_SHOWN]
    begins = timezone.make_aware(datetime.combine(on, time.min))
    coming = EventPage.objects.filter(live=True, ends_at__gte=begins).order_by("starts_at", "pk").values("pk")
    rows = (
        Page.objects.filter(Q(url_path=ROOT) | Q(pk__in=recent) | Q(pk__in=coming[:EVENTS_SHOWN]))
        .select_related("homepage", "newspage", "eventpage")
        .annotate(**{f"count_{name}": Subquery(count) for name, count in library.counting().items()})
        .order_by()
    )
    home, new, dates = None, [], []
    counts: dict[str, int] = {}
    for row in rows:
        if row.url_path == ROOT:
            home = getattr(row, "homepage", None)
            counts = {name: getattr(row, f"count_{name}") for name in library.HOLDS}
        elif hasattr(row, "newspage"):
            new.append(row.newspage)
        else:
            dates.append(row.eventpage)
    new.sort(key=lambda one: (one.dated, one.pk), reverse=True)
    shown = home if home and home.live else None
    return Front(shown, home is not None, new, sorted(dates, key=lambda one: (one.starts_at, one.pk)), counts)
