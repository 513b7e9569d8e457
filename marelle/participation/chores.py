"""What the timer does for participation."""

from __future__ import annotations

from datetime import datetime

from marelle.jobs.chores import hourly
from marelle.participation.actions import sessions


@hourly("participation.close_sessions")
def close_forgotten_sessions(*, at: datetime) -> int:
    return sessions.close_forgotten(at=at)


@hourly("participation.settle_sessions")
def settle_closed_sessions(*, at: datetime) -> int:
    return sessions.settle_closed(at=at)
