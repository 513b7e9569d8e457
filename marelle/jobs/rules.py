"""Who may do what with a job, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, No, NotNow

from .models import Job, State


def can_retry(user: Any, job: Job) -> Answer:
    if job.owner_id != user.pk:
        return No(_("Ce travail a été demandé par une autre personne."))
    if job.state != State.FAILED:
        return NotNow(_("Ce travail n’a pas échoué."))
    return True
