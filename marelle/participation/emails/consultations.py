"""What is written around a consultation: opened, closed by its last day, the answer that children wait for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from marelle.notifications.messages import Email
from marelle.participation.enums import ConsultationState, Duty
from marelle.participation.models import Consultation

WAITS = {ConsultationState.OPEN, ConsultationState.CLOSED}


def consultation_opened(*, to: Any, consultation: Consultation) -> Email | None:
    """To those named for it: words may arrive from now on."""
    return _about("consultation_opened", to, consultation) if consultation.state == ConsultationState.OPEN else None


def consultation_closed(*, to: Any, consultation: Consultation) -> Email | None:
    """To its authors: its last day has passed. Nothing when they answered before the mail left."""
    return _about("consultation_closed", to, consultation) if consultation.state == ConsultationState.CLOSED else None


def consultation_answered(*, to: Any, consultation: Consultation) -> Email | None:
    """To the adult of each group, who reads it to the children."""
    return _about("consultation_answered", to, consultation)


def answer_due(*, to: Any, consultation: Consultation) -> Email | None:
    """To its authors: the day promised comes near."""
    return _about("answer_due", to, consultation) if consultation.state in WAITS else None


def answer_overdue(*, to: Any, consultation: Consultation) -> Email | None:
    return _about("answer_overdue", to, consultation) if consultation.is_overdue(timezone.localdate()) else None


def steward_named(*, to: Any, consultation: Consultation, duty: str) -> Email | None:
    """To a person of the organisation: a duty is yours. Nothing when it was taken back before the mail left."""
    if not consultation.stewards.filter(user=to, duty=duty).exists():
        return None
    return _about("steward_named", to, consultation, duty=Duty(duty).label)


def _about(name: str, to: Any, consultation: Consultation, **facts: Any) -> Email:
    url = settings.SITE_URL + reverse("participation:consultation", args=[consultation.public_id])
    return Email.from_templates(
        f"participation/emails/{name}", facts | {"to": to, "consultation": consultation, "url": url}
    )
