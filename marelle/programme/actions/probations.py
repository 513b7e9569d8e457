"""The time given to a collectivité to do what it promised, and what comes of each promise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.audit.actions import SYSTEM, record
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.emails import decisions as emails
from marelle.programme.enums import Side, Status
from marelle.programme.models import Candidacy, Decision, Message, ProbationTask
from marelle.programme.queries import people
from marelle.programme.rules import decisions as rules

from .moving import locked, stated


@transaction.atomic
def say_done(*, task: ProbationTask, evidence: str, by: Any, at: datetime) -> ProbationTask:
    """The collectivité says that a promise is kept, and how one can see it. The team will check."""
    task, candidacy = _locked(task)
    require(rules.can_say_done(by, task))
    if not evidence.strip():
        raise Refused(_("Dites ce qui a été fait, et comment on peut le voir."))
    task.done_at, task.done_by, task.evidence = at, by, evidence.strip()
    task.save(update_fields=["done_at", "done_by", "evidence"])
    candidacy.last_activity_at = at
    candidacy.save(update_fields=["last_activity_at"])

    record("programme.probation.task_done", on=candidacy, by=by, at=at, task=task.public_id)
    for person in people.team_of(candidacy, localdate(at)):
        send_on_commit(emails.task_done, to=person, at=at, task=task)
    return task


@transaction.atomic
def confirm_task(*, task: ProbationTask, by: Any, at: datetime) -> ProbationTask:
    """The team saw it: the promise is kept."""
    task, candidacy = _locked(task)
    require(rules.can_confirm_task(by, task))
    task.confirmed_at, task.confirmed_by = at, by
    task.save(update_fields=["confirmed_at", "confirmed_by"])

    record("programme.probation.task_confirmed", on=candidacy, by=by, at=at, task=task.public_id)
    for person in people.leads(candidacy.organisation, localdate(at)):
        send_on_commit(emails.task_confirmed, to=person, at=at, task=task)
    return task


@transaction.atomic
def reopen_task(*, task: ProbationTask, reason: str, by: Any, at: datetime) -> ProbationTask:
    """The team is not convinced yet. What was said stays in the field; the reason stays on the file."""
    task, candidacy = _locked(task)
    require(rules.can_confirm_task(by, task))
    reason = stated(reason)
    task.done_at = task.done_by = None
    task.save(update_fields=["done_at", "done_by"])
    Message.objects.create(candidacy=candidacy, side=Side.TEAM, text=f"{task.wording}\n\n{reason}", at=at, by=by)

    record("programme.probation.task_reopened", on=candidacy, by=by, at=at, task=task.public_id)
    for person in people.leads(candidacy.organisation, localdate(at)):
        send_on_commit(emails.task_reopened, to=person, at=at, task=task, reason=reason)
    return task


def tell_ended(*, at: datetime) -> int:
    """Once per probation, the day after its end: the collectivité and the managers learn that a decision is due."""
    over = Decision.objects.filter(
        candidacy__status=Status.PROBATION, probation_ends_on__lt=localdate(at), probation_told_at__isnull=True
    )
    return one_by_one(over.order_by("pk"), lambda decision: _tell_ended(decision, at))


@transaction.atomic
def _tell_ended(decision: Decision, at: datetime) -> int:
    candidacy = locked(decision.candidacy)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.probation_told_at or candidacy.status != Status.PROBATION:
        return 0
    decision.probation_told_at = at
    decision.save(update_fields=["probation_told_at"])
    record("programme.probation.ended", on=candidacy, by=SYSTEM, at=at, decision=decision.public_id)
    day = localdate(at)
    for person in people.leads(candidacy.organisation, day) | people.managers(day):
        send_on_commit(emails.probation_ended, to=person, at=at, decision=decision)
    return 1


def _locked(task: ProbationTask) -> tuple[ProbationTask, Candidacy]:
    candidacy = locked(task.decision.candidacy)
    task = ProbationTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    task.decision.candidacy = candidacy
    return task, candidacy
