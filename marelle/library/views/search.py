"""The search page: reads, narrows and turns its pages by plain links."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marelle.core.middleware import same_for_all
from marelle.library.definition.search.question import LONGEST
from marelle.library.queries.search import results as queries
from marelle.library.queries.search.facts import facts, index_version
from marelle.library.queries.search.finding import Answer, answer
from marelle.library.queries.search.forgiving import nearest

NAMES = {"kind": "nature", "theme": "theme", "age": "age", "article": "article"}
"""Facet → its name in addresses."""


class Pages:
    """The answers as a sequence that a paginator can cut: only the page shown is read."""

    def __init__(self, found: Answer):
        self.found = found

    def __len__(self) -> int:
        return self.found.total

    def __getitem__(self, part: slice) -> list[queries.Result]:
        return queries.results(self.found, part.start)


@same_for_all(as_of=[index_version])
@login_not_required
@require_safe
def page(request):
    text = text_of(request)
    known = facts()
    if not text:
        return render(request, "library/search/page.html", {"q": "", "themes": known.themes, "ages": _ages()})
    chosen = queries.chosen_from({name: request.GET.getlist(said) for name, said in NAMES.items()})
    found = answer(text, facts=known, chosen=chosen, exact=request.GET.get("exact") == "1")
    shown = Paginator(Pages(found), queries.PER_PAGE).get_page(request.GET.get("page"))
    lines = list(shown)
    context = {
        "q": text,
        "page": shown,
        "lines": lines,
        "first_partial": next((line.key for line in lines if not line.is_full), ""),
        "found": found,
        "narrowed": any(chosen.values()),
        "facets": [_linked(request, facet) for facet in queries.facets(found)],
        "towns": queries.towns(text) if shown.number == 1 else [],
        "own": queries.own_results(request.user, text) if shown.number == 1 else [],
        "keep": request.GET.urlencode(),
        "without_facets": _address(request, drop=[*NAMES.values(), "page"]),
        "exactly": _address(request, drop=["page"], exact="1"),
        "broader": _broader(found),
        "themes": known.themes,
        "ages": _ages(),
    }
    return render(request, "library/search/page.html", context)


@login_not_required
@require_safe
def suggestions(request):
    """The options of the box's list, while one types."""
    return render(
        request, "library/search/suggestions.html", {"titles": queries.suggestions(text_of(request), facts())}
    )


def text_of(request) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]


def _ages() -> list[str]:
    return [_("%(band)s ans") % {"band": band} for band in queries.BANDS]


def _linked(request, facet: queries.Facet) -> dict:
    said = NAMES[facet.name]
    others = urlencode([(name, value) for name, value in _asked(request, drop=["page"]) if name != said])
    ticked = request.GET.getlist(said)
    return {
        "facet": facet,
        "values": [(value, _toggled(others, said, ticked, value.key)) for value in facet.values],
        "all": f"?{others}",
    }


def _toggled(others: str, name: str, ticked: list[str], key: str) -> str:
    """Written from what the address asks beside, worked out once: a page has some sixty of these links."""
    left = [one for one in ticked if one != key] if key in ticked else [*ticked, key]
    return f"?{others}&{urlencode([(name, one) for one in left])}".rstrip("&")


def _asked(request, *, drop: list[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() if name not in drop for value in values]


def _address(request, *, drop: list[str], **more: str) -> str:
    return f"?{urlencode([*_asked(request, drop=[*drop, *more]), *more.items()])}"


def _broader(found: Answer) -> list[dict]:
    """When nothing answers: the words that nothing says, with the nearest that something does."""
    return [{"said": idea.said, "near": nearest(idea, found.facts) if idea.plain else []} for idea in found.blamed]
