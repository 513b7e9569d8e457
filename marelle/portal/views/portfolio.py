"""The adviser's portfolio, and the delegation's: who waits for me, what falls due, who went silent."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import require
from marelle.documents.spreadsheets import CSV, csv_of
from marelle.portal import rules
from marelle.portal.filters import PortfolioFilter
from marelle.portal.queries.addresses import address
from marelle.portal.queries.portfolio import HEADER, choices, line, rows
from marelle.programme.queries.portfolio import counts, followed, silence

PER_PAGE = 25


@require_safe
def portfolio(request):
    require(rules.can_see_portfolio(request.user))
    now = timezone.now()
    files, found, form = _files(request, now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today, who = timezone.localdate(now), standing(request.user)
    return render(
        request,
        "portal/portfolio.html",
        {
            "page": page,
            "rows": rows(page.object_list, today),
            "counts": counts(files),
            "silent_after": silence(files),
            "form": form,
            "view": form.cleaned_data.get("vue"),
            "narrowed": any(request.GET.get(name) for name in ("region", "etat", "delegation", "tri")),
            "who": who,
            "first_name": request.user.name.partition(" ")[0],
            "takeover": address("programme:takeover") if who.is_national_staff else "",
            "today": today,
            "asked": request.GET.urlencode(),
        },
    )


@require_safe
def portfolio_csv(request):
    """The list as filtered, for a spreadsheet."""
    require(rules.can_see_portfolio(request.user))
    now = timezone.now()
    _all, found, _form = _files(request, now)
    response = HttpResponse(csv_of(HEADER, map(line, found)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="portefeuille-{timezone.localdate(now):%Y-%m-%d}.csv"'
    return response


def _files(request, now):
    files = followed(request.user, at=now)
    regions, delegations = choices(files)
    form = PortfolioFilter(request.GET, regions=regions, delegations=delegations)
    return files, form.narrowed(files), form
