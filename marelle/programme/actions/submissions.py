"""Handing the file over: what was said is frozen, fingerprinted and acknowledged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marelle.audit.actions import record
from marelle.core.frozen import digest
from marelle.core.rules import require
from marelle.documents.actions import make_pdf
from marelle.notifications.actions import send_on_commit
from marelle.programme import signals
from marelle.programme.emails import files as emails
from marelle.programme.enums import Move
from marelle.programme.models import Candidacy, Correction, Submission
from marelle.programme.queries import files, papers
from marelle.programme.rules import files as rules

from .assignments import receive
from .moving import change_status, locked


@transaction.atomic
def submit(*, candidacy: Candidacy, by, at: datetime) -> Submission:
    """Hand the file over for the first time. From here on it no longer changes, unless corrections are asked."""
    candidacy = locked(candidacy)
    file = files.file_of(candidacy)
    require(rules.can_submit(by, candidacy, at=at, file=file))
    submission = _hand_over(file, Move.SUBMIT, by=by, at=at)
    about = {"number": submission.number, "digest": submission.digest}
    record("programme.file.submitted", on=submission.candidacy, by=by, at=at, **about)
    return submission


@transaction.atomic
def resubmit(*, candidacy: Candidacy, by, at: datetime) -> Submission:
    """Send the corrected file back: the correction is answered, the instruction goes on."""
    candidacy = locked(candidacy)
    file = files.file_of(candidacy)
    require(rules.can_resubmit(by, candidacy, at=at, file=file))
    submission = _hand_over(file, Move.RESUBMIT, by=by, at=at)
    about = {"number": submission.number, "digest": submission.digest}
    record("programme.file.resubmitted", on=submission.candidacy, by=by, at=at, **about)
    return submission


def hand_over(*, candidacy: Candidacy, by, at: datetime) -> Submission:
    """Whichever of the two is next for this file."""
    again = rules.hand_over_move(candidacy) == Move.RESUBMIT
    return (resubmit if again else submit)(candidacy=candidacy, by=by, at=at)


def _hand_over(file: files.FileState, move: Move, *, by, at: datetime) -> Submission:
    candidacy = file.candidacy
    number = file.submission.number + 1 if file.submission else 1
    submission = Submission(
        candidacy=candidacy,
        number=number,
        content=file.content,
        digest=digest(file.content),
        submitted_at=at,
        submitted_by=by,
    )
    submission.receipt = make_pdf(
        "programme/typst/receipt.typ",
        papers.receipt(submission),
        name=f"recepisse-{candidacy.public_id}-{number}.pdf",
        title=papers.receipt_title(submission),
        by=by,
        at=at,
    )
    submission.save(force_insert=True)
    change_status(candidacy, move, at=at, last_activity_at=at)
    Correction.objects.filter(candidacy=candidacy, closed_at__isnull=True).update(
        closed_at=at, answered_with=submission
    )
    receive(candidacy=candidacy, by=by, at=at)

    today = timezone.localdate(at)
    for person in files.writers(candidacy, today):
        send_on_commit(emails.file_submitted, to=person, at=at, submission=submission)
    for person in files.accompanying(candidacy, today):
        send_on_commit(emails.file_received, to=person, at=at, submission=submission)
    transaction.on_commit(lambda: signals.candidacy_submitted.send(sender=Candidacy, submission=submission))
    return submission
