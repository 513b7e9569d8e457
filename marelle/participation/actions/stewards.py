"""Who prepares, who moderates and who protects: named, and thanked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import consultations as emails
from marelle.participation.enums import ConsultationState, Duty
from marelle.participation.models import Consultation, Steward
from marelle.participation.queries.consultations import person_of
from marelle.participation.queries.readiness import draft_of, nation_protects
from marelle.participation.rules import consultations as rules

from .consultations import locked


@transaction.atomic
def name(*, consultation: Consultation, email: str, duty: str, by: Any, at: datetime) -> Steward:
    """Give a duty to a person of the organisation, found by their address. They are told."""
    consultation = locked(consultation)
    require(rules.can_name(by, consultation))
    person = person_of(consultation.organisation, email, on=timezone.localdate(at))
    if person is None:
        raise Refused(
            _("Personne de %(organisation)s n’a cette adresse. Invitez d’abord cette personne dans l’organisation.")
            % {"organisation": consultation.organisation}
        )
    steward, is_new = Steward.objects.get_or_create(
        consultation=consultation, user=person, duty=Duty(duty), defaults={"named_at": at}
    )
    if is_new:
        record("participation.steward.named", on=consultation, by=by, at=at, who=person.public_id, duty=duty)
        if person.pk != by.pk:
            send_on_commit(emails.steward_named, to=person, at=at, consultation=consultation, duty=str(duty))
    return steward


@transaction.atomic
def thank(*, steward: Steward, by: Any, at: datetime) -> None:
    """Take a duty back. What children write is never left without a reader while it may still arrive."""
    consultation = locked(steward.consultation)
    require(rules.can_name(by, consultation))
    others = [one for one in consultation.stewards.all() if one.duty == steward.duty and one.pk != steward.pk]
    if steward.duty == Duty.AUTHOR and not others:
        raise Refused(_("Nommez d’abord quelqu’un d’autre pour préparer cette consultation."))
    if consultation.state != ConsultationState.DRAFT and not others and _has_words(consultation):
        if steward.duty == Duty.MODERATOR:
            raise Refused(_("Nommez d’abord quelqu’un d’autre pour relire les paroles des enfants."))
        if steward.duty == Duty.SAFEGUARDING and not nation_protects(timezone.localdate(at)):
            raise Refused(_("Nommez d’abord quelqu’un d’autre pour recevoir les alertes."))
    Steward.objects.filter(pk=steward.pk).delete()
    record(
        "participation.steward.thanked", on=consultation, by=by, at=at, who=steward.user.public_id, duty=steward.duty
    )


def _has_words(consultation: Consultation) -> bool:
    return any(question.is_text for question in draft_of(consultation).questions.values())
