"""Children who stand: their card, read by an adult; they may renounce at any moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.participation.models import Candidate, Election
from marelle.participation.rules import elections as rules

from .elections import candidate_locked, locked, renewed


@transaction.atomic
def add(
    *,
    election: Election,
    first_name: str,
    school: str = "",
    picto: str = "",
    promise: str = "",
    has_consent: bool = False,
    by: Any,
    at: datetime,
) -> Candidate:
    election = locked(election)
    require(rules.can_prepare(by, election))
    candidate = Candidate.objects.create(
        election=election, first_name=first_name, school=school, picto=picto, promise=promise, has_consent=has_consent
    )
    record("participation.candidate.added", on=election, by=by, at=at)
    return candidate


@transaction.atomic
def change(
    *,
    candidate: Candidate,
    first_name: str,
    school: str = "",
    picto: str = "",
    promise: str = "",
    has_consent: bool = False,
    by: Any,
    at: datetime,
) -> Candidate:
    candidate = candidate_locked(candidate)
    require(rules.can_prepare(by, candidate.election))
    candidate.first_name, candidate.school, candidate.picto = first_name, school, picto
    candidate.promise, candidate.has_consent = promise, has_consent
    candidate.save(update_fields=["first_name", "school", "picto", "promise", "has_consent"])
    record("participation.candidate.changed", on=candidate.election, by=by, at=at)
    return candidate


@transaction.atomic
def remove(*, candidate: Candidate, by: Any, at: datetime) -> None:
    """Before the vote: the card goes, and nothing of it stays."""
    candidate = candidate_locked(candidate)
    require(rules.can_prepare(by, candidate.election))
    record("participation.candidate.removed", on=candidate.election, by=by, at=at)
    candidate.delete()


@transaction.atomic
def withdraw(*, candidate: Candidate, by: Any, at: datetime) -> Candidate:
    """During the vote or after: no longer shown, never elected. What was voted for them elects nobody."""
    candidate = candidate_locked(candidate)
    require(rules.can_withdraw(by, candidate))
    candidate.withdrawn_on, candidate.is_drawn = timezone.localdate(at), False
    candidate.save(update_fields=["withdrawn_on", "is_drawn"])
    renewed(candidate.election)
    record("participation.candidate.withdrawn", on=candidate.election, by=by, at=at)
    return candidate
