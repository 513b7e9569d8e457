"""Mails about a collectivité's file: handed over, waited for, too late."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from marelle.accounts.queries import standing
from marelle.notifications.messages import Email
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy, Submission
from marelle.programme.queries import files


def file_submitted(*, to, submission: Submission) -> Email:
    """To those who write the file: it is handed over, here is the receipt."""
    return Email.from_templates(
        "programme/emails/file_submitted", _about(to, submission, "programme:submission", submission.number)
    )


def file_received(*, to, submission: Submission) -> Email:
    """To those who accompany: a file came in."""
    return Email.from_templates("programme/emails/file_received", _about(to, submission, "programme:review"))


def file_chase(*, to, candidacy: Candidacy, days: int) -> Email | None:
    """Before the date limit: the draft is not handed over yet. Nothing to say once it is."""
    return _chase("programme/emails/file_chase", to, candidacy, Status.DRAFT, days=days)


def edits_chase(*, to, candidacy: Candidacy, days: int) -> Email | None:
    """Before the date asked for corrections: they are not sent back yet. Nothing to say once they are."""
    return _chase("programme/emails/edits_chase", to, candidacy, Status.CORRECTION, days=days)


def file_late(*, to, candidacy: Candidacy) -> Email | None:
    """The date limit is past and the draft was not handed over."""
    return _chase("programme/emails/file_late", to, candidacy, Status.DRAFT)


def _about(to, submission: Submission, page: str, *more) -> dict:
    candidacy = submission.candidacy
    return {
        "to": to,
        "candidacy": candidacy,
        "submission": submission,
        "moment": files.moment(submission.submitted_at),
        "url": f"{settings.SITE_URL}{reverse(page, args=[candidacy.public_id, *more])}",
    }


def _chase(template: str, to, candidacy: Candidacy, status: Status, **more) -> Email | None:
    if candidacy.status != status:
        return None
    if not standing(to).roles_in(candidacy.organisation):
        return None
    file = files.file_of(candidacy)
    until: date | datetime | None
    if status == Status.CORRECTION:
        until = timezone.localdate() if file.correction is None else file.correction.due_on
    else:
        until = file.due_at
    page = reverse("programme:file_check", args=[candidacy.public_id])
    return Email.from_templates(
        template,
        {
            "to": to,
            "candidacy": candidacy,
            "until": files.moment(file.due_at) if status == Status.DRAFT and file.due_at else until,
            "missing": file.missing[:10],
            "more": max(len(file.missing) - 10, 0),
            "changed": len(file.changed),
            "url": f"{settings.SITE_URL}{page}",
            **more,
        },
    )
