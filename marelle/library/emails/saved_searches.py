"""What is written to those who keep a search. Only public things are told, as they are when the mail leaves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from marelle.library.models import SavedSearch, SearchEntry
from marelle.library.queries.search.alerts import address_of, narrowed_in_words
from marelle.library.registry import sources
from marelle.notifications.messages import Email


def confirm_saved_search(*, to: Any, saved: SavedSearch) -> Email | None:
    """To an address somebody typed: yes, it was me. Nothing once confirmed."""
    if saved.confirmed_at:
        return None
    return Email.from_templates(
        "library/emails/confirm_saved_search",
        {"saved": saved, "narrowed": narrowed_in_words(saved), "url": _to("library:search_confirm", saved)},
    )


def new_answers(*, to: Any, saved: SavedSearch, entries: list[int]) -> Email | None:
    """What came; nothing when it was all withdrawn before the mail left."""
    rows = SearchEntry.objects.in_bulk(entries)
    found = [
        {"title": rows[pk].title, "summary": rows[pk].summary, "url": settings.SITE_URL + rows[pk].address,
         "kind": sources[rows[pk].kind].label}
        for pk in entries
        if pk in rows and rows[pk].kind in sources
    ]  # fmt: skip
    if not found:
        return None
    stop = _to("library:search_stop", saved)
    return Email.from_templates(
        "library/emails/new_answers",
        {
            "saved": saved,
            "narrowed": narrowed_in_words(saved),
            "found": found,
            "count": len(found),
            "url": f"{settings.SITE_URL}{reverse('library:search')}?{urlencode(address_of(saved), doseq=True)}",
            "stop": stop,
            "renew": _to("library:search_confirm", saved),
        },
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _to(name: str, saved: SavedSearch) -> str:
    return settings.SITE_URL + reverse(name, args=[saved.token])
