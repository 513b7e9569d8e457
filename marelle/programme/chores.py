"""What the timer does for the programme."""

from __future__ import annotations

from datetime import datetime

from marelle.jobs.chores import daily
from marelle.programme.actions import chasing, forgetting, opinions, probations


@daily("programme.opinion_reminders")
def remind_of_opinions(*, at: datetime) -> int:
    return opinions.remind_due(at=at)


@daily("programme.chase_files")
def chase_files(*, at: datetime) -> int:
    return chasing.chase(at=at)


@daily("programme.probations_ended")
def tell_probations_ended(*, at: datetime) -> int:
    return probations.tell_ended(at=at)


@daily("programme.forget")
def forget_reasons_of_conflicts(*, at: datetime) -> int:
    return forgetting.forget_reasons_of_conflicts(at=at)
