"""Alerts: a worrying text is held, those who protect are told at once, and what they do is written down to the end."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import alerts as emails
from marelle.participation.enums import AlertState, Outcome, VerbatimState, Worry
from marelle.participation.models import Alert, AlertStep, Consultation, Session, Verbatim
from marelle.participation.queries.alerts import national_protectors, protectors
from marelle.participation.rules import alerts as rules

logger = logging.getLogger(__name__)

Worrying = tuple[str, str, list[str]]
"""(question, text, codes of `Worry`)."""
FIRST_CHASE, NEXT_CHASE = timedelta(hours=2), timedelta(days=1)
FLOOD, FLOOD_WINDOW = 10, timedelta(minutes=10)
"""From so many alerts of one consultation in so long, mails to one person are put together: one every ten minutes."""
NOTES_KEPT_YEARS = 5


@transaction.atomic
def hold(*, session: Session, texts: Iterable[Worrying], at: datetime) -> list[Alert]:
    """Keep these texts from everyone but those who protect, and tell these at once. The caller's transaction is that
    of the ballot, or of the opening of its envelope: both happen, or neither.

    Nothing here joins the ballot: ids are random, the day is the day; the instant is the alert's alone (docs/security.md).
    """
    raised = []
    for question, text, signs in texts:
        verbatim = Verbatim.objects.create(
            session=session, question=question, text=text, arrived_on=timezone.localdate(at), state=VerbatimState.HELD
        )
        raised.append(Alert.objects.create(verbatim=verbatim, signs=signs, raised_at=at))
    for alert in raised:
        _step(alert, "", by=None, at=at)
        record("participation.alert.raised", on=alert, by=None, at=at, **_about(alert))
    if raised and session.consultation is not None:
        _tell(session.consultation, raised, at=at)
    return raised


@transaction.atomic
def raise_by_hand(*, verbatim: Verbatim, by: Any, at: datetime) -> Alert:
    """A moderator was worried by what the lexicon let through. The caller holds the verbatim, and moved it."""
    alert = Alert.objects.select_for_update(of=("self",)).filter(verbatim=verbatim).first()
    if alert is None:
        alert = Alert(verbatim=verbatim)
    alert.signs = [*(code for code in alert.signs if code != Worry.BY_HAND), Worry.BY_HAND.value]
    alert.state, alert.outcome, alert.closed_at, alert.chased_at = AlertState.NEW, "", None, None
    alert.raised_at, alert.raised_by, alert.taken_by = at, by, None
    alert.save()
    _step(alert, "", by=by, at=at)
    record("participation.alert.raised", on=alert, by=by, at=at, **_about(alert))
    if verbatim.session.consultation is not None:
        _tell(verbatim.session.consultation, [alert], at=at)
    return alert


@transaction.atomic
def note_reading(*, alert: Alert, by: Any, at: datetime) -> Alert:
    """Open the words. That this person read them, and when, stays written."""
    require(rules.can_read(by, alert))
    record("participation.alert.read", on=alert, by=by, at=at, **_about(alert))
    return alert


@transaction.atomic
def take(*, alert: Alert, by: Any, at: datetime) -> Alert:
    """Take the alert in hand, or over from a colleague: others see who acts."""
    alert = _locked(alert)
    require(rules.can_take(by, alert))
    alert.state, alert.taken_by = AlertState.TAKEN, by
    alert.save(update_fields=["state", "taken_by"])
    _step(alert, "", by=by, at=at)
    record("participation.alert.taken", on=alert, by=by, at=at, **_about(alert))
    return alert


@transaction.atomic
def add_step(*, alert: Alert, note: str, by: Any, at: datetime) -> AlertStep:
    """Write down one thing that was done. It can no longer be changed."""
    alert = _locked(alert)
    require(rules.can_note(by, alert))
    if not note.strip():
        raise Refused(_("Écrivez ce qui a été fait\u202f: qui a été appelé, ce qui a été dit, ce qui suit."))
    step = _step(alert, note, by=by, at=at)
    record("participation.alert.step_added", on=alert, by=by, at=at, **_about(alert))
    return step


@transaction.atomic
def close(*, alert: Alert, outcome: str, note: str, by: Any, at: datetime) -> Alert:
    """Follow the alert to its end: how it ended, in a code that is counted and in words that are kept five years."""
    alert = _locked(alert)
    require(rules.can_close(by, alert))
    if outcome not in Outcome.values:
        raise Refused(_("Choisissez comment l’alerte se termine."))
    if not note.strip():
        raise Refused(_("Écrivez ce qui a été fait\u202f: une alerte ne se clôt pas sans un mot."))
    alert.state, alert.outcome, alert.closed_at = AlertState.CLOSED, outcome, at
    alert.save(update_fields=["state", "outcome", "closed_at"])
    _step(alert, note, by=by, at=at)
    record("participation.alert.closed", on=alert, by=by, at=at, outcome=outcome, **_about(alert))
    return alert


@transaction.atomic
def reopen(*, alert: Alert, note: str, by: Any, at: datetime) -> Alert:
    """Something new is known. If the words had been given back, they are held again and leave every page."""
    alert = _locked(alert)
    require(rules.can_reopen(by, alert))
    alert.state, alert.outcome, alert.closed_at, alert.taken_by = AlertState.TAKEN, "", None, by
    alert.save(update_fields=["state", "outcome", "closed_at", "taken_by"])
    verbatim = Verbatim.objects.select_for_update(of=("self",)).get(pk=alert.verbatim_id)
    if verbatim.state != VerbatimState.HELD:
        moved(verbatim, VerbatimState.HELD)
    _step(alert, note, by=by, at=at)
    record("participation.alert.reopened", on=alert, by=by, at=at, **_about(alert))
    return alert


@transaction.atomic
def give_back(*, alert: Alert, by: Any, at: datetime) -> Alert:
    """The closed alert's words may be read by the moderators like any others."""
    alert = _locked(alert)
    require(rules.can_give_back(by, alert))
    verbatim = Verbatim.objects.select_for_update(of=("self",)).get(pk=alert.verbatim_id)
    moved(verbatim, VerbatimState.WAITING)
    record("participation.alert.given_back", on=alert, by=by, at=at, **_about(alert))
    return alert


def chase(*, at: datetime) -> int:
    """Alerts that nobody took: after two hours, then every day, every national officer is told again. Gives how many."""
    late = Q(chased_at__isnull=True, raised_at__lte=at - FIRST_CHASE) | Q(chased_at__lte=at - NEXT_CHASE)
    return one_by_one(
        Alert.objects.filter(late, state=AlertState.NEW).order_by("raised_at"), lambda one: _chase(one, at)
    )


@transaction.atomic
def _chase(one: Alert, at: datetime) -> bool:
    alert = _locked(one)
    if alert.state != AlertState.NEW or alert.chased_at != one.chased_at:
        return False
    alert.chased_at = at
    alert.save(update_fields=["chased_at"])
    on = timezone.localdate(at)
    consultation = alert.verbatim.session.consultation
    people = {*national_protectors(on), *(protectors(consultation, on=on) if consultation else ())}
    for person in sorted(people, key=lambda one: one.pk):
        send_on_commit(emails.alert_untouched, to=person, at=at, urgent=True, alert=alert)
    record("participation.alert.chased", on=alert, by=None, at=at, people=len(people), **_about(alert))
    return True


@transaction.atomic
def forget_notes(*, at: datetime) -> int:
    """What was written about an alert goes five years after its outcome; that it was followed, and how it ended, stays."""
    day = at.replace(year=at.year - NOTES_KEPT_YEARS, day=min(at.day, 28) if at.month == 2 else at.day)
    old = AlertStep.objects.filter(alert__state=AlertState.CLOSED, alert__closed_at__lt=day).exclude(note="")
    count = old.update(note="")
    if count:
        record("participation.alert.forgotten", on=Alert, by=None, at=at, count=count)
    return count


def moved(verbatim: Verbatim, to: VerbatimState) -> Verbatim:
    """The verbatim in another state, without the decision that it had. The caller holds it."""
    verbatim.state, verbatim.wording, verbatim.reason = to, "", ""
    verbatim.moderated_at = verbatim.moderated_by = None
    verbatim.revision += 1
    verbatim.save(update_fields=["state", "wording", "reason", "moderated_at", "moderated_by", "revision"])
    return verbatim


def _tell(consultation: Consultation, raised: list[Alert], *, at: datetime) -> None:
    """One mail to each who protects, that leaves at once whatever pace they chose."""
    people = protectors(consultation, on=timezone.localdate(at))
    if not people:
        logger.error("Nobody protects the consultation %s: an alert has no reader", consultation.public_id)
    lately = Alert.objects.filter(verbatim__session__consultation=consultation, raised_at__gt=at - FLOOD_WINDOW).count()
    collapse = f"alerts-{consultation.public_id}" if lately >= FLOOD else ""
    for person in people:
        send_on_commit(
            emails.alert_raised, to=person, at=at, urgent=True, collapse=collapse, alert=raised[0], count=len(raised)
        )


def _locked(alert: Alert) -> Alert:
    return (
        Alert.objects.select_for_update(of=("self",))
        .select_related("verbatim__session__consultation", "taken_by")
        .get(pk=alert.pk)
    )


def _step(alert: Alert, note: str, *, by: Any, at: datetime) -> AlertStep:
    return AlertStep.objects.create(alert=alert, state=alert.state, note=note.strip()[:2000], at=at, by=by)


def _about(alert: Alert) -> dict[str, str]:
    """What the log says besides: codes, never words, nor what they are about."""
    consultation = alert.verbatim.session.consultation
    return {"consultation": consultation.public_id} if consultation is not None else {}
