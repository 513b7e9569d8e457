"""What children of a territory were asked and said: the published results that are about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from marelle.participation.models import Consultation
from marelle.participation.queries import results as queries

SHOWN = 6


@dataclass(frozen=True)
class Heard:
    """One consultation, how many children of here answered, and where its results are."""

    consultation: Consultation
    ballots: int
    url: str
    is_overdue: bool


def with_heard(territories: Any) -> Any:
    """Territories that know whether there is anything to read, from the query that finds them."""
    return queries.heard(territories)


def heard_in(territory: Any, *, on: date) -> list[Heard]:
    """One query, and none for a territory whose children have no published results."""
    if not getattr(territory, "was_heard", True):
        return []
    return [
        Heard(
            consultation=table.publication.consultation,
            ballots=table.ballots,
            url=reverse("participation:results", args=[table.publication.consultation.public_id])
            + (f"?lieu={table.scope}-{table.place}" if table.place else ""),
            is_overdue=table.publication.consultation.is_overdue(on),
        )
        for table in queries.published_for(territory)[:SHOWN]
    ]
