"""What is written to the adults who look after a council. No child is ever written to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from marelle.notifications.messages import Email
from marelle.participation.models import Council
from marelle.participation.queries import councils as queries
from marelle.ui.components.words import day_in_words


def consents_ending(*, to: Any, council: Council) -> Email | None:
    """How many consents end, and by when. No first name leaves in a mail. Nothing once all are signed again."""
    today = timezone.localdate()
    term = queries.term_of(council, on=today)
    seats = queries.seats(term, on=today) if term else []
    ending = [seat for seat in seats if seat.ends_soon]
    ended = [seat for seat in seats if seat.place == queries.Place.ENDED]
    if not ending and not ended:
        return None
    first = min((seat.ends_soon for seat in ending if seat.ends_soon), default=None)
    context = {
        "to": to,
        "council": council,
        "ending": len(ending),
        "ended": len(ended),
        "first": day_in_words(first) if first else "",
        "url": settings.SITE_URL + reverse("participation:council", args=[council.public_id]) + "#accords",
    }
    return Email.from_templates("participation/emails/consents_ending", context)
