"""The site for machines: feed of the news, calendars, sitemap, cards of shared pages; and its plan, for people."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marelle.audit.kept import kept
from marelle.portal.queries import plan, site
from marelle.portal.queries.calendar import calendar
from marelle.portal.queries.cards import card_of

FEED_LENGTH = 30
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@login_not_required
@cache_control(max_age=600, public=True)
def news_feed(request):
    """The last news, for readers of feeds."""
    feed = Rss201rev2Feed(
        title=_("Actualités – Marelle"),
        link=f"{settings.SITE_URL}/actualites/",
        description=_("Ce qui se passe dans les villes engagées, et dans le programme."),
        language="fr",
        feed_url=f"{settings.SITE_URL}{request.path}",
    )
    for page in site.news()[:FEED_LENGTH]:
        at = timezone.make_aware(datetime.combine(page.dated, time(8)))
        url = f"{settings.SITE_URL}{page.address}"
        feed.add_item(title=page.title, link=url, description=page.lead, pubdate=at, unique_id=url)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@require_safe
@login_not_required
@cache_control(max_age=600, public=True)
def agenda_calendar(request):
    """Every date to come and of the past year: to subscribe to."""
    since = timezone.now() - timedelta(days=365)
    dates = site.events().filter(ends_at__gte=since)
    return HttpResponse(calendar(dates, name=_("Agenda – Marelle")), content_type=CALENDAR)


@require_safe
@login_not_required
def event_calendar(request, slug):
    """One date, to put in one's own agenda."""
    page = site.events().filter(slug=slug).first()
    if page is None:
        raise Http404
    response = HttpResponse(calendar([page], name=page.title), content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{slugify(page.title)[:60] or "date"}.ics"'
    return response


@require_safe
@login_not_required
def site_plan(request):
    return render(request, "portal/site_plan.html", {"pages": kept(plan.tree), "doors": plan.doors()})


@require_safe
@login_not_required
@cache_control(max_age=3600, public=True)
def sitemap(request):
    found = plan.addresses(timezone.localdate())
    lines = [
        f"<url><loc>{settings.SITE_URL}{url}</loc>"
        + (f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else "")
        + "</url>"
        for url, changed in found
    ]
    said = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return HttpResponse(said + "\n".join(lines) + "\n</urlset>\n", content_type="application/xml; charset=utf-8")


@require_safe
@login_not_required
@cache_control(max_age=24 * 3600, public=True)
def robots(request):
    """A demonstration is in no search engine: what it says of real towns is invented."""
    closed = ["/"] if settings.DEMO else ["/edition/", "/compte/", "/s/", "/recherche/", "/tableau-de-bord/"]
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
@cache_control(max_age=24 * 3600, public=True)
def social_card(request, path=""):
    """The picture that stands for a page where it is shared: its own words, drawn by us."""
    found = site.found_at(f"/{path}")
    if found is None:
        raise Http404
    return HttpResponse(card_of(found.page), content_type="image/png")
