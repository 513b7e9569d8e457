"""Mails about the review of a text of the site: to read, sent back, approved. Built when they leave: nothing is said that
is no longer so."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState, WorkflowState

from marelle.notifications.messages import Email


def text_to_review(*, to: Any, task: TaskState) -> Email | None:
    """To those who publish. Nothing once a colleague has answered, or the author took it back."""
    if task.status != TaskState.STATUS_IN_PROGRESS:
        return None
    author = task.workflow_state.requested_by
    said = _("%(who)s propose ce texte à la publication.") % {"who": author} if author else _("Ce texte attend.")
    return _mail(_("À relire\u202f: %(title)s"), said, task.workflow_state, to, button=_("Le relire"))


def text_sent_back(*, to: Any, review: WorkflowState) -> Email | None:
    """To who proposed it, with what is asked."""
    if review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    task = review.current_task_state
    comment = task.comment if task else ""
    said = _("Des changements sont demandés avant de publier ce texte.")
    return _mail(_("À reprendre\u202f: %(title)s"), said, review, to, button=_("Le reprendre"), quote=comment)


def text_approved(*, to: Any, review: WorkflowState) -> Email | None:
    if review.status != WorkflowState.STATUS_APPROVED:
        return None
    text = review.content_object
    said = (
        _("Votre texte est en ligne.")
        if text and text.live
        else _("Votre texte est approuvé\u202f: il paraîtra à l’heure dite.")
    )
    return _mail(_("Approuvé\u202f: %(title)s"), said, review, to, button=_("Le voir"))


def _mail(subject: str, said: str, review: WorkflowState, to: Any, *, button: str, quote: str = "") -> Email | None:
    text = review.content_object
    url = AdminURLFinder(to).get_edit_url(text) if text else None
    if not url:
        return None
    return Email.from_templates(
        "library/emails/practice",
        {
            "subject": subject % {"title": text.get_latest_revision().object_str}, "paragraphs": [said], "quote": quote,
            "lines": [], "button": button, "url": settings.SITE_URL + url,
        },
    )  # fmt: skip
