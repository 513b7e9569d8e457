"""Background doors: load by id, call one action."""

from django.utils import timezone
from django_tasks import task

from . import actions
from .models import Mail


@task()
def send(mail_id: int) -> None:
    mail = Mail.objects.filter(pk=mail_id).first()
    if mail:
        actions.send(mail=mail, at=timezone.now())
