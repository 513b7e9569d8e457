"""What the timer does for ballots."""

from __future__ import annotations

from datetime import datetime

from marelle.jobs.chores import hourly

from .actions import opening


@hourly("ballots.open_envelopes")
def open_envelopes(*, at: datetime) -> int:
    return opening.open_all(at=at)
