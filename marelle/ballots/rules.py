"""When a station takes a ballot, and when its numbers may still move. Who may is decided above: a box knows nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, NotNow

from .enums import Mode, StationState

LATE = timedelta(hours=48)
"""How long after closing the answers that wait on a tablet without network still arrive."""
MOST_CHILDREN = 2000
"""On one roll: a school, not a town."""
BURST, REFILL = 30, timedelta(minutes=2)
"""Wrong tickets: thirty at once (a class of small children mistakes drawings), then one every two minutes.

A ticket is one of 110 592 (`codes`). With 28 tickets left a guess wins once in 3 950; thirty guesses and an open hour
of thirty more: 1.5 %, for one voice, by someone who already holds the station's code (one of 27 500 million).
"""


def is_open(station, *, at: datetime) -> bool:
    return station.state == StationState.OPEN and (station.closes_at is None or at < station.closes_at)


def can_begin(station, *, at: datetime) -> Answer:
    """A child may open the page and begin."""
    if is_open(station, at=at):
        return True
    return NotNow(_("Cette séance est finie. Demande à l’adulte qui est avec toi."))


def can_cast(station, *, at: datetime) -> Answer:
    """An answer may arrive. Later than the closing too: it may have waited on a tablet for the network to return."""
    if station.state == StationState.SETTLED:
        return NotNow(_("Cette séance est finie et comptée. Ta réponse est arrivée trop tard."))
    ended = station.closed_at or station.closes_at
    if not is_open(station, at=at) and ended and at >= ended + LATE:
        return NotNow(_("Cette séance est finie. Ta réponse est arrivée trop tard."))
    return True


def owed(station, *, at: datetime) -> float:
    """Wrong tries not yet forgiven."""
    if not station.tries_since:
        return 0.0
    return max(0.0, station.wrong_tries - (at - station.tries_since) / REFILL)


def can_try_a_ticket(station, *, at: datetime) -> Answer:
    if owed(station, at=at) > BURST - 1:
        return NotNow(_("Trop de tickets faux ont été essayés. L’adulte peut débloquer la séance."))
    return True


def can_close(station) -> Answer:
    if station.state != StationState.OPEN:
        return NotNow(_("Cette séance est déjà fermée."))
    return True


def can_reopen(station) -> Answer:
    if station.state == StationState.OPEN:
        return NotNow(_("Cette séance est déjà ouverte."))
    if station.state == StationState.SETTLED:
        return NotNow(_("Les comptes de cette séance sont arrêtés. Ouvrez une nouvelle séance."))
    if station.box.closed_at:
        return NotNow(_("Le vote est terminé."))
    return True


def can_settle(station) -> Answer:
    if station.state == StationState.SETTLED:
        return NotNow(_("Les comptes de cette séance sont déjà arrêtés."))
    if station.state == StationState.OPEN:
        return NotNow(_("Fermez d’abord la séance."))
    return True


def can_change_roll(station, *, roll: int, used: int) -> Answer:
    """`used`: children who answered already, online or on paper."""
    if station.mode == Mode.LINK:
        return NotNow(_("Un lien ouvert ne compte pas les enfants présents."))
    if station.state == StationState.SETTLED:
        return NotNow(_("Les comptes de cette séance sont arrêtés."))
    if roll < max(used, 1):
        return NotNow(
            _("{used} enfants ont déjà répondu\u202f: le groupe ne peut pas en compter moins.").format(used=used)
        )
    if roll > MOST_CHILDREN:
        return NotNow(_("Une séance compte {most} enfants au plus. Ouvrez-en plusieurs.").format(most=MOST_CHILDREN))
    return True


def can_redo_tickets(station) -> Answer:
    if station.mode != Mode.TICKETS or station.state != StationState.OPEN:
        return NotNow(_("Cette séance n’a pas de tickets à refaire."))
    return True


def can_enter_sheets(station) -> Answer:
    if station.mode == Mode.LINK:
        return NotNow(_("Un lien ouvert ne reçoit pas de feuilles : ouvrez une séance avec le nombre d’enfants."))
    if station.state == StationState.SETTLED:
        return NotNow(_("Les comptes de cette séance sont arrêtés."))
    return True


def can_confirm(bundle, *, sheets: int, left: int) -> Answer:
    """The adult counted the sheets again (`sheets`); `left` children of the roll have not answered yet."""
    station = bundle.station
    if bundle.confirmed_at:
        return NotNow(_("Ces feuilles sont déjà comptées."))
    if station.state == StationState.SETTLED:
        return NotNow(_("Les comptes de cette séance sont arrêtés."))
    if sheets != bundle.sheets:
        return NotNow(
            _(
                "Vous avez saisi {typed} feuilles, et vous venez d’en compter {counted}. Recomptez, puis corrigez "
                "la saisie si besoin."
            ).format(typed=bundle.sheets, counted=sheets)
        )
    if bundle.sheets > left:
        return NotNow(
            _(
                "Votre groupe compte {roll} enfants, et {used} ont déjà répondu\u202f: il reste {left} feuilles au plus. "
                "Vous en annoncez {sheets}. Recomptez les feuilles, ou corrigez le nombre d’enfants du groupe."
            ).format(roll=station.roll, used=station.roll - left, left=left, sheets=bundle.sheets)
        )
    return True
