"""What blocks of pages ask Marelle while they are drawn. Each answer is kept until something is done (`audit.kept`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template import Library
from django.utils import timezone

from marelle.audit.kept import kept
from marelle.portal.queries import figures, library, public, site
from marelle.programme.enums import SQUARES

register = Library()


@register.simple_tag
def members_today():
    return kept(public.members, timezone.localdate())


@register.simple_tag
def route_today(kind):
    return kept(public.route_of, kind, timezone.localdate())


@register.simple_tag
def counted(names):
    return [kept(figures.figure, name, timezone.localdate()) for name in names]


@register.simple_tag
def counted_in_words(name):
    """Nothing while there is nothing to count: a door says where it leads, not that the room is empty."""
    found = kept(figures.figure, name, timezone.localdate())
    return found.in_words if found.count else ""


@register.simple_tag
def coming_and_new():
    return kept(site.front, timezone.localdate())


@register.simple_tag
def ways_in(way):
    return kept(library.ways_in, way)


@register.simple_tag
def picked(children):
    return [library.pick(child.block_type, child.value) for child in children]


@register.simple_tag
def downloads_of(resources):
    return library.downloads(resources)


@dataclass(frozen=True)
class Told:
    """A square and its sentence."""

    key: str
    mark: str
    name: str
    text: str


@register.filter
def on_the_path(words: Any) -> list[Told]:
    """The squares in order; the last one is the sky."""
    return [
        Told(square.key, "★" if square is SQUARES[-1] else str(square.number), str(square.name), words[square.key])
        for square in SQUARES
    ]


@register.filter
def way_to(link: Any) -> str:
    """Where a link leads: its page's address while the page is public, the one typed in otherwise; empty: nowhere."""
    page = link.get("page")
    return kept(site.places).get(page.pk, "") if page is not None else str(link.get("address") or "")
