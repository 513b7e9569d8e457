"""Consents to be recognised in a picture or a film: recorded, withdrawn at once, ended on their day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import require
from marelle.documents.actions import forget, store_upload
from marelle.library.emails import media as emails
from marelle.library.enums import Showing
from marelle.library.models import ImageConsent, Picture, Video
from marelle.library.queries import media as queries
from marelle.library.rules import media as rules
from marelle.library.signals import shown_or_hidden
from marelle.notifications.actions import send_on_commit

STEPS = (60, 14)
"""Reminders before a consent ends, in days. The day after its end the picture is hidden and its editors are told."""


@transaction.atomic
def give(
    *,
    about: Picture | Video,
    reference: str,
    given_on: date,
    valid_until: date,
    proof: UploadedFile,
    by: Any,
    at: datetime,
) -> ImageConsent:
    """A signed paper comes in for one child of a picture or a film. With the last one missing, it may be shown."""
    about = locked(about)
    today = timezone.localdate(at)
    require(rules.can_record_consent(by, about))
    require(rules.can_be_consent(given_on=given_on, valid_until=valid_until, on=today))
    given = ImageConsent.objects.create(
        **_on(about), of_file=about.shown_file, reference=reference, given_on=given_on, valid_until=valid_until,
        proof=store_upload(proof, by=by, at=at), recorded_at=at, recorded_by=by,
    )  # fmt: skip
    record("library.consent.given", on=about, by=by, at=at)
    reckon(about=about, at=at)
    return given


@transaction.atomic
def withdraw(*, consent: ImageConsent, by: Any, at: datetime) -> ImageConsent:
    """From this moment nobody sees the picture any more, on no page. By the family with its link (`by` is None), or by
    an editor whom it told. The editors learn which pages showed it."""
    about = locked(consent.about)
    consent = ImageConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if by is not None:
        require(rules.can_edit(by))
    require(rules.can_withdraw(consent))
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record("library.consent.withdrawn", on=about, by=by, at=at, by_family=by is None)
    reckon(about=about, at=at)
    _tell(about, ended=False, at=at)
    return consent


def look_after(*, at: datetime) -> int:
    """Every day: tell in time which consents end, hide what is no longer agreed to, and forget papers that ended."""
    rows = ImageConsent.objects.select_related("picture", "video", "proof").order_by("pk")
    return one_by_one(list(rows), lambda consent: _look_after(consent, at))


@transaction.atomic
def _look_after(consent: ImageConsent, at: datetime) -> int:
    today = timezone.localdate(at)
    about = locked(consent.about)
    if consent.withdrawn_at is None and consent.valid_until >= today:
        return _chase(consent, about, today, at)
    ended = consent.withdrawn_at is None
    proof = consent.proof
    consent.delete()
    if proof is not None:
        forget(file=proof)
    if ended:
        was_shown = bool(rules.can_be_shown(about, today - timedelta(days=1)))
        record("library.consent.ended", on=about, by=None, at=at)
        reckon(about=about, at=at)
        if was_shown and not rules.can_be_shown(about, today):
            _tell(about, ended=True, at=at)
    record("library.consent.forgotten", on=about, by=None, at=at)
    return 1


def _chase(consent: ImageConsent, about: Picture | Video, today: date, at: datetime) -> int:
    reached = [step for step in STEPS if (consent.valid_until - today).days <= step]
    if not reached or (consent.chased is not None and consent.chased <= min(reached)):
        return 0
    consent.chased = min(reached)
    consent.save(update_fields=["chased"])
    for person in queries.keepers(today):
        send_on_commit(emails.consent_ending, to=person, at=at, consent=consent)
    record("library.consent.chased", on=about, by=None, at=at, days=min(reached))
    return 1


def reckon(*, about: Picture | Video, at: datetime) -> date | None:
    """Write down until when every child of a picture is covered by a consent, for pages to read without a query.

    With three children, it is the day on which the third consent from the end runs out: from then on only two hold.
    """
    on = timezone.localdate(at)
    until = None
    if about.showing == Showing.CHILDREN and about.children:
        days = sorted(queries.covered(about, queries.consents(about), on).values(), reverse=True)
        until = days[about.children - 1] if len(days) >= about.children else None
    if until != about.consented_until:
        about.consented_until = until
        about.save(update_fields=["consented_until"])
        tell_pages(about=about, at=at)
    return until


def tell_pages(*, about: Picture | Video, at: datetime) -> None:
    """Pages kept ready that show it are made again."""
    transaction.on_commit(lambda: shown_or_hidden.send(sender=type(about), about=about, at=at))


def _tell(about: Picture | Video, *, ended: bool, at: datetime) -> None:
    """The editors learn that it is hidden, and where it was seen."""
    for person in queries.keepers(timezone.localdate(at)):
        send_on_commit(
            emails.media_hidden, to=person, at=at, ended=ended,
            **({"picture": about} if isinstance(about, Picture) else {"video": about}),
        )  # fmt: skip


def _on(about: Picture | Video) -> dict[str, Any]:
    return {"picture": about} if isinstance(about, Picture) else {"video": about}


def locked(about: Picture | Video) -> Any:
    return type(about)._default_manager.select_for_update(of=("self",)).get(pk=about.pk)
