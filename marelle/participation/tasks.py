"""Long work of participation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marelle.documents.spreadsheets import CSV, csv_of
from marelle.jobs.registry import Progress, Result, job
from marelle.participation.actions import results as actions
from marelle.participation.models import Consultation
from marelle.participation.queries import sheets


@job(actions.WORK)
def prepare_results(*, owner: Any, at: datetime, progress: Progress, consultation: str, reason: str) -> Result:
    """The results of a national consultation, frozen for its people to read; and the file that everyone will take."""
    found = Consultation.objects.get(public_id=consultation)
    publication = actions.prepare(consultation=found, by=owner, at=at, reason=reason, progress=progress)
    return Result(f"resultats-{consultation}.csv", CSV, csv_of(sheets.HEADER, sheets.lines(publication)))
