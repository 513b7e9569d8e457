"""What a child answered comes in: counted once, and the child helped at once when their words worry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marelle.ballots.actions import casting
from marelle.ballots.models import Station


@dataclass(frozen=True)
class Sent:
    counted: bool
    """False: this very sending had been counted before, and is answered as the first time."""
    needs_help: bool
    """The child is shown 119 and 3018 at once."""


def send(
    *,
    station: Station,
    answers: Mapping[str, Any],
    words: Mapping[str, str],
    sending: str,
    ticket: str = "",
    at: datetime,
) -> Sent:
    """Store one child's answers (`casting.cast` says what it raises). No more than 4 queries when nothing worries."""
    try:
        counted = casting.cast(station=station, answers=answers, words=words, sending=sending, ticket=ticket, at=at)
    except casting.TicketRefused:
        # After the transaction that was undone: a wrong try stays written.
        casting.note_wrong_try(station=station, at=at)
        raise
    return Sent(counted, needs_help=False)
