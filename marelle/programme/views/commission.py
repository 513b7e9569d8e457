"""Pages around the commission: send a file to it, change the day, take the file back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marelle.core.rules import Refused
from marelle.programme.actions import commission as actions
from marelle.programme.enums import Move, Status
from marelle.programme.forms.candidacies import ReasonForm
from marelle.programme.forms.decisions import CommissionForm
from marelle.programme.rules.decisions import can_reschedule
from marelle.programme.rules.moves import can_move

from .finding import candidacy_or_404, theirs_or_403


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the file to the commission; once it is there, change the day."""
    found = candidacy_or_404(request, public_id)
    is_there = found.status == Status.COMMISSION
    if is_there:
        allowed = theirs_or_403(can_reschedule(request.user, found))
    else:
        allowed = theirs_or_403(can_move(request.user, found, Move.SEND_TO_COMMISSION))
    known = {"commission_on": found.commission_on, "hearing_at": found.hearing_at}
    form, refusal = CommissionForm(request.POST or None, initial=known), None
    if request.method == "POST" and form.is_valid():
        act = actions.reschedule if is_there else actions.send_to_commission
        try:
            act(candidacy=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("C’est noté. La collectivité est prévenue."))
            return redirect("programme:candidacy", public_id)
    context = {"candidacy": found, "form": form, "refusal": refusal, "allowed": allowed, "is_there": is_there}
    return render(request, "programme/commission.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    allowed = theirs_or_403(can_move(request.user, found, Move.SEND_BACK))
    form, refusal = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(candidacy=found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("L’instruction reprend. La collectivité est prévenue."))
            return redirect("programme:candidacy", public_id)
    context = {"candidacy": found, "form": form, "refusal": refusal, "allowed": allowed}
    return render(request, "programme/send_back.html", context)
