"""Background doors: load by id, call one action."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import default_task_backend, task

from . import actions
from .models import Mail


@task()
def send(mail_id: int) -> None:
    mail = Mail.objects.filter(pk=mail_id).first()
    if mail:
        actions.send(mail=mail, at=timezone.now())


def send_soon(mail: Mail, *, wait: bool) -> None:
    """Ask the worker for it, at the hour it is due. Where tasks cannot wait, `marelle hourly` sends it."""
    if not wait:
        send.enqueue(mail.pk)
    elif default_task_backend.supports_defer:
        send.using(run_after=mail.due_at).enqueue(mail.pk)
