"""Practices, by those who review them: taken in hand, commented field by field, sent back, published."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import NotNow, Refused, require
from marelle.library.actions.practices import locked, move
from marelle.library.definition.practices import QUESTIONS
from marelle.library.emails import practices as emails
from marelle.library.enums import PracticeState
from marelle.library.models import Comment, Practice
from marelle.library.queries import people, practice_texts
from marelle.library.rules import practices as rules
from marelle.library.rules.practices import Act
from marelle.library.signals import practice_published
from marelle.notifications.actions import send_on_commit

READ_AGAIN_AFTER = timedelta(days=730)
"""How long a practice is deemed up to date when its reviewer names no day."""


@transaction.atomic
def hold(*, practice: Practice, by: Any, at: datetime, from_another: bool = False) -> Practice:
    """Take a practice in hand, so that two people do not review it at once. `from_another`: a colleague is away."""
    practice = locked(practice)
    require(rules.can_hold(by, practice, from_another=from_another))
    if practice.locked_by_id != by.pk:
        relieved = practice.locked_by_id is not None
        practice.locked, practice.locked_at, practice.locked_by = True, at, by
        practice.save(update_fields=["locked", "locked_at", "locked_by"])
        record("library.practice.held", on=practice, by=by, at=at, relieved=relieved)
    return practice


@transaction.atomic
def release(*, practice: Practice, by: Any, at: datetime) -> Practice:
    """Put it back in the queue, undecided."""
    practice = locked(practice)
    require(rules.can_hold(by, practice))
    if practice.locked_by_id is not None:
        practice.locked, practice.locked_at, practice.locked_by = False, None, None
        practice.save(update_fields=["locked", "locked_at", "locked_by"])
        record("library.practice.released", on=practice, by=by, at=at)
    return practice


@transaction.atomic
def comment(*, practice: Practice, field: str, text: str, by: Any, at: datetime) -> Comment:
    """A remark on one question, or on the whole. Its authors see it at once; they are written to when it is sent back."""
    practice = locked(practice)
    require(rules.can(by, Act.COMMENT, practice))
    if field and field not in QUESTIONS:
        raise Refused(_("Cette question n’existe pas dans la fiche."))
    written = Comment.objects.create(practice=practice, field=field, text=_said(text), by=by, at=at)
    record("library.practice.commented", on=practice, by=by, at=at, field=field)
    return written


@transaction.atomic
def reply(*, comment: Comment, text: str, by: Any, at: datetime) -> Comment:
    """Answer a remark. The other side is told: the reader when authors answer, the authors otherwise."""
    practice = locked(comment.practice)
    require(rules.can(by, Act.REPLY, practice))
    if comment.reply_to_id:
        raise Refused(_("Répondez à la remarque elle-même."))
    written = Comment.objects.create(
        practice=practice, reply_to=comment, field=comment.field, text=_said(text), by=by, at=at
    )
    record("library.practice.replied", on=practice, by=by, at=at, field=comment.field)
    if comment.by and comment.by_id != by.pk:
        send_on_commit(
            emails.practice_replied, to=comment.by, at=at, collapse=f"practice-{practice.pk}", practice=practice
        )
    return written


@transaction.atomic
def settle(*, comment: Comment, settled: bool, by: Any, at: datetime) -> Comment:
    """A remark is dealt with, or is not after all."""
    practice = locked(comment.practice)
    comment = Comment.objects.select_related("practice__organisation").get(pk=comment.pk)
    require(rules.can_settle(by, comment))
    if bool(comment.settled_at) != settled:
        comment.settled_at = at if settled else None
        comment.save(update_fields=["settled_at"])
        if settled:
            record("library.practice.settled", on=practice, by=by, at=at, field=comment.field)
        else:
            record("library.practice.unsettled", on=practice, by=by, at=at, field=comment.field)
    return comment


@transaction.atomic
def send_back(*, practice: Practice, reason: str, by: Any, at: datetime) -> Practice:
    """Return it to its authors with what is to be completed: a word on the whole, or remarks on its questions."""
    practice = locked(practice)
    require(rules.can_decide(by, Act.RETURN, practice))
    open_ones = practice.comments.filter(settled_at__isnull=True, reply_to__isnull=True).count()
    if not (reason.strip() or open_ones):
        raise Refused(_("Dites ce qui est à compléter\u202f: un mot sur l’ensemble, ou une remarque sur une question."))
    move(practice, PracticeState.RETURNED, at=at, reason=reason.strip())
    record("library.practice.returned", on=practice, by=by, at=at, comments=open_ones)
    for person in people.authors(practice, on=localdate(at)):
        send_on_commit(emails.practice_returned, to=person, at=at, practice=practice)
    return practice


@transaction.atomic
def publish(*, practice: Practice, by: Any, at: datetime, review_on: Any = None, seen: str = "") -> Practice:
    """Make the proposed text public, until a day when it will be read again.

    `seen` is the fingerprint of the text that the reviewer read: if its authors took it back and proposed another
    meanwhile, nothing is published unread.
    """
    practice = locked(practice)
    require(rules.can_decide(by, Act.PUBLISH, practice))
    text = practice_texts.working(practice)
    if seen and seen != practice_texts.fingerprint_of(text):
        require(NotNow(_("Le texte a changé depuis que vous l’avez lu. Relisez-le avant de publier.")))
    review_on = review_on or localdate(at) + READ_AGAIN_AFTER
    if review_on <= localdate(at):
        raise Refused(_("La date de relecture doit être à venir."))
    again = practice.live
    revision = practice.latest_revision if practice.has_hidden_change else None
    if revision is None:
        revision = text.save_revision(user=by, clean=False)
    revision.publish(user=by, log_action=False, skip_permission_checks=True)

    practice = locked(practice)
    practice.reviewed_on, practice.review_on, practice.review_asked_at = localdate(at), review_on, None
    practice.last_published_at, practice.has_unpublished_changes = at, False
    practice.first_published_at = practice.first_published_at if again else at
    move(
        practice, PracticeState.PUBLISHED, at=at,
        also=[
            "reviewed_on", "review_on", "review_asked_at", "last_published_at", "first_published_at",
            "has_unpublished_changes",
        ],
    )  # fmt: skip
    record("library.practice.published", on=practice, by=by, at=at, again=again, review_on=review_on)
    for person in people.authors(practice, on=localdate(at)):
        send_on_commit(emails.practice_published, to=person, at=at, practice=practice)
    transaction.on_commit(lambda: practice_published.send(sender=Practice, practice=practice, by=by, at=at))
    return practice


@transaction.atomic
def confirm(*, practice: Practice, by: Any, at: datetime) -> Practice:
    """Its people (or those who publish) read it again and it still holds: good for another while."""
    practice = locked(practice)
    require(rules.can(by, Act.CONFIRM, practice))
    practice.reviewed_on, practice.review_on = localdate(at), localdate(at) + READ_AGAIN_AFTER
    practice.review_asked_at = None
    practice.save(update_fields=["reviewed_on", "review_on", "review_asked_at"])
    record("library.practice.confirmed", on=practice, by=by, at=at, review_on=practice.review_on)
    return practice


@transaction.atomic
def ask_to_read_again(*, at: datetime) -> int:
    """Once per practice whose review date passed: its people are asked whether it still holds. Gives how many."""
    due = Practice.objects.select_for_update(of=("self",)).filter(
        state=PracticeState.PUBLISHED, review_on__lte=localdate(at), review_asked_at__isnull=True
    )
    asked = list(due.order_by("review_on", "pk")[:500])
    for practice in asked:
        practice.review_asked_at = at
        practice.save(update_fields=["review_asked_at"])
        for person in people.authors(practice, on=localdate(at), leaders=True):
            send_on_commit(emails.practice_to_read_again, to=person, at=at, practice=practice)
    if asked:
        record("library.practice.review_asked", on=Practice, by=None, at=at, count=len(asked))
    return len(asked)


def _said(text: str) -> str:
    if not text.strip():
        raise Refused(_("Écrivez votre remarque."))
    return text.strip()
