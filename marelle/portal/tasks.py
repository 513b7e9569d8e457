"""Long work of the pages that cross subjects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.core.rules import require
from marelle.documents.spreadsheets import CSV, XLSX, counted, csv_of, xlsx_of
from marelle.jobs.registry import Progress, Result, job
from marelle.programme.queries import funnel

from . import rules
from .queries.funnel import HEADER, chosen, lines


@job("portal.funnel_export")
def funnel_export(
    *, owner: Any, at: datetime, progress: Progress, format: str, demonstration: bool, nature: str = ""
) -> Result:
    """Every candidacy with the stage it reached, and the counts by région."""
    require(rules.can_see_funnel(owner))  # Roles may have changed since it was asked.
    rows = chosen(funnel.candidacies(), demonstration=demonstration, nature=nature)
    name = f"entonnoir-{timezone.localdate(at):%Y-%m-%d}"
    every = counted(lines(rows), rows.count(), progress)
    if format == "csv":
        return Result(f"{name}.csv", CSV, csv_of(HEADER, every))
    found = funnel.funnel(rows)
    header = [_("Région"), *[stage.label for stage in funnel.STAGES]]
    counts = [[row.name, *row.counts] for row in [*found.regions, found.total]]
    sheets = [(_("Par région"), header, counts), (_("Candidatures"), HEADER, every)]
    return Result(f"{name}.xlsx", XLSX, xlsx_of(sheets))
