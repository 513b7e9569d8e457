"""Finding what an address names, for those who may see it: a stranger gets 404."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from marelle.core.rules import Answer, NotNow
from marelle.programme.models import Candidacy, Decision, ProbationTask


def candidacy_or_404(request: HttpRequest, public_id: str) -> Candidacy:
    return get_object_or_404(_seen(request), public_id=public_id)


def decision_or_404(request: HttpRequest, public_id: str) -> Decision:
    decisions = Decision.objects.select_related("submission").filter(candidacy__in=_seen(request))
    decision = get_object_or_404(decisions, public_id=public_id)
    decision.candidacy = _seen(request).get(pk=decision.candidacy_id)
    return decision


def task_or_404(request: HttpRequest, public_id: str) -> ProbationTask:
    tasks = ProbationTask.objects.select_related("decision").filter(decision__candidacy__in=_seen(request))
    task = get_object_or_404(tasks, public_id=public_id)
    task.decision.candidacy = _seen(request).get(pk=task.decision.candidacy_id)
    return task


def theirs_or_403(answer: Answer) -> Answer:
    """« Not yours » shuts the page; « not now » is shown on it."""
    if not answer and not isinstance(answer, NotNow):
        raise PermissionDenied(getattr(answer, "reason", ""))
    return answer


def _seen(request: HttpRequest):
    return Candidacy.objects.visible_to(request.user).select_related(
        "territory", "organisation", "route__mandate", "version", "adviser", "delegation"
    )
