"""A session: opened with a group, run by its adults, closed and settled. What is counted happens in `ballots`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from marelle.accounts.models import Organisation
from marelle.audit.actions import SYSTEM, record
from marelle.ballots.actions import stations
from marelle.ballots.enums import Mode, StationState
from marelle.ballots.models import Box
from marelle.ballots.rules import LATE
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import sessions as emails
from marelle.participation.models import Consultation, Session
from marelle.participation.rules import sessions as rules
from marelle.territories.models import Territory


@transaction.atomic
def open_session(
    *,
    consultation: Consultation,
    organisation: Organisation,
    title: str,
    mode: str,
    gathering: str,
    roll: int | None = None,
    age_band: str = "",
    territory: Territory | None = None,
    closes_at: datetime | None = None,
    by: Any,
    at: datetime,
) -> Session:
    """A group begins: `roll` children, each with one voice. Without `closes_at` it stays open as long as the
    consultation does."""
    consultation = Consultation.objects.select_for_update(of=("self",)).select_related("box").get(pk=consultation.pk)
    require(rules.can_open_for(by, consultation, organisation, on=timezone.localdate(at)))
    require(rules.can_use(by, consultation, mode))
    require(rules.can_count_for(by, consultation, organisation, territory))
    closes_at = closes_at or rules.end_of(consultation)
    require(rules.can_last(consultation, closes_at, at=at))
    station = stations.open_station(
        box=cast(Box, consultation.box),  # An open consultation has one: the database holds it.
        mode=mode,
        gathering=gathering,
        territory=territory,
        age_band=age_band,
        roll=None if mode == Mode.LINK else roll,
        closes_at=closes_at,
        by=by,
        at=at,
    )
    session = Session.objects.create(
        consultation=consultation, station=station, organisation=organisation, title=title.strip(), opened_by=by
    )
    record("participation.session.opened", on=session, by=by, at=at, consultation=consultation.public_id, mode=mode)
    return session


@transaction.atomic
def close(*, session: Session, by: Any, at: datetime) -> Session:
    """The group has finished. Answers that wait on a tablet without network still arrive, for two days."""
    require(rules.can_run(by, session))
    session.station = stations.close(station=session.station, by=by, at=at)
    return session


@transaction.atomic
def reopen(*, session: Session, by: Any, at: datetime) -> Session:
    """Closed too early: open again until this evening."""
    require(rules.can_reopen(by, session, at=at))
    until = rules.until(at, session.consultation)
    session.station = stations.reopen(station=session.station, closes_at=until, by=by, at=at)
    return session


@transaction.atomic
def change_roll(*, session: Session, roll: int, by: Any, at: datetime) -> Session:
    """A child arrived late, another is ill: the roll follows."""
    require(rules.can_run(by, session))
    session.station = stations.change_roll(station=session.station, roll=roll, by=by, at=at)
    return session


@transaction.atomic
def redo_tickets(*, session: Session, by: Any, at: datetime) -> int:
    """The cards are lost: unused ones get new drawings, to be printed again. Gives how many."""
    require(rules.can_run(by, session))
    return stations.redo_tickets(station=session.station, by=by, at=at)


@transaction.atomic
def unlock(*, session: Session, by: Any, at: datetime) -> Session:
    """Too many wrong tickets were tried: the adult looked, and lets the group go on."""
    require(rules.can_run(by, session))
    session.station = stations.unlock(station=session.station, by=by, at=at)
    return session


def settle(*, session: Session, by: Any, at: datetime) -> Session:
    """The numbers stand. Sheets typed and never confirmed go, with the words copied from them."""
    session.station = stations.settle(station=session.station, by=by, at=at)
    return session


def close_forgotten(*, at: datetime) -> int:
    """Sessions left open past their hour. For the timer: running it twice does no harm."""
    forgotten = Session.objects.filter(station__state=StationState.OPEN, station__closes_at__lte=at)
    return one_by_one(forgotten.select_related("station", "opened_by").order_by("pk"), lambda one: _close(one, at))


def settle_closed(*, at: datetime) -> int:
    """Sessions closed two days ago: nothing can arrive any more."""
    done = Session.objects.filter(station__state=StationState.CLOSED, station__closed_at__lte=at - LATE)
    return one_by_one(done.select_related("station").order_by("pk"), lambda one: _settle(one, at))


@transaction.atomic
def _close(session: Session, at: datetime) -> bool:
    """By the timer. Whoever typed sheets and did not confirm them is told: they have two days."""
    try:
        stations.close(station=session.station, by=SYSTEM, at=at)
    except Refused:  # An adult closed it in the same second.
        return False
    if session.station.bundles.filter(confirmed_at__isnull=True).exists():
        send_on_commit(emails.sheets_waiting, to=session.opened_by, at=at, session=session)
    return True


def _settle(session: Session, at: datetime) -> bool:
    try:
        settle(session=session, by=SYSTEM, at=at)
    except Refused:
        return False
    return True
