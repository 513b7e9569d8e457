"""The list of resources with its facets: for whoever comes, without an account and without JavaScript."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from marelle.core.middleware import same_for_all
from marelle.documents.spreadsheets import CSV, csv_of
from marelle.library.forms import catalogue as forms
from marelle.library.queries import catalogue as queries
from marelle.library.queries.facets import AGE, AGE_BANDS, BAND, FACETS
from marelle.library.queries.resources import header, lines

PER_PAGE = 20


@same_for_all
@login_not_required
@require_safe
def catalogue(request):
    """What is online, narrowed by what is ticked; how many each further choice would find."""
    snapshot = queries.snapshot_of_now()
    choice = forms.read(request.GET, snapshot.labels)
    found = queries.results(choice.chosen, snapshot=snapshot)
    order = choice.order or (queries.FIT if choice.chosen else queries.RECENT)
    page = Paginator(Ordered(found, order), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "choice": choice,
        "found": found,
        "page": page,
        "snapshot": snapshot,
        "chips": list(choice.chips(snapshot.labels)),
        "panels": [panel(facet, choice, found) for facet in FACETS if facet is not AGE],
        "ages": age_panel(choice, found),
        "lifting": lifting(choice, found) if not found.total else [],
        "keeping": keeping(choice, found) if not found.total else [],
        "orders": [(key, label, key == order) for key, label in forms.orders().items()],
        "order": order,
        "query": choice.kept.urlencode(),
    }
    part = "#catalogue" if request.htmx else ""
    response = render(request, f"library/catalogue/list.html{part}", context)
    if request.htmx:
        number = f"&page={page.number}" if page.number > 1 else ""
        query = f"{context['query']}{number}".lstrip("&")
        response["Cache-Control"] = "no-store"  # What is kept of a page is its text alone, and this header matters.
        response["HX-Push-Url"] = reverse("library:catalogue") + (f"?{query}" if query else "")
    return response


@login_not_required
@require_safe
def export(request):
    """The list as it is narrowed, for a spreadsheet."""
    snapshot = queries.snapshot_of_now()
    choice = forms.read(request.GET, snapshot.labels)
    keys = queries.results(choice.chosen, snapshot=snapshot).keys(choice.order or queries.TITLE)
    response = HttpResponse(csv_of(header(), lines(keys, snapshot)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="ressources-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


class Ordered:
    """What is found, as a sequence that a paginator can cut: only the page shown is put in order."""

    def __init__(self, found: queries.Results, order: str):
        self.found, self.order = found, order

    def __len__(self) -> int:
        return self.found.total

    def __getitem__(self, part: slice) -> list[int]:
        return self.found.keys(self.order, part.start or 0, part.stop)


def panel(facet, choice, found):
    """One facet as it is drawn: (value, words, how many, ticked)."""
    options = [
        (value, label, found.count(facet.key, value), choice.has(facet.key, value))
        for value, label in found.snapshot.labels[facet.key].items()
    ]
    ticked = sum(option[3] for option in options)
    return {
        "key": facet.key,
        "label": facet.label,
        "options": [option for option in options if option[2] or option[3]],
        "ticked": ticked,
        "open": facet.unfolded or ticked,
    }


def age_panel(choice, found):
    bands = [(key, band.label, found.count_of_band(key), choice.has(BAND, key)) for key, band in AGE_BANDS.items()]
    low, high = choice.ages or ("", "")
    return {"options": bands, "low": low, "high": high, "youngest": AGE_FIRST, "oldest": AGE_LAST}


AGE_FIRST, AGE_LAST = (int(age) for age in (min(AGE.values, key=int), max(AGE.values, key=int)))


LABELS = {facet.key: facet.label for facet in FACETS}


def lifting(choice, found):
    """Nothing found: what to give up, and what that would find."""
    return [(LABELS[key], count, choice.lifted(key)) for key, count in found.lifting()]


def keeping(choice, found):
    """Giving one choice up is not enough: which one to keep alone."""
    return [(LABELS[key], count, choice.only(key)) for key, count in found.keeping()]
