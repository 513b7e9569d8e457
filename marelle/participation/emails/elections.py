"""What is written around an election, to adults alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from marelle.notifications.messages import Email
from marelle.participation.models import Election


def result_announced(*, to: Any, election: Election) -> Email | None:
    """To the adults of the council and of the classes: the result may be read and told. No child's name in a mail."""
    if not election.announced_at:
        return None
    url = settings.SITE_URL + reverse("participation:election", args=[election.public_id])
    return Email.from_templates("participation/emails/election_announced", {"to": to, "election": election, "url": url})
