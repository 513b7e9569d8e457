"""Background doors: load by id, call one action."""

from django.utils import timezone
from django_tasks import task

from . import actions
from .models import Job


@task()
def run(job_id: int) -> None:
    job = Job.objects.filter(pk=job_id).first()
    if job:
        actions.run(job=job, at=timezone.now())
