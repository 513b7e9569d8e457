"""While a year is made in seconds, its mails must not leave one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from marelle.notifications.models import Mail, State

RECENT = timedelta(days=6)


@contextmanager
def mails_stay(at: datetime) -> Iterator[None]:
    """Mails of the story count as sent on their day; those of its last days wait, and fill the mailbox page."""
    yield
    past = Mail.objects.filter(state=State.WAITING, created_at__lt=at - RECENT)
    past.update(state=State.SENT, sent_at=at - RECENT)


def forget_tasks() -> None:
    """The queue holds one task per mail of the year: keep those of the mails that still wait."""
    waiting = set(Mail.objects.filter(state=State.WAITING).values_list("pk", flat=True))
    for task in DBTaskResult.objects.filter(task_path="marelle.notifications.tasks.send", status="READY").iterator():
        if task.args_kwargs["args"] and task.args_kwargs["args"][0] not in waiting:
            task.delete()
