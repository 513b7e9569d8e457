"""What is written about results: to the adult of each group, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from marelle.notifications.messages import Email
from marelle.participation.models import Consultation


def results_published(*, to: Any, consultation: Consultation) -> Email:
    """To the adult of a group: what children said is public, and the group has its own sheet."""
    url = settings.SITE_URL + reverse("participation:results", args=[consultation.public_id])
    children = settings.SITE_URL + reverse("participation:results_children", args=[consultation.public_id])
    return Email.from_templates(
        "participation/emails/results_published",
        {"to": to, "consultation": consultation, "url": url, "children": children},
    )
