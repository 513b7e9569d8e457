"""Who handles an alert, and when. To everyone else it does not exist."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import Role
from marelle.core.lives import Life
from marelle.core.rules import Answer, No, NotNow
from marelle.participation.enums import ALERT_MOVES, AlertState, Duty, VerbatimState
from marelle.participation.models import Alert


def can_read(user: Any, alert: Alert) -> Answer:
    """Those who protect: nobody else, managers included."""
    if Alert.objects.visible_to(user).filter(pk=alert.pk).exists():
        return True
    return No(_("Les alertes sont lues par les référent·es protection de l’enfance."))


def can_take(user: Any, alert: Alert) -> Answer:
    """New, or in a colleague's hands: a child does not wait for somebody to come back from leave."""
    allowed = can_read(user, alert)
    if not allowed:
        return allowed
    if alert.state == AlertState.CLOSED:
        return NotNow(_("Cette alerte est close. Rouvrez-la pour agir de nouveau."))
    if alert.taken_by_id == user.pk:
        return NotNow(_("Vous avez déjà cette alerte en charge."))
    return True


def can_note(user: Any, alert: Alert) -> Answer:
    return can_read(user, alert) and _in_hand(
        alert, _("Prenez d’abord l’alerte en charge\u202f: chacun saura qui agit.")
    )


def can_close(user: Any, alert: Alert) -> Answer:
    return can_read(user, alert) and _in_hand(
        alert, _("Prenez d’abord l’alerte en charge, puis dites comment elle finit.")
    )


def can_reopen(user: Any, alert: Alert) -> Answer:
    allowed = can_read(user, alert)
    if not allowed:
        return allowed
    return alert.state == AlertState.CLOSED or NotNow(_("Cette alerte n’est pas close."))


def can_give_back(user: Any, alert: Alert) -> Answer:
    """The words return to the moderators only once the alert is closed; else they stay here for good."""
    allowed = can_read(user, alert)
    if not allowed:
        return allowed
    if alert.state != AlertState.CLOSED:
        return NotNow(_("Les mots restent retenus tant que l’alerte n’est pas close."))
    if alert.verbatim.state != VerbatimState.HELD:
        return NotNow(_("Ces mots ont déjà été rendus à la relecture."))
    return True


def _in_hand(alert: Alert, reason: str) -> Answer:
    if alert.state == AlertState.CLOSED:
        return NotNow(_("Cette alerte est close. Rouvrez-la pour agir de nouveau."))
    return AlertState.CLOSED in ALERT_MOVES[alert.state] or NotNow(reason)


def life() -> Life:
    """The diagram of `docs/states/alert.md`, from the table."""
    protects = f"{Duty.SAFEGUARDING.label}, {Role.SAFEGUARDING.label}"
    new, taken, closed = (str(one.label) for one in (AlertState.NEW, AlertState.TAKEN, AlertState.CLOSED))
    return Life(
        "alert",
        "The life of an alert",
        "Raised the moment worrying words arrive, or when a moderator reports words. Somebody takes it in charge, notes "
        "what is done, and closes it with an outcome; it is opened again when something new is known, and raised again "
        "when words given back worry a second time.",
        AlertState,
        ALERT_MOVES,
        AlertState.NEW,
        [
            ("`take`", f"{new}, {taken}", taken, protects),
            ("`add_step`", taken, taken, protects),
            ("`close`", taken, closed, protects),
            ("`reopen`", closed, taken, protects),
            ("`raise_by_hand`, a second time", closed, new, str(Duty.MODERATOR.label)),
        ],
    )
