"""Children's words: taken in, read by a moderator, published or not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marelle.ballots.models import Station
from marelle.participation.models import Session, Verbatim


@transaction.atomic
def take_in(*, station: Station, words: list[tuple[str, str]], at: datetime) -> int:
    """Words came out of their envelopes, shuffled: they wait for the consultation's moderators."""
    session = Session.objects.filter(station=station).first()
    if session is None:
        return 0
    return len(
        Verbatim.objects.bulk_create(
            Verbatim(session=session, question=question, text=text, arrived_on=at.date()) for question, text in words
        )
    )
