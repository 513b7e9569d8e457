"""What the timer does here."""

from __future__ import annotations

from datetime import datetime

from marelle.jobs.chores import hourly

from .actions import editorial


@hourly("library.publish_what_is_due")
def publish_what_is_due(*, at: datetime) -> int:
    return editorial.publish_what_is_due(at=at)


@hourly("library.editing_sessions")
def forget_who_was_editing(*, at: datetime) -> int:
    return editorial.forget_who_was_editing(at=at)
