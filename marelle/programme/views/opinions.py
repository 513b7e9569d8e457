"""Asking for an opinion, giving one, reminding, taking back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused, require
from marelle.programme.actions import opinions as actions
from marelle.programme.forms.instruction import OpinionForm, OpinionRequestForm, ReasonForm
from marelle.programme.models import Candidacy, Opinion
from marelle.programme.queries.hats import remember_hats
from marelle.programme.queries.opinions import askable
from marelle.programme.queries.review import reading
from marelle.programme.rules import opinions as rules

from .review import found


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    allowed = rules.can_ask(request.user, candidacy)
    if not remember_hats(request.user, candidacy).is_national:
        require(allowed)
    today = timezone.localdate()
    deadlines = candidacy.version.definition.deadlines
    people = askable(candidacy, today)
    form = OpinionRequestForm(
        request.POST or None, people=people, today=today, days=deadlines.opinion_days if deadlines else 21
    )
    refusal: Any = None if allowed else allowed
    if request.method == "POST" and form.is_valid():
        try:
            opinion = actions.ask(candidacy=candidacy, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as error:
            refusal = error
        else:
            flash.success(request, _("L’avis de %(person)s est demandé.") % {"person": opinion.asked_of})
            return redirect("programme:review", public_id)
    context = {"candidacy": candidacy, "form": form, "refusal": refusal, "allowed": allowed, "people": people}
    return render(request, "programme/opinions/ask.html", context, status=422 if form.errors else 200)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is asked of me, and what I gave."""
    rows = (
        Opinion.objects.filter(
            asked_of=request.user, revoked_at__isnull=True, candidacy__in=Candidacy.objects.visible_to(request.user)
        )
        .select_related("candidacy__territory", "asked_by")
        .order_by("given_at", "due_on", "pk")
    )
    context = {
        "awaited": [one for one in rows if one.given_at is None],
        "given": [one for one in rows if one.given_at],
        "today": timezone.localdate(),
    }
    return render(request, "programme/opinions/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file to read and the opinion to write, for the person asked."""
    one = _of_a_visible_file(request, public_id)
    if one.asked_of_id != request.user.pk or one.revoked_at is not None:
        raise Http404
    is_draft = "draft" in request.POST
    form = OpinionForm(request.POST or None, is_draft=is_draft, initial={"text": one.text, "advice": one.advice})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            if is_draft:
                actions.save_draft(opinion=one, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
                flash.success(request, _("Brouillon gardé. Personne d’autre ne le lit ; votre avis n’est pas rendu."))
                return redirect("programme:opinion", public_id)
            actions.give(opinion=one, by=request.user, at=timezone.now(), **form.cleaned_data)
            flash.success(request, _("Merci, votre avis est rendu."))
            return redirect("programme:opinion", public_id)
        except Refused as error:
            refusal = error
    candidacy = one.candidacy
    remember_hats(request.user, candidacy)
    context = {
        "opinion": one,
        "candidacy": candidacy,
        "read": reading(
            candidacy, request.user, on=timezone.localdate(), opinions=(), with_notes=False, with_messages=False
        ),
        "form": form,
        "can_give": rules.can_give(request.user, one),
        "refusal": refusal,
        "is_late": one.due_on < timezone.localdate(),
    }
    return render(request, "programme/opinions/opinion.html", context, status=422 if form.errors else 200)


@require_POST
def remind(request: HttpRequest, public_id: str) -> HttpResponse:
    one = _of_a_visible_file(request, public_id)
    try:
        actions.remind(opinion=one, by=request.user, at=timezone.now())
        flash.success(request, _("%(person)s est relancé·e.") % {"person": one.asked_of})
    except Refused as refusal:
        flash.warning(request, refusal.reason)
    return redirect("programme:review", one.candidacy.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    one = _of_a_visible_file(request, public_id)
    allowed = rules.can_revoke(request.user, one)
    if not remember_hats(request.user, one.candidacy).is_national:
        raise PermissionDenied(getattr(allowed, "reason", ""))
    form = ReasonForm(request.POST or None)
    refusal: Any = None if allowed else allowed
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke(opinion=one, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as error:
            refusal = error
        else:
            flash.success(request, _("La demande d’avis est retirée."))
            return redirect("programme:review", one.candidacy.public_id)
    context = {"opinion": one, "candidacy": one.candidacy, "form": form, "refusal": refusal, "allowed": allowed}
    return render(request, "programme/opinions/revoke.html", context, status=422 if form.errors else 200)


def _of_a_visible_file(request: HttpRequest, public_id: str) -> Opinion:
    """An opinion of a file the person may see. The collectivité sees its file, and no opinion on it: to it there is
    none."""
    rows = Opinion.objects.filter(candidacy__in=Candidacy.objects.visible_to(request.user)).select_related(
        "candidacy__territory__departement", "candidacy__territory__epci", "candidacy__territory__ept",
        "candidacy__organisation", "candidacy__route__mandate", "candidacy__version", "candidacy__adviser",
        "asked_of", "asked_by",
    )  # fmt: skip
    one = get_object_or_404(rows, public_id=public_id)
    if remember_hats(request.user, one.candidacy).is_collectivite:
        raise Http404
    return one
