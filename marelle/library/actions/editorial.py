"""Texts of the site that go online and offline at their hour, and what the log keeps of it. Pages, resources and guides
alike: Wagtail's `published` and `unpublished` come here for them all (`apps.py`)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import DraftStateMixin, Page, Revision

from marelle.audit.actions import record
from marelle.core.rules import Refused
from marelle.library.models import Practice

logger = logging.getLogger(__name__)

SESSION_KEPT, TYPED_KEPT = timedelta(hours=1), timedelta(days=1)


def publish_what_is_due(*, at: datetime) -> int:
    """Take down what has expired, put online what was approved for this hour or before. One that a rule holds back, or
    that breaks, stays as it is and stops none of the others; held back, it goes back to being a draft, so that it does
    not appear by surprise three weeks later, and the dashboard of the back office says so. How many texts moved."""
    moved = 0
    with LogContext():  # nobody's hand: a timer's
        for text in list(_expired(at)):
            moved += _safely(
                lambda text=text: text.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            )
        for revision in Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at", "pk"):
            moved += _safely(lambda revision=revision: _publish(revision, at))
    return moved


def _expired(at: datetime) -> Iterator[Any]:
    for model in (Page, *_snippets()):
        yield from model.objects.filter(live=True, expire_at__lte=at).order_by("expire_at", "pk")


def _snippets() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)]


def _safely(work: Any) -> bool:
    try:
        with transaction.atomic():
            return work() is not False
    except Exception:
        logger.exception("A text of the site could not be published or taken down at its hour")
        return False


def _publish(revision: Revision, at: datetime) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except (Refused, PermissionDenied):
        text = revision.content_object
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        record("library.text.held_back", on=text, by=None, at=at)
        return False
    return True


def note_publication(*, instance: models.Model, **_kwargs: Any) -> None:
    """Wagtail has just published, or scheduled, a text. Practices have a life of their own, which notes it itself; a
    page that the public reads is noted by the portal, which also knows of those that were copied."""
    if isinstance(instance, Practice) or (isinstance(instance, Page) and instance.live):
        return
    live = instance.live  # type: ignore[attr-defined]
    by = get_active_log_context().user
    record("library.text.published" if live else "library.text.scheduled", on=instance, by=by, at=timezone.now())


def note_withdrawal(*, instance: models.Model, **_kwargs: Any) -> None:
    if not isinstance(instance, Practice | Page):
        record("library.text.unpublished", on=instance, by=get_active_log_context().user, at=timezone.now())


def forget_who_was_editing(*, at: datetime) -> int:
    """Wagtail notes who has which text open, to warn the next one, and what was typed last, for the preview. An hour
    later, and a day later, they say nothing any more."""
    opened = EditingSession.objects.filter(last_seen_at__lt=at - SESSION_KEPT).delete()[0]
    return opened + FormState.objects.filter(last_updated_at__lt=at - TYPED_KEPT).delete()[0]
