"""What every page shows around its content: where this person may go, from their roles of today."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject

from .queries.navigation import account_entries, entries, footer_entries


def navigation(request) -> dict[str, Any]:
    """Worked out only by a page that shows it: an error page, or a fragment asked for by htmx, asks nothing."""
    if getattr(request, "htmx", False):
        return {}
    user = getattr(request, "user", None)
    return {
        "navigation": SimpleLazyObject(lambda: entries(user, request.path)),
        "account_menu": SimpleLazyObject(lambda: account_entries(user)),
        "footer_links": SimpleLazyObject(footer_entries),
    }
