"""Corrections asked of a collectivité: which fields, why, until when, the clock stopped or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_FILE
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.actions.messages import keys_of
from marelle.programme.actions.moving import change_status, locked
from marelle.programme.actions.reviews import set_due_day
from marelle.programme.emails import instruction as emails
from marelle.programme.enums import Move
from marelle.programme.models import Candidacy, Correction, CorrectionItem
from marelle.programme.queries.people import members
from marelle.programme.rules import corrections as rules


@transaction.atomic
def ask(
    *, candidacy: Candidacy, items: Mapping[str, str], due_on: date, stops_clock: bool, by: Any, at: datetime
) -> Correction:
    """Hand the file back for named fields, each with its reason. The collectivité may write in it again."""
    candidacy = locked(candidacy)
    require(rules.can_ask(by, candidacy))
    reasons = {key: reason.strip() for key, reason in items.items()}
    if not reasons:
        raise Refused(_("Choisissez au moins une question ou une pièce à corriger."))
    if not set(reasons) <= keys_of(candidacy):
        raise Refused(_("Une des questions choisies n’existe pas dans le dossier."))
    if not all(reasons.values()):
        raise Refused(_("Dites pour chaque point ce qui est à corriger."))
    if due_on <= timezone.localdate(at):
        raise Refused(_("La date de retour doit être à venir."))
    correction = Correction.objects.create(
        candidacy=candidacy, after=candidacy.submissions.latest("number"), stops_clock=stops_clock, due_on=due_on,
        asked_at=at, asked_by=by,
    )  # fmt: skip
    CorrectionItem.objects.bulk_create(
        CorrectionItem(correction=correction, question=key, reason=reason) for key, reason in reasons.items()
    )
    change_status(candidacy, Move.ASK_CORRECTION, at=at)
    set_due_day(candidacy, at=at)
    record(
        "programme.correction.asked", on=correction, by=by, at=at,
        candidacy=candidacy.public_id, items=len(reasons), stops_clock=stops_clock, due_on=due_on,
    )  # fmt: skip
    for person in members(candidacy.organisation, WRITES_FILE, timezone.localdate(at)):
        send_on_commit(emails.correction_asked, to=person, at=at, correction=correction)
    return correction


@transaction.atomic
def cancel(*, candidacy: Candidacy, by: Any, at: datetime) -> Candidacy:
    """Take the request back: the study goes on with what was submitted, and the clock runs again."""
    candidacy = locked(candidacy)
    require(rules.can_cancel(by, candidacy))
    correction = candidacy.corrections.select_for_update(of=("self",)).filter(closed_at__isnull=True).first()
    if correction:
        correction.closed_at = at
        correction.save(update_fields=["closed_at"])
    change_status(candidacy, Move.CANCEL_CORRECTION, at=at)
    set_due_day(candidacy, at=at)
    record("programme.correction.cancelled", on=correction or candidacy, by=by, at=at, candidacy=candidacy.public_id)
    for person in members(candidacy.organisation, WRITES_FILE, timezone.localdate(at)):
        send_on_commit(emails.correction_cancelled, to=person, at=at, candidacy=candidacy)
    return candidacy
