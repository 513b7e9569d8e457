"""What the programme promised to forget, on its day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marelle.audit.actions import record
from marelle.programme.models import ConflictOfInterest


@transaction.atomic
def forget_reasons_of_conflicts(*, at: datetime) -> int:
    """Why somebody stepped aside is theirs again once the mandate is over; that they did stays. Gives how many."""
    over = ConflictOfInterest.objects.filter(candidacy__route__mandate__ends_on__lt=timezone.localdate(at))
    count = over.exclude(reason="", lifted_reason="").update(reason="", lifted_reason="")
    if count:
        record("programme.conflict.forgotten", on=ConflictOfInterest, by=None, at=at, count=count)
    return count
