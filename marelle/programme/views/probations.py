"""What happens to each promise of a probation: said kept, confirmed, reopened."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marelle.core.rules import Refused
from marelle.programme.actions import probations as actions
from marelle.programme.forms.candidacies import ReasonForm
from marelle.programme.forms.decisions import EvidenceForm

from . import decisions
from .finding import task_or_404


@require_POST
def say_done(request: HttpRequest, public_id: str) -> HttpResponse:
    task = task_or_404(request, public_id)
    form = EvidenceForm(request.POST, auto_id=f"id_{task.public_id}_%s")
    if not form.is_valid():
        return decisions.page(request, task.decision.candidacy, form=form, task_id=public_id)
    try:
        actions.say_done(task=task, evidence=form.cleaned_data["evidence"], by=request.user, at=timezone.now())
    except Refused as refusal:
        return decisions.page(request, task.decision.candidacy, refusal=refusal, form=form, task_id=public_id)
    messages.success(request, _("C’est noté. L’équipe nationale va vérifier."))
    return redirect("programme:decision", task.decision.candidacy.public_id)


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    task = task_or_404(request, public_id)
    try:
        actions.confirm_task(task=task, by=request.user, at=timezone.now())
    except Refused as refusal:
        return decisions.page(request, task.decision.candidacy, refusal=refusal)
    messages.success(request, _("L’engagement est confirmé."))
    return redirect("programme:decision", task.decision.candidacy.public_id)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    task = task_or_404(request, public_id)
    form = ReasonForm(request.POST, auto_id=f"id_{task.public_id}_%s")
    if not form.is_valid():
        return decisions.page(request, task.decision.candidacy, reopening=form, task_id=public_id)
    try:
        actions.reopen_task(task=task, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except Refused as refusal:
        return decisions.page(request, task.decision.candidacy, refusal=refusal, reopening=form, task_id=public_id)
    messages.success(request, _("L’engagement est rouvert. La collectivité est prévenue, avec le motif."))
    return redirect("programme:decision", task.decision.candidacy.public_id)
