"""What is written around the commission, its decision and the probation that may follow."""

from __future__ import annotations

from typing import Any

from marelle.notifications.messages import Email
from marelle.programme.models import Candidacy, Decision, ProbationTask
from marelle.programme.queries.hats import hats

from .links import link


def sent_to_commission(*, to: Any, candidacy: Candidacy) -> Email | None:
    """Nothing left to say when the file came back before the mail was built: its day is no longer known."""
    return _about("sent_to_commission", to, candidacy) if candidacy.commission_on else None


def commission_rescheduled(*, to: Any, candidacy: Candidacy) -> Email | None:
    """Nothing left to say when the file has left the commission since."""
    return _about("commission_rescheduled", to, candidacy) if candidacy.commission_on else None


def sent_back(*, to: Any, candidacy: Candidacy, reason: str) -> Email | None:
    return _about("sent_back", to, candidacy, reason=reason)


def decided(*, to: Any, decision: Decision) -> Email | None:
    return _on_decision("decided", to, decision.candidacy, decision=decision, tasks=decision.tasks.all())


def probation_ended(*, to: Any, decision: Decision) -> Email | None:
    return _on_decision("probation_ended", to, decision.candidacy, decision=decision)


def task_done(*, to: Any, task: ProbationTask) -> Email | None:
    return _on_decision("task_done", to, task.decision.candidacy, task=task)


def task_confirmed(*, to: Any, task: ProbationTask) -> Email | None:
    return _on_decision("task_confirmed", to, task.decision.candidacy, task=task)


def task_reopened(*, to: Any, task: ProbationTask, reason: str) -> Email | None:
    return _on_decision("task_reopened", to, task.decision.candidacy, task=task, reason=reason)


def _about(name: str, to: Any, candidacy: Candidacy, **facts: Any) -> Email | None:
    if not hats(to, candidacy).sees:  # They left, or stepped aside, since it was decided to tell them.
        return None
    facts |= {"to": to, "candidacy": candidacy, "url": link("programme:candidacy", candidacy.public_id)}
    return Email.from_templates(f"programme/emails/{name}", facts)


def _on_decision(name: str, to: Any, candidacy: Candidacy, **facts: Any) -> Email | None:
    if not hats(to, candidacy).sees:  # They left, or stepped aside, since it was decided to tell them.
        return None
    facts |= {"to": to, "candidacy": candidacy, "url": link("programme:decision", candidacy.public_id)}
    return Email.from_templates(f"programme/emails/{name}", facts)
