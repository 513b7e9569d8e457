"""Prepare, put aside, publish: what the people of a consultation do with its results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marelle.core.rules import Refused
from marelle.participation.actions import results as actions
from marelle.participation.enums import Level
from marelle.participation.forms.results import ReasonForm

from .results import results_page
from .results_finding import Found, find


@require_POST
def prepare(request: HttpRequest, public_id: str) -> HttpResponse:
    found, form = _theirs(request, public_id), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if found.consultation.level == Level.NATIONAL:  # Minutes of work, and nobody waits for a page that long.
        try:
            job = actions.ask_to_prepare(
                consultation=found.consultation, by=request.user, at=timezone.now(), reason=reason
            )
        except Refused as refusal:
            return results_page(request, found, refused=refusal, form=form)
        messages.info(request, _("Quand ce sera prêt, relisez les résultats sur leur page, puis publiez-les."))
        return redirect("jobs:detail", job.public_id)
    return _do(
        request,
        found,
        lambda: actions.prepare(consultation=found.consultation, by=request.user, at=timezone.now(), reason=reason),
        _("Les résultats sont prêts. Vous seuls les voyez\u202f: relisez-les, puis publiez-les."),
        form,
    )


@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _theirs(request, public_id)
    return _do(
        request,
        found,
        lambda: actions.drop(consultation=found.consultation, by=request.user, at=timezone.now()),
        _("Ces résultats préparés sont mis de côté. Personne d’autre ne les a vus."),
    )


@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _theirs(request, public_id)
    return _do(
        request,
        found,
        lambda: actions.publish(consultation=found.consultation, by=request.user, at=timezone.now()),
        _("Les résultats sont publiés. Les adultes des groupes sont prévenus\u202f: dites-le aussi aux enfants."),
    )


def _theirs(request: HttpRequest, public_id: str) -> Found:
    """To whoever does not tend it, these doors do not exist."""
    found = find(request, public_id)
    if not found.tends:
        raise Http404
    return found


def _do(
    request: HttpRequest, found: Found, act: Callable[[], Any], done: str, form: ReasonForm | None = None
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return results_page(request, found, refused=refusal, form=form)
    messages.success(request, done)
    return redirect("participation:results", found.consultation.public_id)
