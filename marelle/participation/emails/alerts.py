"""Mails about alerts: that there is something to read, and where. Never the words, nor what they are about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from marelle.notifications.messages import Email
from marelle.participation.enums import AlertState
from marelle.participation.models import Alert


def alert_raised(*, to: Any, alert: Alert, count: int) -> Email | None:
    """To those who protect, at once. Nothing when a colleague followed it to its end before the mail left."""
    return _about("alert_raised", to, alert, count) if alert.state != AlertState.CLOSED else None


def alert_untouched(*, to: Any, alert: Alert) -> Email | None:
    """To every national officer: hours have passed and nobody has taken it in hand."""
    return _about("alert_untouched", to, alert, 1) if alert.state == AlertState.NEW else None


def _about(name: str, to: Any, alert: Alert, count: int) -> Email | None:
    if not Alert.objects.visible_to(to).filter(pk=alert.pk).exists():
        return None
    one = reverse("participation:alert", args=[alert.public_id])
    url = settings.SITE_URL + (one if count == 1 else reverse("participation:alerts"))
    return Email.from_templates(f"participation/emails/{name}", {"to": to, "count": count, "alert": alert, "url": url})
