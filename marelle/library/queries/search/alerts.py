"""What came to the index since a person last looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from marelle.library.models import SavedSearch, SearchEntry
from marelle.library.registry import sources

from .facts import facts
from .finding import answer

MOST = 30
"""Things told in one mail; the rest is behind its link."""


def newest_entry() -> int:
    return SearchEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0


def found_since(text: str, chosen: Mapping[str, list[str]], pk: int) -> list[int]:
    """Entries that hold every word of the question, best first, and came after this one. No typo is forgiven: what a
    person kept is what they wrote."""
    known = facts()
    narrowed = {name: tuple(values) for name, values in chosen.items()}
    found = answer(text, facts=known, chosen=narrowed, exact=True)
    best = found.scores.best_first(found.found & found.full, 0, known.size)
    return [known.pks[place] for place in best if known.pks[place] > pk][:MOST]


def narrowed_in_words(saved: SavedSearch) -> str:
    """« ressources, santé, 6–8 ans »: by what a kept search is narrowed."""
    known = facts()
    said = [str(sources[kind].plural) for kind in saved.chosen.get("kind", []) if kind in sources]
    said += [known.themes[slug] for slug in saved.chosen.get("theme", []) if slug in known.themes]
    if ages := [int(age) for age in saved.chosen.get("age", [])]:
        said.append(_("de %(first)s à %(last)s ans") % {"first": min(ages), "last": max(ages)})
    said += [_("article %(number)s") % {"number": number} for number in saved.chosen.get("article", [])]
    return ", ".join(said)


def address_of(saved: SavedSearch) -> dict[str, Any]:
    """The parameters by which its page is asked again."""
    from .results import BANDS

    ages = set(saved.chosen.get("age", []))
    return {
        "q": saved.text,
        "nature": saved.chosen.get("kind", []),
        "theme": saved.chosen.get("theme", []),
        "age": [band for band, years in BANDS.items() if ages and {str(year) for year in years} <= ages],
        "article": saved.chosen.get("article", []),
    }
