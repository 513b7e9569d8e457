"""What children and their guardians allow on paper: recorded, withdrawn at once, signed again in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import require
from marelle.documents.actions import store_upload
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import councils as emails
from marelle.participation.enums import ConsentKind
from marelle.participation.models import Consent, Council, Member
from marelle.participation.queries import councils as queries
from marelle.participation.rules import councils as rules

from .members import locked

STEPS = (60, 14, 0)
"""Reminders before a consent to take part ends, in days; the last one says that it has ended."""


@transaction.atomic
def give(
    *,
    member: Member,
    kinds: Iterable[str],
    by_child: bool,
    by_guardians: bool,
    of_age: bool = False,
    signed_on: date,
    valid_until: date,
    document: UploadedFile | None = None,
    by: Any,
    at: datetime,
) -> list[Consent]:
    """One signed paper: taking part, being pictured, or both, each its own row that can be withdrawn alone."""
    member = locked(member)
    require(rules.can_record_consent(by, member))
    require(
        rules.can_be_consent(
            member, by_child=by_child, by_guardians=by_guardians, of_age=of_age, signed_on=signed_on,
            valid_until=valid_until, on=timezone.localdate(at),
        )
    )  # fmt: skip
    paper = store_upload(document, by=by, at=at) if document else None
    given = [
        Consent.objects.create(
            member=member, kind=kind, by_child=by_child, by_guardians=by_guardians, of_age=of_age, signed_on=signed_on,
            valid_until=valid_until, document=paper, recorded_at=at, recorded_by=by,
        )
        for kind in dict.fromkeys(kinds)
    ]  # fmt: skip
    for one in given:
        record("participation.consent.given", on=member, by=by, at=at, about=one.kind, document=paper is not None)
    return given


@transaction.atomic
def withdraw(*, consent: Consent, by: Any, at: datetime) -> Consent:
    """From this moment: the child no longer sits, or is no longer pictured, on the public page too. Every consent of
    this kind goes: a family that says no does not mean one paper of two."""
    consent = _locked(consent)
    require(rules.can_withdraw(by, consent))
    today = timezone.localdate(at)
    for one in consent.member.consents.filter(kind=consent.kind, withdrawn_on__isnull=True):
        one.withdrawn_on = max(today, one.signed_on)
        one.save(update_fields=["withdrawn_on"])
    record("participation.consent.withdrawn", on=consent.member, by=by, at=at, about=consent.kind)
    consent.refresh_from_db()
    return consent


@transaction.atomic
def put_back(*, consent: Consent, by: Any, at: datetime) -> Consent:
    """The withdrawal was noted for the wrong child."""
    consent = _locked(consent)
    require(rules.can_put_back(by, consent, at=at))
    consent.withdrawn_on = None
    consent.save(update_fields=["withdrawn_on"])
    record("participation.consent.put_back", on=consent.member, by=by, at=at, about=consent.kind)
    return consent


@transaction.atomic
def drop(*, consent: Consent, by: Any, at: datetime) -> None:
    """Recorded by mistake. Its paper goes with the files that nothing refers to."""
    consent = _locked(consent)
    require(rules.can_drop_consent(by, consent, at=at))
    record("participation.consent.dropped", on=consent.member, by=by, at=at, about=consent.kind)
    consent.delete()


def chase(*, at: datetime) -> int:
    """Tell the adults of each council which consents end, in one mail. Running it twice does no harm."""
    today = timezone.localdate(at)
    current = Council.objects.filter(ended_on__isnull=True, terms__starts_on__lte=today, terms__ends_on__gte=today)
    return one_by_one(current.distinct().order_by("pk"), lambda council: _chase_one(council, at))


@transaction.atomic
def _chase_one(council: Council, at: datetime) -> int:
    today = timezone.localdate(at)
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    term = queries.term_of(council, on=today)
    assert term is not None  # `chase` chose councils that have one today.
    due = [found for seat in queries.seats(term, on=today) if (found := _due(seat, today))]
    for consent, step in due:
        consent.chased = step
        consent.save(update_fields=["chased"])
    if not due:
        return 0
    for person in queries.people(council, on=today):
        send_on_commit(emails.consents_ending, to=person, at=at, council=council)
    record("participation.consent.chased", on=council, by=None, at=at, count=len(due))
    return len(due)


def _due(seat: queries.Seat, today: date) -> tuple[Consent, int] | None:
    """The consent of a member that calls for a reminder today, and which: the nearest step alone, each once."""
    consent = seat.participation
    if consent is None or seat.place not in {queries.Place.SITS, queries.Place.ENDED}:
        return None
    left = max((consent.valid_until - today).days, 0) if seat.sits else 0
    if seat.sits and left == 0:
        left = 1  # It holds until this evening: « ended » is said tomorrow.
    reached = [step for step in STEPS if left <= step]
    if not reached or (consent.chased is not None and consent.chased <= min(reached)):
        return None
    return consent, min(reached)


def _locked(consent: Consent) -> Consent:
    member = locked(consent.member)
    row = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    row.member = member
    return row


KINDS = (ConsentKind.PARTICIPATION, ConsentKind.IMAGE)
