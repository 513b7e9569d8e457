"""An answer promised to children is recalled before its day, and every week once it has passed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import consultations as emails
from marelle.participation.enums import ConsultationState
from marelle.participation.models import Consultation
from marelle.participation.queries import consultations as queries
from marelle.programme.models import Mandate

from .consultations import locked

BEFORE = timedelta(days=7)
EVERY = timedelta(days=7)


def chase_answers(*, at: datetime) -> int:
    """Remind those who promised. Returns for how many consultations."""
    today = timezone.localdate(at)
    waiting = Consultation.objects.filter(
        state__in=[ConsultationState.OPEN, ConsultationState.CLOSED], answer_due_on__lte=today + BEFORE
    ).order_by("pk")
    return one_by_one(list(waiting), lambda consultation: _chase_one(consultation, today, at))


@transaction.atomic
def _chase_one(consultation: Consultation, today: date, at: datetime) -> bool:
    consultation = locked(consultation)
    due, last = consultation.answer_due_on, consultation.chased_on
    if due is None or not consultation.box_id or consultation.state == ConsultationState.ANSWERED:
        return False
    if today <= due:
        if last and last >= due - BEFORE:
            return False
        build = emails.answer_due
    else:
        if last and last > due and today - last < EVERY:
            return False
        build = emails.answer_overdue
    consultation.chased_on = today
    consultation.save(update_fields=["chased_on"])
    for person in queries.authors(consultation):
        send_on_commit(build, to=person, at=at, consultation=consultation)
    record("participation.consultation.chased", on=consultation, by=None, at=at, late=max((today - due).days, 0))
    return True


@transaction.atomic
def forget_names(*, at: datetime) -> int:
    """Once the mandate is over the answer stays, and is the organisation's: whoever gave it is no longer named."""
    over = Mandate.objects.filter(ends_on__lt=timezone.localdate(at)).order_by("-ends_on").first()
    if over is None:
        return 0
    done = 0
    old = Consultation.objects.filter(state=ConsultationState.ANSWERED, answered_at__date__lte=over.ends_on)
    for consultation in old.exclude(answered_by=F("organisation__name")).select_related("organisation"):
        consultation.answerer = consultation.answered_by = consultation.organisation.name
        consultation.save(update_fields=["answerer", "answered_by"])
        done += 1
    if done:
        record("participation.consultation.forgotten", on=Consultation, by=None, at=at, count=done)
    return done
