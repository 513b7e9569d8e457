"""Sheets of paper: typed in, corrected, thrown away, confirmed by a second count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from marelle.ballots.actions import bundles
from marelle.ballots.models import Bundle
from marelle.ballots.paper import Cells
from marelle.ballots.queries.stations import statement
from marelle.core.rules import require
from marelle.participation.models import CopiedWords, Session
from marelle.participation.rules import papers as rules

from . import verbatims


@transaction.atomic
def enter(
    *,
    session: Session,
    age_band: str,
    sheets: int,
    cells: Cells,
    words: Mapping[str, list[str]],
    bundle: Bundle | None = None,
    by: Any,
    at: datetime,
) -> Bundle:
    """Type sheets in, or correct what was typed (`bundle`). Nothing counts yet. Raises `ballots.paper.Unreadable`
    when the counts cannot come from so many sheets."""
    require(rules.can_enter(by, session) if bundle is None else rules.can_change(by, session, bundle))
    bundle = bundles.enter(station=session.station, age_band=age_band, sheets=sheets, cells=cells, bundle=bundle, at=at)
    said = {question: lines for question, lines in words.items() if lines}
    if said:
        CopiedWords.objects.update_or_create(bundle=bundle, defaults={"words": said})
    else:
        CopiedWords.objects.filter(bundle=bundle).delete()
    return bundle


@transaction.atomic
def confirm(*, session: Session, bundle: Bundle, sheets: int, by: Any, at: datetime) -> Bundle:
    """The sheets were counted again and there were as many, within the roll: they are votes, and the words copied
    from them wait for the moderators, in no order."""
    require(rules.can_confirm(by, session, bundle))
    if bundle.confirmed_at is None and sheets == bundle.sheets:
        require(rules.can_hold(session.station, sheets=sheets, left=statement(session.station).left))
    bundle = bundles.confirm(bundle=bundle, sheets=sheets, by=by, at=at)
    copied = CopiedWords.objects.select_for_update().filter(bundle=bundle).first()
    if copied:
        words = [(question, line) for question, lines in copied.words.items() for line in lines]
        verbatims.take_in(station=session.station, words=sorted(words), at=at)
        copied.delete()
    return bundle


@transaction.atomic
def drop(*, session: Session, bundle: Bundle, by: Any, at: datetime) -> None:
    """Throw away what was typed by mistake. Never once it is confirmed."""
    require(rules.can_change(by, session, bundle))
    bundles.drop(bundle=bundle, by=by, at=at)
