"""Alerts, for those who protect. To anyone else these pages do not exist."""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marelle.core.rules import Refused
from marelle.participation.actions import alerts as actions
from marelle.participation.enums import AlertState
from marelle.participation.forms.alerts import CloseForm, ReopenForm, StepForm
from marelle.participation.models import Alert
from marelle.participation.queries import alerts as queries
from marelle.participation.queries.verbatims import questions
from marelle.participation.rules import alerts as rules

OPENED = "alerts_opened"
OPEN_SECONDS = 15 * 60
"""How long words that were opened stay so, in one session: a page loaded again is not another reading."""


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    if not queries.may_receive(request.user):
        raise Http404
    page = Paginator(queries.listed(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "participation/alerts/list.html", {"page": page, "states": AlertState})


@require_safe
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page_of(request, _found(request, public_id))


@require_POST
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the words: the reading is written down, then they are shown for a while in this session."""
    found = _found(request, public_id)
    actions.note_reading(alert=found, by=request.user, at=timezone.now())
    request.session[OPENED] = {**_opened(request), found.public_id: int(time.time()) + OPEN_SECONDS}
    return redirect("participation:alert", public_id)


@require_POST
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    try:
        actions.take(alert=found, by=request.user, at=timezone.now())
        flash.success(request, _("Vous avez cette alerte en charge. Vos collègues le voient."))
    except Refused as refusal:
        flash.warning(request, refusal.reason)
    return redirect("participation:alert", public_id)


@require_POST
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    form = StepForm(request.POST)
    return _acted(
        request, found, form, "step_form", lambda facts: actions.add_step(alert=found, **facts), _("C’est noté.")
    )


@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    form = CloseForm(request.POST)
    said = _("L’alerte est close. Les mots restent retenus, sauf si vous les rendez à la relecture.")
    return _acted(request, found, form, "close_form", lambda facts: actions.close(alert=found, **facts), said)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    form = ReopenForm(request.POST)
    said = _("L’alerte est rouverte, et vous l’avez en charge.")
    return _acted(request, found, form, "reopen_form", lambda facts: actions.reopen(alert=found, **facts), said)


@require_POST
def give_back(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    try:
        actions.give_back(alert=found, by=request.user, at=timezone.now())
        flash.success(
            request, _("Les mots sont rendus à la relecture. Les personnes qui relisent ne voient pas l’alerte.")
        )
    except Refused as refusal:
        flash.warning(request, refusal.reason)
    return redirect("participation:alert", public_id)


def _acted(request: HttpRequest, found: Alert, form: Any, name: str, act: Any, said: str) -> HttpResponse:
    refusal: Any = None
    if form.is_valid():
        try:
            act({**form.cleaned_data, "by": request.user, "at": timezone.now()})
        except Refused as error:
            refusal = error
            found.refresh_from_db()
        else:
            flash.success(request, said)
            return redirect("participation:alert", found.public_id)
    return _page_of(request, found, refusal=refusal, **{name: form})


def _found(request: HttpRequest, public_id: str) -> Alert:
    rows = Alert.objects.visible_to(request.user).select_related(
        "verbatim__session__consultation", "verbatim__session__organisation", "verbatim__session__opened_by",
        "verbatim__session__station__territory", "taken_by", "raised_by",
    )  # fmt: skip
    return get_object_or_404(rows, public_id=public_id)


def _opened(request: HttpRequest) -> dict[str, int]:
    """The alerts whose words this session has open, those of long ago left out."""
    now = time.time()
    return {key: until for key, until in request.session.get(OPENED, {}).items() if until > now}


def _page_of(request: HttpRequest, found: Alert, *, refusal: Any = None, **forms: Any) -> HttpResponse:
    session = found.verbatim.session
    is_open = found.public_id in _opened(request)
    context = {
        "alert": found,
        "session": session,
        "consultation": session.consultation,
        "asked": questions(session.consultation).get(found.verbatim.question, "") if session.consultation else "",
        "is_open": is_open,
        "pieces": queries.pieces(found.verbatim.text) if is_open else [],
        "is_forgotten": not found.verbatim.text,
        "signs": queries.signs_in_words(found),
        "steps": found.steps.select_related("by"),
        "refusal": refusal,
        "can_take": rules.can_take(request.user, found),
        "can_note": rules.can_note(request.user, found),
        "can_close": rules.can_close(request.user, found),
        "can_reopen": rules.can_reopen(request.user, found),
        "can_give_back": rules.can_give_back(request.user, found),
        "step_form": StepForm(auto_id="noter_%s"),
        "close_form": CloseForm(auto_id="clore_%s"),
        "reopen_form": ReopenForm(auto_id="rouvrir_%s"),
        **forms,
    }
    bad = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "participation/alerts/one.html", context, status=409 if refusal else 422 if bad else 200)
