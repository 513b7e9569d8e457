"""Searches that people keep: asked, confirmed, told of what is new, stopped by one click, forgotten in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import require
from marelle.library.definition.search.french import clean
from marelle.library.emails import saved_searches as emails
from marelle.library.models import Rhythm, SavedSearch
from marelle.library.queries.search.alerts import found_since, newest_entry
from marelle.library.rules import saved_searches as rules
from marelle.notifications.actions import send_on_commit

UNCONFIRMED_KEPT = timedelta(days=7)
KEPT = timedelta(days=2 * 365)
EVERY = {Rhythm.DAILY: timedelta(hours=20), Rhythm.WEEKLY: timedelta(days=7) - timedelta(hours=4)}
"""A little less than a day or a week: the timer is never on the minute."""


@transaction.atomic
def keep(
    *, text: str, chosen: dict[str, list[str]], rhythm: str, email: str = "", by: Any = None, at: datetime
) -> SavedSearch:
    """Be told when something new answers this. The address of an account was proved at sign-in; any other one
    confirms by a link, and until then is written to only once."""
    text = clean(text)
    require(rules.can_keep(text, by=by, email=email, at=at))
    saved = SavedSearch.objects.create(
        person=by,
        email="" if by is not None else email.lower(),
        text=text,
        chosen=chosen,
        rhythm=rhythm,
        asked_at=at,
        seen_up_to=newest_entry(),
        **({"confirmed_at": at, "renewed_at": at, "looked_at": at} if by is not None else {}),
    )
    record("library.saved_search.asked", on=saved, by=by, at=at, rhythm=rhythm)
    if by is None:
        send_on_commit(emails.confirm_saved_search, to=saved.email, at=at, saved=saved)
    return saved


@transaction.atomic
def confirm(*, saved: SavedSearch, at: datetime) -> SavedSearch:
    """The owner of the address said yes: from now on what is new is told. Said again later: two years more."""
    saved = SavedSearch.objects.select_for_update(of=("self",)).get(pk=saved.pk)
    first = saved.confirmed_at is None
    if first:
        saved.confirmed_at, saved.looked_at, saved.seen_up_to = at, at, newest_entry()
    saved.renewed_at = at
    saved.save(update_fields=["confirmed_at", "looked_at", "seen_up_to", "renewed_at"])
    if first:
        record("library.saved_search.confirmed", on=saved, by=saved.person, at=at)
    else:
        record("library.saved_search.renewed", on=saved, by=saved.person, at=at)
    return saved


@transaction.atomic
def stop(*, saved: SavedSearch, at: datetime) -> None:
    """No more mails, and nothing is kept of what was asked."""
    saved = SavedSearch.objects.select_for_update(of=("self",)).get(pk=saved.pk)
    record("library.saved_search.stopped", on=saved, by=saved.person, at=at)
    saved.delete()


def tell_what_is_new(*, at: datetime) -> int:
    """To each who kept a search, when their day has come, what came since; nothing new, no mail."""
    due = Q(pk__in=[])
    for rhythm, wait in EVERY.items():
        due |= Q(rhythm=rhythm) & (Q(looked_at__lte=at - wait) | Q(looked_at=None))
    rows = SavedSearch.objects.confirmed().filter(due).exclude(person__is_active=False).order_by("pk")
    return one_by_one(rows.iterator(), lambda saved: _tell(saved, at))


@transaction.atomic
def _tell(saved: SavedSearch, at: datetime) -> int:
    saved = SavedSearch.objects.select_for_update(of=("self",)).get(pk=saved.pk)
    newest = newest_entry()
    fresh = found_since(saved.text, saved.chosen, saved.seen_up_to)
    saved.seen_up_to, saved.looked_at = max(newest, saved.seen_up_to), at
    if fresh:
        saved.told_at = at
        to = saved.person or saved.email
        send_on_commit(emails.new_answers, to=to, at=at, saved=saved, entries=fresh)
        record("library.saved_search.told", on=saved, by=None, at=at, count=len(fresh))
    saved.save(update_fields=["seen_up_to", "looked_at", "told_at"])
    return bool(fresh)


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Those nobody confirmed in a week, and those two years old that nobody said to keep."""
    rows = SavedSearch.objects.filter(
        Q(confirmed_at=None, asked_at__lt=at - UNCONFIRMED_KEPT) | Q(renewed_at__lt=at - KEPT)
    )
    count = rows.count()
    if count:
        rows.delete()
        record("library.saved_search.forgotten", on=SavedSearch, by=None, at=at, count=count)
    return count
