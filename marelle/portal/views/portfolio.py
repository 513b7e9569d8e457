"""The adviser's portfolio, and the delegation's: who waits for me, what falls due, who went silent."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import require
from marelle.portal import rules
from marelle.portal.filters import ORDERS, PortfolioFilter
from marelle.portal.queries.addresses import address, file_address
from marelle.portal.queries.portfolio import HEADER, choices, line, urgency
from marelle.portal.queries.spreadsheets import CSV, csv_of
from marelle.programme.queries.portfolio import accompanied, counts, silence, what_waits, with_turns

PER_PAGE = 40


@require_safe
def portfolio(request):
    require(rules.can_see_portfolio(request.user))
    now = timezone.now()
    files, found, filters = _files(request, now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today, who = timezone.localdate(now), standing(request.user)
    for file in page.object_list:
        file.waits_for = what_waits(file, on=today)
        file.address = file_address(file)
        file.urgency = urgency(file, today)
    return render(
        request,
        "portal/portfolio.html",
        {
            "page": page,
            "counts": counts(files),
            "silent_after": silence(files),
            "filters": filters,
            "view": filters.form.cleaned_data.get("vue") if filters.form.is_valid() else "",
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
    _all, found, _filters = _files(request, now)
    today = timezone.localdate(now)
    response = HttpResponse(csv_of(HEADER, (line(file, today) for file in found)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="portefeuille-{today:%Y-%m-%d}.csv"'
    return response


def _files(request, now):
    files = with_turns(accompanied(request.user), user=request.user, at=now)
    regions, delegations = choices(files)
    shown = files.select_related("territory__region", "territory__departement", "delegation", "adviser", "route")
    filters = PortfolioFilter(
        request.GET, queryset=shown.order_by(*ORDERS["priorite"]), regions=regions, delegations=delegations
    )
    return files, filters.qs, filters
