"""The figures that an editor may show: each is counted today, none is typed in."""

from __future__ import annotations

from datetime import date

from marelle.audit.kept import kept
from marelle.portal.enums import Counted

from . import library, public, site


def figure(name: str, on: date) -> library.Figure:
    return library.figure(name, _count(name, on))


def _count(name: str, on: date) -> int:
    if name in {Counted.TITLED, Counted.NETWORK}:
        found = kept(public.members, on).counts
        return found.titled if name == Counted.TITLED else found.network
    if name in library.HOLDS:
        known = kept(site.front, on).counts or kept(library.counts)
        return known.get(name) or 0
    return int(getattr(kept(public.proposals), name))
