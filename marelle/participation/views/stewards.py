"""The people of a consultation: who prepares it, who moderates, who receives alerts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marelle.core.rules import Refused
from marelle.participation.actions import stewards as actions
from marelle.participation.enums import Duty
from marelle.participation.forms.consultations import StewardForm
from marelle.participation.models import Consultation
from marelle.participation.queries.readiness import nation_protects
from marelle.participation.rules import consultations as rules

from .consultations import tended_or_404, theirs_or_403


@require_http_methods(["GET", "HEAD", "POST"])
def stewards(request: HttpRequest, public_id: str) -> HttpResponse:
    found = tended_or_404(request, public_id)
    theirs_or_403(rules.can_name(request.user, found))
    wanted = request.GET.get("tache", "")
    form = StewardForm(
        request.POST if request.method == "POST" else None,
        initial={"duty": wanted if wanted in Duty.values else Duty.MODERATOR},
    )
    if request.method == "POST" and form.is_valid():
        try:
            named = actions.name(consultation=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error("email", refused.reason)
        else:
            messages.success(request, _("C’est fait : %(who)s est prévenu·e par courriel.") % {"who": named.user})
            return redirect("participation:consultation_stewards", public_id)
    return _page(request, found, form)


@require_POST
def thank(request: HttpRequest, public_id: str, person: str, duty: str) -> HttpResponse:
    found = tended_or_404(request, public_id)
    steward = get_object_or_404(
        found.stewards.select_related("user", "consultation"), user__public_id=person, duty=duty
    )
    try:
        actions.thank(steward=steward, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, found, StewardForm(), refusal=refused)
    messages.success(request, _("%(who)s n’a plus cette tâche.") % {"who": steward.user})
    if not Consultation.objects.tended_by(request.user).filter(pk=found.pk).exists():
        return redirect("participation:consultations")
    return redirect("participation:consultation_stewards", public_id)


def _page(request: HttpRequest, found: Consultation, form: StewardForm, refusal: Any = None) -> HttpResponse:
    named = sorted(found.stewards.all(), key=lambda one: str(one.user))
    context = {
        "consultation": found,
        "form": form,
        "refusal": refusal,
        "duties": [(duty, [one for one in named if one.duty == duty]) for duty in Duty],
        "can_name": rules.can_name(request.user, found),
        "nation_protects": nation_protects(timezone.localdate()),
    }
    return render(request, "participation/consultations/stewards.html", context, status=422 if form.errors else 200)
