"""Opening the study of a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marelle.accounts.queries import standing
from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.notifications.actions import send_on_commit
from marelle.programme.actions.moving import change_status, locked
from marelle.programme.emails import instruction as emails
from marelle.programme.enums import Move
from marelle.programme.models import Candidacy
from marelle.programme.queries.clock import clock
from marelle.programme.queries.people import collectivite_of
from marelle.programme.rules.moves import can_move


@transaction.atomic
def open_review(*, candidacy: Candidacy, by: Any, at: datetime) -> Candidacy:
    """Begin to study a file: the collectivité learns who reads it and by when. An adviser who opens a file
    that nobody follows becomes its adviser."""
    candidacy = locked(candidacy)
    require(can_move(by, candidacy, Move.OPEN_REVIEW))
    if candidacy.adviser is None and standing(by).is_adviser:
        candidacy.adviser = by
        record("programme.candidacy.assigned", on=candidacy, by=by, at=at, adviser=by.public_id)
    change_status(candidacy, Move.OPEN_REVIEW, at=at, adviser=candidacy.adviser)
    set_due_day(candidacy, at=at)
    record("programme.review.opened", on=candidacy, by=by, at=at)
    for person in collectivite_of(candidacy, timezone.localdate(at)):
        send_on_commit(emails.review_opened, to=person, at=at, candidacy=candidacy)
    return candidacy


def set_due_day(candidacy: Candidacy, *, at: datetime) -> None:
    """Write down the day the clock says the study is due, so that lists can be sorted by it. To be called when a
    submission or a correction changed; the caller holds the lock."""
    fresh = Candidacy.objects.select_related("version").get(pk=candidacy.pk)
    found = clock(fresh, on=timezone.localdate(at))
    candidacy.review_due_on = found.due_on if found else None
    candidacy.save(update_fields=["review_due_on"])
