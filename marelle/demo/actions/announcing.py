"""News and dates of the demonstration: the site says something on its first day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.utils import timezone
from wagtail.models import Page

from marelle.portal.actions.site import make
from marelle.portal.blocks import PageBody
from marelle.portal.blocks.reading import stored
from marelle.portal.models import AgendaPage, EventPage, NewsIndex, NewsPage
from marelle.portal.queries.site import keys

if TYPE_CHECKING:
    from .year import Year

FILES = Path(__file__).resolve().parents[1] / "site"


def live(year: Year) -> None:
    """Under the pages of the delivered site, made first where they are missing. What stands there already stays."""
    make(at=year.now)
    known = keys()
    index, agenda = NewsIndex.objects.first(), AgendaPage.objects.first()
    if index:
        for told in _said("news.yaml"):
            dated = timezone.localdate(year.ago(told.pop("days_ago")))
            _publish(index, NewsPage(dated=dated, **_words(told, known)))
    if agenda:
        for told in _said("agenda.yaml"):
            _publish(agenda, EventPage(**_when(told, year.now), **_words(told, known)))


def _said(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((FILES / name).read_text())


def _words(told: dict[str, Any], known: dict[str, int]) -> dict[str, Any]:
    return told | {"body": stored(PageBody(), told.get("body", []), known), "is_demonstration": True}


def _when(told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Takes the words of time out of what is told, and gives the hours."""
    hours, minutes = map(int, told.pop("from", "0:00").split(":"))
    day = _when_people_meet(timezone.localtime(now) + timedelta(days=told.pop("in_days")))
    starts = day.replace(hour=hours, minute=minutes, second=0, microsecond=0)
    all_day = told.pop("all_day", False)
    ends = starts + timedelta(minutes=told.pop("minutes", 23 * 60))
    return {"starts_at": starts, "ends_at": ends, "is_all_day": all_day}


def _when_people_meet(day: datetime) -> datetime:
    """That day, or the first working day after it: nobody meets on a Sunday, nor while the year ends."""
    while day.weekday() >= 5 or (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 3):
        day += timedelta(days=1)
    return day


def _publish(parent: Page, page: Any) -> None:
    if parent.get_children().filter(slug=page.slug).exists():
        return
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
