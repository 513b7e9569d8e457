"""Asking for long work, and doing it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from marelle.documents.actions import store_bytes

from .models import Job, State
from .registry import work_of

KEPT = timedelta(days=7)


@transaction.atomic
def start(kind: str, *, label: str, owner: Any, at: datetime, **parameters: Any) -> Job:
    """Ask for long work. The worker does it; the owner follows it on the job's page."""
    work_of(kind)
    job = Job.objects.create(
        kind=kind, label=label, owner=owner, parameters=parameters, created_at=at, expires_at=at + KEPT
    )
    from .tasks import run

    transaction.on_commit(lambda: run.enqueue(job.pk))
    return job


def run(*, job: Job, at: datetime) -> Job:
    """Do the work and keep its result."""
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, started_at=at)

    def progress(done: int, total: int) -> None:
        Job.objects.filter(pk=job.pk).update(done=done, total=total)

    result = work_of(job.kind)(owner=job.owner, at=at, progress=progress, **job.parameters)
    file = store_bytes(result.content, name=result.name, mime=result.mime, by=job.owner, at=at)
    Job.objects.filter(pk=job.pk).update(state=State.DONE, result=file, ended_at=at)
    job.refresh_from_db()
    return job
