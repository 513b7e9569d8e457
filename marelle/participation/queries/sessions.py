"""Sessions as their adults read them: who has answered is a number, never more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from marelle.ballots import rules as ballots
from marelle.ballots.enums import StationState
from marelle.ballots.models import Bundle
from marelle.ballots.queries.stations import Statement, statement, statements
from marelle.participation.models import Session


def mine(user: Any) -> QuerySet[Session]:
    """The sessions of this person and of their organisations: open first, then the latest."""
    first = Case(When(station__state=StationState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        Session.objects.visible_to(user)
        .select_related("station", "consultation", "organisation", "opened_by")
        .order_by(first, "-station__opened_at", "-pk")
    )


def last_of(user: Any) -> Session | None:
    """The last session this person opened: what the next one most often looks like."""
    rows = Session.objects.filter(opened_by=user.pk).select_related("station__territory__departement", "organisation")
    return rows.order_by("-station__opened_at", "-pk").first()


def with_statements(sessions: Iterable[Session]) -> list[tuple[Session, Statement]]:
    """Each with its numbers, in two queries for all of them."""
    rows = list(sessions)
    known = statements([row.station for row in rows])
    return [(row, known[row.station_id]) for row in rows]


@dataclass(frozen=True)
class Progress:
    """How a group gets on: what the console and the wall show every five seconds."""

    statement: Statement
    is_open: bool
    wrong_tries: int
    is_locked: bool
    """Too many wrong tickets: nobody can try one before an adult unlocks, or minutes pass."""

    @property
    def answered(self) -> int:
        return self.statement.answered

    @property
    def share(self) -> float:
        return 100 * self.answered / self.statement.roll if self.statement.roll else 0.0


def progress(session: Session, *, at: datetime) -> Progress:
    station = session.station
    return Progress(
        statement=statement(station),
        is_open=ballots.is_open(station, at=at),
        wrong_tries=int(ballots.owed(station, at=at)),
        is_locked=not ballots.can_try_a_ticket(station, at=at),
    )


def bundles_of(session: Session) -> tuple[list[Bundle], list[Bundle]]:
    """(typed and not confirmed yet, confirmed)."""
    rows = list(session.station.bundles.order_by("entered_at", "pk"))
    return [row for row in rows if not row.confirmed_at], [row for row in rows if row.confirmed_at]


def settles_at(session: Session) -> datetime | None:
    """When the numbers of a closed session stop moving."""
    station = session.station
    if station.state != StationState.CLOSED or station.closed_at is None:
        return None
    return station.closed_at + ballots.LATE


def address(session: Session) -> str:
    """What the QR code says: the whole address of the children's page."""
    return settings.SITE_URL + reverse("participation:child_session", args=[session.station.code])


def short_address() -> str:
    """What is typed by hand: without « https:// »."""
    return (settings.SITE_URL.partition("://")[2] + reverse("participation:child_door")).rstrip("/")


def qr(text: str) -> SafeString:
    """A QR code as inline SVG, black on white whatever the colours of the page."""
    drawn = segno.make(text, error="m").svg_inline(omitsize=True, border=4, light="#fff", dark="#000")
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from modules, no text of anyone inside
