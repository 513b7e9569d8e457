"""Telling people of a review, by the door every mail leaves through. Wagtail would send these itself, at once, within the
request, and to « superusers », whom Marelle does not have."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import GroupApprovalTask, TaskState, WorkflowState

from marelle.library.emails import reviews as emails
from marelle.notifications.actions import send_on_commit


@transaction.atomic
def tell_those_who_review(*, instance: TaskState, user: Any = None, **_news: Any) -> None:
    """A text waits for a group: each of its people is told, except who asked."""
    task = instance.task.specific
    if not isinstance(task, GroupApprovalTask):
        return
    people = get_user_model().objects.filter(groups__in=task.groups.all(), is_active=True).distinct()
    for person in people:
        if person == user:
            continue
        send_on_commit(emails.text_to_review, to=person, at=timezone.now(), task=instance)


@transaction.atomic
def tell_who_asked(*, instance: WorkflowState, user: Any = None, **_news: Any) -> None:
    """A review has ended, or asks for changes: who proposed the text is told, unless they did it themselves."""
    author = instance.requested_by
    if author is None or author == user or not author.is_active:
        return
    approved = instance.status == WorkflowState.STATUS_APPROVED
    send_on_commit(
        emails.text_approved if approved else emails.text_sent_back, to=author, at=timezone.now(), review=instance
    )
