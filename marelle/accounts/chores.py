"""What the timer does here: forgetting on the day that was promised."""

from __future__ import annotations

from datetime import datetime

from marelle.jobs.chores import daily

from .actions import people, seats


@daily("accounts.forget")
def forget_what_has_ended(*, at: datetime) -> int:
    return people.forget_what_has_ended(at=at)


@daily("accounts.seats")
def take_seats_away(*, at: datetime) -> int:
    return seats.clear_the_room()
