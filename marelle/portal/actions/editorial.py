"""What editors do to the public pages, noted in the log. Wagtail does it; its news reach us by signals (`apps.py`).

The number of the last entry is the age of all that is kept of pages (`audit.kept`): a page that changes without an
entry would be shown as it was.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marelle.audit.actions import record


def published(*, page: Any, by: Any, at: datetime) -> None:
    """What this page says to everyone has changed."""
    record("portal.page.published", on=page, by=by, at=at)


def unpublished(*, page: Any, by: Any, at: datetime) -> None:
    """The public reads it no longer."""
    record("portal.page.unpublished", on=page, by=by, at=at)


def moved(*, page: Any, by: Any, at: datetime) -> None:
    """It, and what stands under it, has another address."""
    record("portal.page.moved", on=page, by=by, at=at)


def deleted(*, page: Any, by: Any, at: datetime) -> None:
    """It is gone, drafts included."""
    record("portal.page.deleted", on=page, by=by, at=at)
