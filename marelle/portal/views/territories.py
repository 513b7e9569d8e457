"""Finding a territory, and its public page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marelle.audit.kept import kept
from marelle.core.middleware import same_for_all
from marelle.portal.queries.addresses import address
from marelle.portal.queries.territory_page import around_a_search, known_as
from marelle.territories.models import Kind
from marelle.territories.queries import ELIGIBLE, Hits

PER_PAGE = 20
KINDS = {"": ELIGIBLE, "commune": [Kind.COMMUNE], "epci": [Kind.EPCI, Kind.EPT]}
FRANCE = "0 0 720 690"
"""The frame of the drawing of France, which the points of territories are projected on."""


@same_for_all
@require_safe
@login_not_required
def territories(request):
    """The plain search page: works as typed, without JavaScript."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    nature = request.GET.get("nature", "")
    nature = nature if nature in KINDS else ""
    around = kept(around_a_search, timezone.localdate())
    departements = around.departements
    departement = request.GET.get("departement", "").upper()
    departement = departement if departement in departements else ""
    hits = Hits(q, kinds=KINDS[nature], departement=departement)
    page = Paginator(hits, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    return render(
        request,
        "portal/territories.html",
        {
            "q": q,
            "nature": nature,
            "departement": departement,
            "departement_name": departements.get(departement, ""),
            "departements": [("", _("tous")), *((code, f"{code} {name}") for code, name in departements.items())],
            "natures": [("", _("Tous")), ("commune", _("Communes")), ("epci", _("Intercommunalités"))],
            "page": page,
            "total": len(hits),
            "approximate": hits.approximate,
            "lines": [
                (hit, address("portal:territory", hit.code, hit.slug), around.marks.get(hit.pk)) for hit in shown
            ],
        },
    )


@same_for_all
@require_safe
@login_not_required
def territory(request, code, slug=""):
    """Who it is, and its engagement. Old addresses lead to today's: another slug, a merged commune."""
    known = kept(known_as, code.upper(), timezone.localdate())
    today = known.today
    if known.found is None:
        raise Http404(_("Aucune commune ni intercommunalité ne porte ce code."))
    if today is None:
        return render(request, "portal/territory_ended.html", {"territory": known.found}, status=410)
    if (today.code, today.slug) != (code, slug):
        return redirect(today, permanent=True)
    year = today.population_year
    return render(
        request,
        "portal/territory.html",
        {
            "facts": known.facts,
            "territory": today,
            "population_label": _("habitants (population municipale %(year)s)") % {"year": year}
            if year
            else _("habitants (année du recensement non précisée)"),
            "france": static("territories/france.svg"),
            "frame": FRANCE,
            "points": [{"x": today.x, "y": today.y, "name": today.name, "size": 12}],
            "map_label": _("%(name)s sur la carte de France") % {"name": today.name},
        },
    )
