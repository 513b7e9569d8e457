"""A group's vote: opened with a roll, closed, and settled once nothing can arrive any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.ballots import rules
from marelle.ballots.codes import tickets
from marelle.ballots.enums import Mode, StationState
from marelle.ballots.models import Box, Station, Ticket
from marelle.ballots.tasks import open_envelopes
from marelle.core.rules import Refused, require

from . import opening


@transaction.atomic
def open_station(
    *,
    box: Box,
    mode: str,
    gathering: str,
    territory: Any = None,
    age_band: str = "",
    roll: int | None = None,
    closes_at: datetime | None = None,
    by: Any,
    at: datetime,
) -> Station:
    """A group may vote: one slot for each child of the roll, as a ticket to hold when the mode says so."""
    if hold(box.pk).closed_at:
        raise Refused(_("Le vote est terminé."))
    if mode == Mode.LINK:
        roll = None
    elif not roll or not 1 <= roll <= rules.MOST_CHILDREN:
        raise Refused(_("Indiquez combien d’enfants sont là, de 1 à {most}.").format(most=rules.MOST_CHILDREN))
    station = Station.objects.create(
        box=box,
        mode=mode,
        gathering=gathering,
        territory=territory,
        age_band=age_band,
        roll=roll,
        opened_at=at,
        closes_at=closes_at,
    )
    _add_slots(station, roll or 0)
    record("ballots.station.opened", on=station, by=by, at=at, mode=mode, roll=roll)
    return station


@transaction.atomic
def close(*, station: Station, by: Any, at: datetime) -> Station:
    """No child begins any more. What waits on a tablet may still arrive, until the station is settled."""
    station = locked(station)
    require(rules.can_close(station))
    station.state, station.closed_at = StationState.CLOSED, at
    station.save(update_fields=["state", "closed_at"])
    record("ballots.station.closed", on=station, by=by, at=at)
    transaction.on_commit(partial(open_envelopes.enqueue, station.pk))
    return station


@transaction.atomic
def reopen(*, station: Station, closes_at: datetime | None, by: Any, at: datetime) -> Station:
    """It was closed too early: children may begin again."""
    station = locked(station)
    require(rules.can_reopen(station))
    station.state, station.closed_at, station.closes_at = StationState.OPEN, None, closes_at
    station.save(update_fields=["state", "closed_at", "closes_at"])
    record("ballots.station.reopened", on=station, by=by, at=at)
    return station


@transaction.atomic
def settle(*, station: Station, by: Any, at: datetime) -> Station:
    """The numbers stand: slots nobody used are gone, the last envelopes are opened, however few.

    Deleting the slots waits for every ballot on its way, and leaves none to those that come after: nothing arrives
    between the count and its end. (An open link has no slots; what arrives in that instant is opened by the timer.)
    """
    hold(station.box_id)  # Opening needs it: box, then station, then slots, like everyone who takes several.
    station = locked(station)
    require(rules.can_settle(station))
    station.unused = station.tickets.all().delete()[0]
    station.state = StationState.SETTLED
    station.save(update_fields=["unused", "state"])
    # Sheets typed and never confirmed were never votes.
    station.bundles.filter(confirmed_at__isnull=True).delete()
    opening.open_waiting(station=station, at=at)
    record("ballots.station.settled", on=station, by=by, at=at, unused=station.unused)
    return station


@transaction.atomic
def change_roll(*, station: Station, roll: int, by: Any, at: datetime) -> Station:
    """More children came, or fewer: slots are added, or unused ones taken away."""
    station = locked(station)
    left = list(station.tickets.select_for_update().order_by("id").values_list("pk", flat=True))
    before = station.roll or 0
    require(rules.can_change_roll(station, roll=roll, used=before - len(left)))
    if roll > before:
        _add_slots(station, roll - before)
    else:
        Ticket.objects.filter(pk__in=left[: before - roll]).delete()
    station.roll = roll
    station.save(update_fields=["roll"])
    record("ballots.station.roll_changed", on=station, by=by, at=at, roll=roll, before=before)
    return station


@transaction.atomic
def redo_tickets(*, station: Station, by: Any, at: datetime) -> int:
    """Tickets got lost: every unused one gets new drawings, and the lost ones no longer work. Gives how many."""
    station = locked(station)
    require(rules.can_redo_tickets(station))
    unused = [ticket.code for ticket in station.tickets.select_for_update()]
    count = station.tickets.all().delete()[0]
    _add_slots(station, count, apart_from=unused)
    record("ballots.station.tickets_redone", on=station, by=by, at=at, count=count)
    return count


@transaction.atomic
def unlock(*, station: Station, by: Any, at: datetime) -> Station:
    """The adult saw that wrong tickets were tried, and lets the group go on."""
    station = locked(station)
    station.wrong_tries, station.tries_since = 0, None
    station.save(update_fields=["wrong_tries", "tries_since"])
    record("ballots.station.unlocked", on=station, by=by, at=at)
    return station


def hold(box_id: int) -> Box:
    """The box, ours until the end. Always taken before its stations."""
    return Box.objects.select_for_update(no_key=True).get(pk=box_id)


def hold_all(box: Box) -> list[Station]:
    """Every station not settled and its slots, ours before anything is recorded: the log has one head, and a child
    whose words worry records while holding a slot. Ordered: two who take several never wait for each other."""
    rows = box.stations.select_for_update(no_key=True).exclude(state=StationState.SETTLED).order_by("pk")
    found = list(rows)
    slots = Ticket.objects.select_for_update().filter(station__in=box.stations.all()).order_by("pk")
    for _slot in slots.values_list("pk").iterator(chunk_size=5000):
        pass
    return found


def locked(station: Station) -> Station:
    """The row, ours until the end; children go on voting meanwhile (their envelopes only refer to its key)."""
    return Station.objects.select_for_update(of=("self",), no_key=True).select_related("box").get(pk=station.pk)


def _add_slots(station: Station, count: int, apart_from: Collection[str] = ()) -> None:
    codes = [""] * count
    if station.mode == Mode.TICKETS:
        codes = tickets(count, apart_from={*apart_from, *station.tickets.values_list("code", flat=True)})
    Ticket.objects.bulk_create([Ticket(station=station, code=code) for code in codes], batch_size=500)
