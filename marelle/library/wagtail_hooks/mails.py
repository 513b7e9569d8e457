"""Our mails about reviews take the place of Wagtail's (`library.actions.reviews` says why): each is connected under the name
Wagtail gives its own, which then finds its place taken, whichever comes first."""

from typing import Any

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from marelle.library.actions import reviews


def nobody(**_news: Any) -> None:
    """A review that begins is told by its first task."""


for signal, sender, name, ours in (
    (task_submitted, TaskState, "group_approval_task_submitted", reviews.tell_those_who_review),
    (workflow_submitted, WorkflowState, "workflow_state_submitted", nobody),
    (workflow_rejected, WorkflowState, "workflow_state_rejected", reviews.tell_who_asked),
    (workflow_approved, WorkflowState, "workflow_state_approved", reviews.tell_who_asked),
):
    place = {"sender": sender, "dispatch_uid": f"{name}_email_notification"}
    signal.disconnect(**place)
    signal.connect(ours, **place)
