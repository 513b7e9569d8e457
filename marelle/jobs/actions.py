"""Asking for long work, and doing it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.documents.actions import forget, store_bytes

from . import rules
from .models import Job, State
from .registry import Progress, work_of

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)
DEAD_AFTER = timedelta(minutes=30)
"""A running job that gives no sign for so long was stopped with its worker."""
BETWEEN_SIGNS = 0.5
"""Seconds between two writes of the progress: the work matters more than its counter."""


@transaction.atomic
def start(kind: str, *, label: str, owner: Any, at: datetime, **parameters: Any) -> Job:
    """Ask for long work. The worker does it; the owner follows it on the job's page."""
    work_of(kind)
    job = Job.objects.create(
        kind=kind, label=label[:200], owner=owner, parameters=parameters, created_at=at, expires_at=at + KEPT
    )
    record("jobs.job.asked", on=job, by=owner, at=at, work=kind)
    _enqueue(job)
    return job


@transaction.atomic
def retry(*, job: Job, by: Any, at: datetime) -> Job:
    """Ask again for work that failed, with the same parameters."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    require(rules.can_retry(by, job))
    job.state, job.error, job.done, job.total = State.WAITING, "", 0, 0
    job.started_at = job.seen_at = job.ended_at = None
    job.expires_at = at + KEPT
    job.save(
        update_fields=["state", "error", "done", "total", "started_at", "seen_at", "ended_at", "expires_at"],
    )
    record("jobs.job.asked", on=job, by=by, at=at, work=job.kind)
    _enqueue(job)
    return job


def run(*, job: Job, at: datetime) -> Job:
    """Do the work and keep its result. Whatever goes wrong is told to the owner, and logged for us."""
    if not Job.objects.filter(pk=job.pk, state=State.WAITING).update(state=State.RUNNING, started_at=at, seen_at=at):
        job.refresh_from_db()
        return job  # Another worker has it, or it is over.
    try:
        if not job.owner.is_active:
            raise Refused(_("Le compte qui a demandé ce travail est clos."))
        result = work_of(job.kind)(owner=job.owner, at=at, progress=_progress_of(job), **job.parameters)
        file = store_bytes(result.content, name=result.name, mime=result.mime, by=job.owner, at=at)
    except Refused as refusal:
        _end(job, State.FAILED, error=refusal.reason)
    except Exception:
        logger.exception("Job %s (%s) failed", job.public_id, job.kind)
        _end(
            job, State.FAILED, error=_("Le travail n’a pas abouti. Recommencez\u202f; si cela se répète, écrivez-nous.")
        )
    else:
        _end(job, State.DONE, result=file)
    job.refresh_from_db()
    return job


def give_up_on_the_dead(*, at: datetime) -> int:
    """Say failed what stopped with its worker, so that its owner can ask again. Gives how many."""
    return Job.objects.filter(
        Q(seen_at__lt=at - DEAD_AFTER) | Q(seen_at__isnull=True, started_at__lt=at - DEAD_AFTER), state=State.RUNNING
    ).update(state=State.FAILED, ended_at=at, error=_("Le travail a été interrompu. Vous pouvez le relancer."))


def expire(*, at: datetime) -> int:
    """Forget jobs past their day, results included. Gives how many."""
    expired = list(Job.objects.filter(expires_at__lt=at).exclude(state=State.RUNNING).select_related("result"))
    for job in expired:
        _forget(job)
    return len(expired)


@transaction.atomic
def _forget(job: Job) -> None:
    result = job.result
    job.delete()
    if result:
        forget(file=result)


def _enqueue(job: Job) -> None:
    from .tasks import run as task

    transaction.on_commit(lambda: task.enqueue(job.pk))


def _progress_of(job: Job) -> Progress:
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        if done >= total or monotonic() - last > BETWEEN_SIGNS:
            last = monotonic()
            Job.objects.filter(pk=job.pk).update(done=done, total=total, seen_at=timezone.now())

    return progress


def _end(job: Job, state: State, **fields: Any) -> None:
    """Only a job still ours may end: one given up meanwhile stays as its owner was told."""
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(state=state, ended_at=timezone.now(), **fields)
