"""A commune merged into another: its files and its place in the network go on with its people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.programme.models import Candidacy, NetworkMembership


@transaction.atomic
def follow(*, organisation: Organisation, into: Organisation, by: Any, at: datetime) -> None:
    """Every file stays within reach of the people who made it. One still under way is now that of the new territory,
    unless that one has its own; a title already given keeps the territory it was given to.

    The right to do so was asked where the people were moved (`accounts.actions.mergers`)."""
    assert into.territory is not None  # Held by the database.
    for model in (Candidacy, NetworkMembership):
        rows = model._base_manager.select_for_update(of=("self",)).filter(organisation=organisation).order_by("pk")
        for row in rows:
            row.organisation = into
            if _goes_on(row) and not _has_its_own(row, into):
                row.territory = into.territory
            row.save(update_fields=["organisation", "territory"])
            record("programme.merger.followed", on=row, by=by, at=at, territory=row.territory.code)


def _goes_on(row: Candidacy | NetworkMembership) -> bool:
    open_rows = type(row).objects.open().filter(pk=row.pk)
    if isinstance(row, Candidacy):
        open_rows = open_rows.filter(title__isnull=True)
    return open_rows.exists()


def _has_its_own(row: Candidacy | NetworkMembership, into: Organisation) -> bool:
    others = type(row).objects.open().filter(territory=into.territory).exclude(pk=row.pk)
    if isinstance(row, Candidacy):
        others = others.filter(route=row.route_id)
    return others.exists()
