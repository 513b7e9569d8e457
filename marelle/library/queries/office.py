"""What waits for the editorial team: drafts left open, texts to read again, publications that were held back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from marelle.audit.models import Entry
from marelle.library.models import DeadLink, Guide, Practice, Resource

SOON = timedelta(days=31)
SHEETS = (Resource, Guide, Practice)


@dataclass(frozen=True)
class Stale:
    """A public text whose day of review has come, or is near, or was never set."""

    title: str
    kind: str
    review_on: date | None
    state: str
    url: str | None


def stale(on: date, *, user: Any, kinds: tuple[type, ...] = SHEETS) -> list[Stale]:
    """The latest first, those never dated at the end."""
    finder = AdminURLFinder(user)
    rows = [row for kind in kinds for row in _stale_rows(kind, on, finder)]
    return sorted(rows, key=lambda row: (row.review_on is None, row.review_on or date.max, row.title))


def _stale_rows(kind: Any, on: date, finder: AdminURLFinder) -> Iterator[Stale]:
    due = kind.objects.public().filter(Q(review_on__lte=on + SOON) | Q(review_on=None))
    for row in due.only("pk", "title", "review_on"):
        yield Stale(
            row.title, str(kind._meta.verbose_name), row.review_on, _state(row.review_on, on), finder.get_edit_url(row)
        )


def _state(review_on: date | None, on: date) -> str:
    if review_on is None:
        return _("jamais datée")
    return _("à relire") if review_on <= on else _("bientôt")


def count_stale(on: date) -> int:
    return sum(kind.objects.public().filter(review_on__lte=on).count() for kind in SHEETS)


@dataclass(frozen=True)
class Draft:
    title: str
    kind: str
    at: datetime
    url: str


def drafts_of(user: Any, *, limit: int = 8) -> list[Draft]:
    """What this person wrote last and that nobody has put online yet."""
    finder, found = AdminURLFinder(user), []
    for kind in (Page, Resource, Guide):
        rows: QuerySet[Any] = kind._default_manager.all()
        mine = rows.filter(has_unpublished_changes=True, latest_revision__user=user)
        for row in mine.select_related("latest_revision").order_by("-latest_revision__created_at")[:limit]:
            url = finder.get_edit_url(row)
            if url:
                title = row.latest_revision.object_str
                found.append(Draft(title, str(row._meta.verbose_name), row.latest_revision.created_at, url))
    return sorted(found, key=lambda draft: draft.at, reverse=True)[:limit]


def held_back(since: datetime, *, user: Any) -> list[Draft]:
    """Scheduled publications that a rule stopped, and that wait for somebody."""
    finder, found = AdminURLFinder(user), {}
    for entry in Entry.objects.filter(kind="library.text.held_back", at__gte=since).order_by("number"):
        row = _named(entry.target)
        if row is not None and row.has_unpublished_changes and not row.approved_schedule:
            url = finder.get_edit_url(row)
            if url:
                found[entry.target] = Draft(str(row), str(row._meta.verbose_name), entry.at, url)
    return list(found.values())


def _named(target: str) -> Any:
    label, _sep, identifier = target.partition(":")
    for kind in (Resource, Guide):
        if kind._meta.label_lower == label:
            return kind.objects.filter(public_id=identifier).first()
    return Page.objects.filter(pk=identifier).first() if identifier.isdigit() else None


def dead_links_by_text() -> int:
    return DeadLink.objects.count()
