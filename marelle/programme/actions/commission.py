"""The file goes before the commission, and sometimes comes back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.emails import decisions as emails
from marelle.programme.enums import Move, Side
from marelle.programme.models import Candidacy, Message
from marelle.programme.queries import people
from marelle.programme.rules import decisions as rules
from marelle.programme.rules.moves import can_move

from .moving import change_status, locked, stated
from .reviews import set_due_day


@transaction.atomic
def send_to_commission(
    *, candidacy: Candidacy, commission_on: date, hearing_at: datetime | None, by: Any, at: datetime
) -> Candidacy:
    """The instruction is over: the commission will judge the file as it was last handed over."""
    candidacy = locked(candidacy)
    require(can_move(by, candidacy, Move.SEND_TO_COMMISSION))
    _possible(commission_on, hearing_at, at)
    if not candidacy.submissions.exists():
        raise Refused(_("Aucun dossier déposé\u202f: la commission n’aurait rien à juger."))
    change_status(candidacy, Move.SEND_TO_COMMISSION, at=at, commission_on=commission_on, hearing_at=hearing_at)

    record("programme.candidacy.sent_to_commission", on=candidacy, by=by, at=at, commission_on=commission_on)
    _tell(emails.sent_to_commission, candidacy, at)
    return candidacy


@transaction.atomic
def reschedule(
    *, candidacy: Candidacy, commission_on: date, hearing_at: datetime | None, by: Any, at: datetime
) -> Candidacy:
    """The commission or the hearing moves to another day; the collectivité is told."""
    candidacy = locked(candidacy)
    require(rules.can_reschedule(by, candidacy))
    _possible(commission_on, hearing_at, at)
    candidacy.commission_on, candidacy.hearing_at = commission_on, hearing_at
    candidacy.save(update_fields=["commission_on", "hearing_at"])

    record("programme.candidacy.commission_rescheduled", on=candidacy, by=by, at=at, commission_on=commission_on)
    _tell(emails.commission_rescheduled, candidacy, at)
    return candidacy


@transaction.atomic
def send_back(*, candidacy: Candidacy, reason: str, by: Any, at: datetime) -> Candidacy:
    """The instruction resumes. The reason stays on the file as a message to the collectivité."""
    candidacy = locked(candidacy)
    require(can_move(by, candidacy, Move.SEND_BACK))
    reason = stated(reason)
    change_status(candidacy, Move.SEND_BACK, at=at, commission_on=None, hearing_at=None)
    Message.objects.create(candidacy=candidacy, side=Side.TEAM, text=reason, at=at, by=by)
    set_due_day(candidacy, at=at)
    record("programme.candidacy.sent_back", on=candidacy, by=by, at=at)
    _tell(emails.sent_back, candidacy, at, reason=reason)
    return candidacy


def _possible(commission_on: date, hearing_at: datetime | None, at: datetime) -> None:
    if commission_on < localdate(at):
        raise Refused(_("La commission ne peut pas se tenir à une date passée."))
    if hearing_at and (hearing_at < at or localdate(hearing_at) > commission_on):
        raise Refused(_("L’audition se tient à partir d’aujourd’hui et au plus tard le jour de la commission."))


def _tell(build: Any, candidacy: Candidacy, at: datetime, **facts: Any) -> None:
    for person in people.leads(candidacy.organisation, localdate(at)):
        send_on_commit(build, to=person, at=at, candidacy=candidacy, **facts)
