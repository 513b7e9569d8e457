"""Where a station stands: numbers only, never what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from marelle.ballots.enums import Mode
from marelle.ballots.models import Station


@dataclass(frozen=True)
class Statement:
    """One group's reconciliation: roll = online (waiting + counted) + sheets + left. `roll` is None for an open link."""

    roll: int | None
    waiting: int
    """Envelopes not yet opened."""
    counted: int
    """Ballots counted from opened envelopes."""
    sheets: int
    """Sheets of paper confirmed."""
    left: int
    """Children of the roll who have not answered, or never did."""

    @property
    def online(self) -> int:
        return self.waiting + self.counted

    @property
    def answered(self) -> int:
        return self.online + self.sheets

    @property
    def adds_up(self) -> bool:
        return self.roll is None or self.roll == self.answered + self.left


def statement(station: Station) -> Statement:
    """In two queries."""
    return statements([station])[station.pk]


def statements(stations: Sequence[Station]) -> dict[int, Statement]:
    """By station id, in two queries for all of them."""
    these = Station.objects.filter(pk__in=[station.pk for station in stations])
    waiting = Count("envelopes", filter=Q(envelopes__sealed__isnull=False))
    online = {
        pk: (every, still)
        for pk, every, still in these.values_list("pk").annotate(all=Count("envelopes"), still=waiting)
    }
    left = dict(these.values_list("pk").annotate(left=Count("tickets")))
    return {
        station.pk: Statement(
            roll=None if station.mode == Mode.LINK else station.roll,
            waiting=online[station.pk][1],
            counted=online[station.pk][0] - online[station.pk][1],
            sheets=station.sheets,
            left=station.unused if station.unused is not None else left[station.pk],
        )
        for station in stations
    }
