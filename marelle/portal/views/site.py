"""The pages of the public site, found by their address and drawn once until something is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marelle.audit.kept import kept
from marelle.core.middleware import same_for_all
from marelle.portal.models import AgendaPage, EventPage, FaqPage, HomePage, NewsIndex, RoutePage
from marelle.portal.queries import public, site
from marelle.portal.queries.metadata import meta_of
from marelle.ui.components.ways import crumbs

PAST_SHOWN = 12


@dataclass(frozen=True)
class Shown:
    """A page of the site as it is answered, around which each reader's shell is drawn."""

    title: str
    head: str
    crumbs: str
    main: str
    is_home: bool


@require_safe
@same_for_all
@login_not_required
def page(request, path):
    """Any page that editors made. Last of all addresses: what has a view of its own never comes here."""
    return at(request, f"/{path}")


def at(request, address: str, **more: Any):
    """Answer with the public page that stands at this address."""
    number = request.GET.get("page", "")
    number = int(number) if number.isdecimal() and len(number) < 6 else 1
    shown = kept(drawn_at, address, number, timezone.localdate())
    if shown is None:
        raise Http404(_("Aucune page publique à cette adresse."))
    return render(request, "portal/site.html", {"shown": shown, **more})


def show(request, page: Any):
    """A page as it is, saved or not: what an editor looks at before publishing."""
    found = site.Found(page, [])
    return render(request, "portal/site.html", {"shown": draw(found, 1, timezone.localdate())})


def drawn_at(address: str, number: int, on: date) -> Shown | None:
    if address == "/":
        front = kept(site.front, on)
        found = site.Found(front.home, []) if front.home else None
        found = found if front.was_made else site.as_delivered(address)
    else:
        found = site.found_at(address)
    return draw(found, number, on) if found else None


def draw(found: site.Found, number: int, on: date) -> Shown:
    page = found.page
    meta = meta_of(page)
    context = {"page": page, "DEMO": settings.DEMO, "lead": page.lead, "kicker": getattr(page, "kicker", "")}
    context["body"] = page.body.render_as_block(context)
    for model, more in MORE.items():
        if isinstance(page, model):
            context |= more(page, number, on)
    is_home = isinstance(page, HomePage)
    way = [(_("Accueil"), "/"), *found.above]
    return Shown(
        title=meta.title,
        head=render_to_string("portal/parts/head.html", {"meta": meta}),
        crumbs="" if is_home else _crumbs(way, page.title),
        main=render_to_string(page.template, context),
        is_home=is_home,
    )


def _crumbs(way: list[tuple[str, str]], title: str) -> str:
    before = [part for step in way for part in step]
    return render_to_string("ui/parts/crumbs.html", crumbs(*before, title))


def _of_a_route(page: Any, number: int, on: date) -> dict[str, Any]:
    """The lead is the route's own summary unless an editor wrote one."""
    route = kept(public.route_of, page.route, on)
    return {
        "lead": page.lead or (route.definition.summary if route else ""),
        "kicker": page.kicker or (route.mandate if route else ""),
    }


def _of_the_news(page: Any, number: int, on: date) -> dict[str, Any]:
    return {"list": Paginator(site.news(), site.PER_PAGE).get_page(number)}


def _of_the_agenda(page: Any, number: int, on: date) -> dict[str, Any]:
    dates = list(site.events())
    return {
        "coming": site.months([one for one in dates if one.ends_on >= on]),
        "past": [one for one in reversed(dates) if one.ends_on < on][:PAST_SHOWN],
    }


def _of_an_event(page: Any, number: int, on: date) -> dict[str, Any]:
    return {"is_past": page.ends_on < on, "calendar": f"{page.address}date.ics"}


def _of_questions(page: Any, number: int, on: date) -> dict[str, Any]:
    return {"sections": page.sections.render_as_block({})}


MORE: dict[Any, Callable[[Any, int, date], dict[str, Any]]] = {
    RoutePage: _of_a_route,
    NewsIndex: _of_the_news,
    AgendaPage: _of_the_agenda,
    EventPage: _of_an_event,
    FaqPage: _of_questions,
}
"""What a kind of page shows beside its own fields."""
