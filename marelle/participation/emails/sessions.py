"""What is written to the adult of a group."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from marelle.ballots.enums import StationState
from marelle.ballots.rules import LATE
from marelle.notifications.messages import Email
from marelle.participation.models import Session


def sheets_waiting(*, to: Any, session: Session) -> Email | None:
    """The session closed by itself and typed sheets were not confirmed. Nothing once they are, or too late."""
    station = session.station
    waiting = station.bundles.filter(confirmed_at__isnull=True)
    if station.state != StationState.CLOSED or not station.closed_at or not waiting.exists():
        return None
    context = {
        "to": to,
        "session": session,
        "sheets": sum(bundle.sheets for bundle in waiting),
        "before": station.closed_at + LATE,
        "url": settings.SITE_URL + reverse("participation:session", args=[session.public_id]),
    }
    return Email.from_templates("participation/emails/sheets_waiting", context)
