from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from marelle.audit.actions import record
from marelle.ballots.enums import StationState
from marelle.ballots.models import Box
from marelle.ballots.paper import paper_of

from . import stations


@transaction.atomic
def make(*, purpose: str, content: dict[str, Any], at: datetime) -> Box:
    """An empty box for this paper, which never changes any more. Raises `paper.Unreadable` on a paper without sense."""
    paper_of(content)
    return Box.objects.create(purpose=purpose, content=content, created_at=at)


@transaction.atomic
def close(*, box: Box, by: Any, at: datetime) -> Box:
    """The vote is over: every station closes, its last envelopes are opened, its numbers stand."""
    box = stations.hold(box.pk)
    if box.closed_at:
        return box
    left = stations.hold_all(box)
    for station in left:
        if station.state == StationState.OPEN:
            station = stations.close(station=station, by=by, at=at)
        stations.settle(station=station, by=by, at=at)
    box.closed_at = at
    box.save(update_fields=["closed_at"])
    record("ballots.box.closed", on=box, by=by, at=at)
    return box
