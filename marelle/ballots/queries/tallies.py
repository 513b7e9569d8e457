"""Counts kept up as envelopes are opened. Exact, and secret until someone above decides what may be shown."""

from __future__ import annotations

from django.db.models import Sum

from marelle.ballots.models import Box, Tally


def tallies(box: Box, *, scope: str, place: str = "") -> list[Tally]:
    """One row per age band and kind of gathering, for one place. One query, however many ballots."""
    return list(box.tallies.filter(scope=scope, place=place).order_by("age_band", "gathering"))


def totals(box: Box, *, scope: str) -> dict[str, int]:
    """Ballots by place, for every place of a scope."""
    rows = Tally.objects.filter(box=box, scope=scope).values_list("place").annotate(ballots_in_all=Sum("ballots"))
    return dict(rows.order_by("place"))
