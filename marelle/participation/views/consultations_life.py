"""A consultation is opened, given more time, closed, answered or given up: one press, one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marelle.core.rules import Refused
from marelle.participation.actions import consultations as actions
from marelle.participation.forms.consultations import AdjustForm, AnswerForm
from marelle.participation.rules import consultations as rules

from .consultations import page_of, tended_or_404, theirs_or_403


@require_POST
def open_(request: HttpRequest, public_id: str) -> HttpResponse:
    said = _("La consultation est ouverte. Les adultes peuvent maintenant ouvrir des séances avec des enfants.")
    return _moved(request, public_id, actions.open, said)


@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    said = _("La consultation est fermée et comptée. Les enfants attendent votre réponse.")
    return _moved(request, public_id, actions.close, said)


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    said = _("La consultation est abandonnée. Aucun enfant ne l’a vue\u202f; vous pourrez la copier.")
    return _moved(request, public_id, actions.cancel, said)


@require_POST
def adjust(request: HttpRequest, public_id: str) -> HttpResponse:
    found = tended_or_404(request, public_id)
    form = AdjustForm(request.POST, consultation=found)
    if not form.is_valid():
        theirs_or_403(rules.can_adjust(request.user, found))
        return page_of(request, found, adjust=form, status=422)
    return _moved(request, public_id, actions.adjust, _("C’est changé."), adjust=form, **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to the children: on a page of its own, because it is published at once."""
    found = tended_or_404(request, public_id)
    can_answer = theirs_or_403(rules.can_answer(request.user, found))
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answered_by": found.answerer})
    refusal = None
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("text", "answered_by")}
        try:
            actions.answer(consultation=found, by=request.user, at=timezone.now(), **facts)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request, _("La réponse est publiée. Les adultes des groupes la reçoivent pour la lire aux enfants.")
            )
            return redirect("participation:consultation", public_id)
    context = {"consultation": found, "form": form, "refusal": refusal, "can_answer": can_answer}
    return render(request, "participation/consultations/answer.html", context, status=422 if form.errors else 200)


def _moved(
    request: HttpRequest,
    public_id: str,
    act: Callable[..., Any],
    said: str,
    *,
    adjust: AdjustForm | None = None,
    **facts: Any,
) -> HttpResponse:
    found = tended_or_404(request, public_id)
    try:
        act(consultation=found, by=request.user, at=timezone.now(), **facts)
    except Refused as refused:
        return page_of(request, tended_or_404(request, public_id), refusal=refused, adjust=adjust)
    messages.success(request, said)
    return redirect("participation:consultation", public_id)
