"""Who may print the sheets of a consultation, and who may type them in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.ballots import rules as ballots
from marelle.ballots.models import Bundle, Station
from marelle.core.rules import Answer, NotNow
from marelle.participation.models import Session

from .sessions import can_run


def can_enter(user: Any, session: Session) -> Answer:
    """Type sheets in, while the session is open and two days after."""
    return can_run(user, session) and ballots.can_enter_sheets(session.station)


def can_confirm(user: Any, session: Session, bundle: Bundle) -> Answer:
    if bundle.station_id != session.station_id:
        return NotNow(_("Ces feuilles sont celles d’un autre groupe."))
    return can_enter(user, session)


def can_change(user: Any, session: Session, bundle: Bundle) -> Answer:
    """Correct or throw away sheets that are not votes yet."""
    if bundle.confirmed_at:
        return NotNow(_("Ces feuilles sont comptées\u202f: elles ne se corrigent plus."))
    return can_confirm(user, session, bundle)


def can_hold(station: Station, *, sheets: int, left: int) -> Answer:
    """Whether so many sheets fit among the children who have not answered (`left`). Told as soon as they are typed
    in, with both ways out, and again when they are confirmed."""
    if sheets <= left or station.roll is None:
        return True
    online = station.roll - left - station.sheets
    return NotNow(
        _(
            "Votre groupe compte {roll} enfants\u202f; {already}{left} feuilles au plus. Vous en annoncez {sheets}. "
            "Recomptez, ou corrigez le nombre d’enfants."
        ).format(roll=station.roll, already=_already(online, station.sheets), left=left, sheets=sheets)
    )


def _already(online: int, sheets: int) -> str:
    """« 3 ont déjà répondu en ligne\u202f: », or nothing."""
    said = []
    if online:
        words = ngettext("{n} a déjà répondu en ligne", "{n} ont déjà répondu en ligne", online)
        said.append(words.format(n=online))
    if sheets:
        words = ngettext("{n} feuille est déjà comptée", "{n} feuilles sont déjà comptées", sheets)
        said.append(words.format(n=sheets))
    return ", ".join(said) + "\u202f: " if said else ""
