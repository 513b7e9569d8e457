"""Sheets of paper: typed in bulk by one adult, counted once the number of sheets is confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.ballots import rules
from marelle.ballots.models import Bundle, Station, Ticket
from marelle.ballots.paper import Cells
from marelle.core.rules import Refused, require

from .opening import raise_tallies
from .stations import hold, locked


@transaction.atomic
def enter(
    *, station: Station, age_band: str, sheets: int, cells: Cells, at: datetime, bundle: Bundle | None = None
) -> Bundle:
    """Type sheets in, or type an unconfirmed bundle anew. Counts nothing yet. Raises `paper.Unreadable` when the
    counts cannot come from so many sheets."""
    station = locked(station)
    require(rules.can_enter_sheets(station))
    whole = station.box.paper.bundle(cells, sheets)
    if bundle is None:
        bundle = Bundle(station=station)
    else:  # As it is now, not as it was when the page was opened: a colleague may have confirmed it, or thrown it away.
        now = Bundle.objects.select_for_update(of=("self",), no_key=True).filter(pk=bundle.pk, station=station).first()
        if now is None or now.confirmed_at:
            raise Refused(_("Ces feuilles sont déjà comptées, ou retirées."))
        bundle = now
    bundle.age_band, bundle.sheets, bundle.cells, bundle.entered_at = age_band, sheets, whole, at
    bundle.save()
    return bundle


@transaction.atomic
def confirm(*, bundle: Bundle, sheets: int, by: Any, at: datetime) -> Bundle:
    """The sheets were counted a second time, and there were as many: they are votes now. One slot of the roll goes
    with each; a surplus is refused and explained."""
    box = hold(bundle.station.box_id)
    station = locked(bundle.station)
    bundle = _as_it_is_now(bundle)
    left = list(station.tickets.select_for_update().values_list("pk", flat=True))
    require(rules.can_confirm(bundle, sheets=sheets, left=len(left)))
    Ticket.objects.filter(pk__in=left[: bundle.sheets]).delete()
    bundle.confirmed_at = at
    bundle.save(update_fields=["confirmed_at"])
    station.sheets += bundle.sheets
    station.save(update_fields=["sheets"])
    band = bundle.age_band or station.age_band
    raise_tallies(box=box, station=station, band=band, ballots=bundle.sheets, cells=bundle.cells)
    record("ballots.bundle.confirmed", on=bundle, by=by, at=at, sheets=bundle.sheets)
    return bundle


@transaction.atomic
def drop(*, bundle: Bundle, by: Any, at: datetime) -> None:
    """Throw away sheets typed by mistake. Nothing was counted."""
    bundle = _as_it_is_now(bundle)
    if bundle.confirmed_at:
        raise Refused(_("Ces feuilles sont déjà comptées\u202f: elles ne s’effacent plus."))
    bundle.delete()


def _as_it_is_now(bundle: Bundle) -> Bundle:
    """Not as it was when the page was opened: a colleague may have thrown it away, or the session been settled."""
    rows = Bundle.objects.select_for_update(of=("self",), no_key=True).select_related("station")
    now = rows.filter(pk=bundle.pk).first()
    if now is None:
        raise Refused(_("Ces feuilles ont été retirées, ou les comptes de la séance sont arrêtés."))
    return now
