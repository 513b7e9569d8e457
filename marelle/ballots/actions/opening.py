"""Opening envelopes (*dépouillement*): together, shuffled, and counted once."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime
from random import SystemRandom
from typing import Any

from django.db import transaction

from marelle.ballots.enums import Scope, StationState
from marelle.ballots.models import Ballot, Box, Envelope, Station, Tally
from marelle.ballots.paper import Cells, added, counted
from marelle.ballots.queries.places import places_of
from marelle.ballots.sealing import Tampered, unseal
from marelle.ballots.signals import words_opened
from marelle.core.one_by_one import one_by_one

logger = logging.getLogger(__name__)
chance = SystemRandom()

TOGETHER = 5
"""Fewer envelopes than this are not opened before the station is settled: a batch of one would say whose it is."""
BATCH = 500


def open_waiting(*, station: Station, at: datetime) -> int:
    """Open what waits in one station, batch after batch. Gives how many ballots were counted."""
    total = 0
    while count := _open_batch(station, at):
        total += count
        if count < BATCH:
            break
    return total


def open_all(*, at: datetime) -> int:
    """Every station where envelopes wait. For the timer: running it twice does no harm."""
    waiting = Envelope.objects.filter(sealed__isnull=False).values("station")
    return one_by_one(Station.objects.filter(pk__in=waiting), lambda station: open_waiting(station=station, at=at))


@transaction.atomic
def _open_batch(station: Station, at: datetime) -> int:
    """All in one transaction: envelopes emptied, ballots written in no order, words handed over, tallies raised.

    The box is locked: two counters of the same box take turns, and no ballot waits for them.
    """
    box = Box.objects.select_for_update(no_key=True).get(pk=station.box_id)
    station = Station.objects.select_related("territory__departement", "territory__epci").get(pk=station.pk)
    envelopes = list(station.envelopes.filter(sealed__isnull=False).order_by("id")[:BATCH])
    if not envelopes or (len(envelopes) < TOGETHER and station.state != StationState.SETTLED):
        return 0
    opened, contents = [], []
    for envelope in envelopes:
        try:
            contents.append(unseal(bytes(envelope.sealed or b""), name=f"{station.pk}/{envelope.pk}"))
            opened.append(envelope.pk)
        except Tampered:  # It stays sealed, and `marelle ballots verify` shows it.
            logger.error("An envelope of station %s cannot be opened", station.public_id)
    if len(opened) < (1 if station.state == StationState.SETTLED else TOGETHER):
        return 0  # One that cannot be opened is no company for the others.
    chance.shuffle(contents)
    Envelope.objects.filter(pk__in=opened).update(sealed=None)
    Ballot.objects.bulk_create([Ballot(station=station, answers=one["a"]) for one in contents])
    by_band: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in contents:
        by_band[box.paper.band(one["a"], station.age_band)].append(one["a"])
    for band, ballots in by_band.items():
        raise_tallies(box=box, station=station, band=band, ballots=len(ballots), cells=counted(box.paper, ballots))
    words = [(question, text) for one in contents for question, text in one.get("w", {}).items()]
    if words:
        chance.shuffle(words)
        words_opened.send(sender=Station, station=station, words=words, at=at)
    return len(opened)


def raise_tallies(*, box: Box, station: Station, band: str, ballots: int, cells: Cells) -> None:
    """Add to every place these ballots count for. The caller holds the box."""
    places = [*places_of(station.territory), (Scope.STATION.value, station.public_id)]
    rows = box.tallies.filter(place__in=[place for _, place in places], age_band=band, gathering=station.gathering)
    kept = {(tally.scope, tally.place): tally for tally in rows}
    born = []
    for scope, place in places:
        tally = kept.get((scope, place))
        if tally is None:
            tally = Tally(box=box, scope=scope, place=place, age_band=band, gathering=station.gathering)
            born.append(tally)
        tally.ballots += ballots
        tally.cells = added(tally.cells, cells)
    Tally.objects.bulk_create(born)
    Tally.objects.bulk_update(kept.values(), ["ballots", "cells"])
