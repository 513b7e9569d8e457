"""Children support a proposal by secret ballot: one box for one proposal, a station for each group. The count is known
once the vote is closed, and written out only from the house's threshold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.ballots.actions import boxes, stations
from marelle.ballots.enums import Mode, Purpose
from marelle.ballots.models import Station
from marelle.core.rules import Refused, require
from marelle.participation.definition import support
from marelle.participation.enums import StepKind
from marelle.participation.models import Proposal
from marelle.participation.rules import proposals as rules

from .proposals import locked, note_step

MODES = (Mode.SHARED, Mode.LINK)
"""Tickets are cut out from the sheet of a session; a vote of one question passes from hand to hand."""


@transaction.atomic
def open_support(*, proposal: Proposal, by: Any, at: datetime) -> Proposal:
    """Ask other children whether they support it."""
    proposal = locked(proposal)
    require(rules.can_open_support(by, proposal))
    proposal.box = boxes.make(purpose=Purpose.SUPPORT, content=support.PAPER, at=at)
    proposal.save(update_fields=["box"])
    note_step(proposal, StepKind.SUPPORT_OPENED, by=by, at=at)
    record("participation.proposal.support_opened", on=proposal, by=by, at=at)
    return proposal


@transaction.atomic
def open_group(
    *, proposal: Proposal, mode: str, gathering: str, age_band: str, roll: int | None, closes_at: datetime | None,
    by: Any, at: datetime,
) -> Station:  # fmt: skip
    """One group votes, each child once on a shared tablet; or anyone who has the link, counted apart as declared."""
    proposal = locked(proposal)
    require(rules.can_run_support(by, proposal))
    assert proposal.box is not None  # The rule refuses otherwise.
    if mode not in MODES:
        raise Refused(_("Choisissez une tablette partagée ou un lien ouvert."))
    station = stations.open_station(
        box=proposal.box, mode=mode, gathering=gathering, territory=proposal.territory, age_band=age_band,
        roll=roll if mode == Mode.SHARED else None, closes_at=closes_at, by=by, at=at,
    )  # fmt: skip
    record("participation.proposal.support_group", on=proposal, by=by, at=at, mode=mode)
    return station


@transaction.atomic
def close_support(*, proposal: Proposal, by: Any, at: datetime) -> Proposal:
    """The vote is over: every group's last ballots are opened and the count may be read."""
    proposal = locked(proposal)
    require(rules.can_run_support(by, proposal))
    assert proposal.box is not None  # The rule refuses otherwise.
    proposal.box = boxes.close(box=proposal.box, by=by, at=at)
    note_step(proposal, StepKind.SUPPORT_CLOSED, by=by, at=at)
    record("participation.proposal.support_closed", on=proposal, by=by, at=at)
    return proposal
