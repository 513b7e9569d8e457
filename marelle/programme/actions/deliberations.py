"""The council's vote, brought to the file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.documents.models import File
from marelle.notifications.actions import send_on_commit
from marelle.programme.emails import titles as emails
from marelle.programme.models import Candidacy, Deliberation
from marelle.programme.queries import people
from marelle.programme.queries.titles import papers
from marelle.programme.rules import titles as rules

from . import agreements
from .moving import locked, sign_of_life


@transaction.atomic
def record_deliberation(
    *, candidacy: Candidacy, number: str, held_on: date, council: str, document: File | None, by: Any, at: datetime
) -> Deliberation:
    """The council approved the agreement. Recorded again to correct a slip; without a new document, the one
    already there stays. An agreement not yet signed is made anew, so that it names the vote."""
    candidacy = locked(candidacy)
    require(rules.can_bring_papers(by, candidacy))
    known = papers(candidacy)
    document = document or (known.deliberation.document if known.deliberation else None)
    if not number.strip() or not council.strip():
        raise Refused(_("Indiquez le numéro de la délibération et l’assemblée qui l’a votée."))
    if document is None:
        raise Refused(_("Joignez la délibération."))
    if held_on > localdate(at):
        raise Refused(_("La séance ne peut pas avoir lieu à une date à venir."))
    deliberation, _made = Deliberation.objects.update_or_create(
        candidacy=candidacy,
        defaults={
            "number": number.strip(), "held_on": held_on, "council": council.strip(), "document": document,
            "recorded_at": at, "recorded_by": by,
        },
    )  # fmt: skip
    sign_of_life(candidacy, by=by, at=at)
    if known.agreement and not known.is_signed:
        agreements.produce(candidacy, by=by, at=at)

    record("programme.deliberation.recorded", on=candidacy, by=by, at=at, document=document.public_id)
    for person in people.team_of(candidacy, localdate(at)):
        if person != by:
            send_on_commit(emails.deliberation_recorded, to=person, at=at, candidacy=candidacy)
    return deliberation
