"""The time the team has to study a file: it runs from the first submission, and stands still while corrections
that stop it are awaited and while the file was before the commission, when it came back from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from marelle.programme.enums import IN_INSTRUCTION, Status
from marelle.programme.models import Candidacy, Correction, StatusChange, Submission


@dataclass(frozen=True)
class Clock:
    """Whole days, in the programme's time zone. `days_used + days_stopped` is the time elapsed."""

    started_on: date
    read_on: date
    """The day it is read, or the day it ended when that came first."""
    days_allowed: int
    days_used: int
    days_stopped: int
    is_stopped: bool
    has_ended: bool

    @property
    def due_on(self) -> date:
        """The day the allowed time is used up; one day later for each day the clock stands still."""
        return self.started_on + timedelta(days=self.days_allowed + self.days_stopped)

    @property
    def is_overdue(self) -> bool:
        return self.days_used > self.days_allowed


Stop = tuple[date, date | None]
"""The day it began and the day it ended; None while it lasts."""


def reckon(*, started_on: date, days_allowed: int, stops: Iterable[Stop], on: date, ended_on: date | None) -> Clock:
    """The clock's laws, without the database. A day on which two stops overlap is counted once."""
    read_on = max(started_on, min(on, ended_on) if ended_on else on)
    stopped, reached = 0, started_on
    is_stopped = False
    for begins, ends in sorted(stops, key=lambda stop: stop[0]):
        if begins <= read_on and (ends is None or ends > read_on):
            is_stopped = ended_on is None or on < ended_on
        begins, ends = max(begins, reached), min(ends or read_on, read_on)
        if ends > begins:
            stopped += (ends - begins).days
            reached = ends
    return Clock(
        started_on=started_on, read_on=read_on, days_allowed=days_allowed,
        days_used=(read_on - started_on).days - stopped, days_stopped=stopped,
        is_stopped=is_stopped, has_ended=ended_on is not None and on >= ended_on,
    )  # fmt: skip


def clock(
    candidacy: Candidacy, *, on: date,
    submissions: Iterable[Submission] | None = None, corrections: Iterable[Correction] | None = None,
    changes: Iterable[StatusChange] | None = None,
) -> Clock | None:  # fmt: skip
    """The clock of a file in instruction, read on a day; None before the first submission, when the route sets
    no time, and once the commission has decided. Makes no query after `with_clock`, or when the file's
    submissions, corrections and changes of state are given."""
    deadlines = candidacy.version.definition.deadlines
    handed_over = candidacy.submissions.all() if submissions is None else submissions
    asked = candidacy.corrections.all() if corrections is None else corrections
    lived = candidacy.status_changes.all() if changes is None else changes
    days = [timezone.localdate(one.submitted_at) for one in handed_over]
    if deadlines is None or not days or candidacy.status not in IN_INSTRUCTION:
        return None
    return reckon(
        started_on=min(days),
        days_allowed=deadlines.instruction_days,
        stops=[
            *(
                (timezone.localdate(one.asked_at), one.closed_at and timezone.localdate(one.closed_at))
                for one in asked
                if one.stops_clock
            ),
            *_before_the_commission(lived),
        ],
        on=on,
        ended_on=timezone.localdate(candidacy.status_since) if candidacy.status == Status.COMMISSION else None,
    )


def _before_the_commission(changes: Iterable[StatusChange]) -> Iterator[Stop]:
    """Each stay before the commission that ended. While one lasts, the clock has ended instead."""
    entered: date | None = None
    for change in sorted(changes, key=lambda one: (one.at, one.pk)):
        if change.status == Status.COMMISSION:
            entered = timezone.localdate(change.at)
        elif change.was == Status.COMMISSION and entered is not None:
            yield entered, timezone.localdate(change.at)
            entered = None


def with_clock(candidacies: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """A list whose clocks are read without a query per file, and without loading what was submitted."""
    bare = Submission.objects.only("candidacy_id", "submitted_at", "number")
    return candidacies.select_related("version").prefetch_related(
        "corrections", "status_changes", Prefetch("submissions", bare)
    )
