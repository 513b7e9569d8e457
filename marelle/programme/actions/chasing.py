"""Reminders before the date limit of a file. Each leaves once; running twice a day does no harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.notifications.actions import send_on_commit
from marelle.programme.emails import files as emails
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy, Chase
from marelle.programme.queries import files

from .moving import locked

LATE_FOR = 7
"""For how many days after the limit a file may still be told that it is late: a timer may have stopped."""


def chase(*, at: datetime) -> int:
    """Remind the collectivités whose draft, or whose corrections, are not handed over. Returns how many files."""
    rows = Candidacy.objects.filter(status__in=[Status.DRAFT, Status.CORRECTION]).order_by("pk")
    return one_by_one(rows.iterator(chunk_size=200), lambda candidacy: _chase_one(candidacy, at))


@transaction.atomic
def _chase_one(candidacy: Candidacy, at: datetime) -> bool:
    candidacy = locked(candidacy)
    deadlines = candidacy.version.definition.deadlines
    if deadlines is None:
        return False
    today = timezone.localdate(at)
    if candidacy.status == Status.DRAFT:
        due_at = candidacy.due_at or deadlines.file_due_at
        due_on = timezone.localdate(due_at)
        if at > due_at:
            recent = today - due_on <= timedelta(days=LATE_FOR)
            return recent and _send(candidacy, Chase.About.LATE, due_on, 0, emails.file_late, at)
        about, build = Chase.About.DRAFT, emails.file_chase
    elif candidacy.status == Status.CORRECTION and (correction := files.open_correction(candidacy)):
        if not files.file_of(candidacy).changed:
            return False  # Nothing waits to be sent: what the team asked is the instruction's to recall.
        due_on, about, build = correction.due_on, Chase.About.EDITS, emails.edits_chase
    else:
        return False
    left = (due_on - today).days
    reached = [days for days in deadlines.chase_days_before if 0 <= left <= days]
    if not reached:
        return False
    # The nearest one only: after a stop of the timer, people get one reminder, not the arrears.
    return _send(candidacy, about, due_on, min(reached), build, at, days=left)


def _send(candidacy, about: str, due_on: date, step: int, build: Callable, at: datetime, **facts) -> bool:
    _row, is_new = Chase.objects.get_or_create(
        candidacy=candidacy, about=about, due_on=due_on, days=step, defaults={"sent_at": at}
    )
    if not is_new:
        return False
    for person in files.writers(candidacy, timezone.localdate(at)):
        send_on_commit(build, to=person, at=at, candidacy=candidacy, **facts)
    record("programme.file.chased", on=candidacy, by=None, at=at, about=about, days=step)
    return True
