"""Paper: what is printed for a consultation, and the sheets an adult types in for a group."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.ballots.models import Bundle
from marelle.ballots.queries.stations import statement
from marelle.core.rules import NotNow, Refused
from marelle.documents.typesetting import pdf
from marelle.participation.actions import papers as actions
from marelle.participation.definition import Questionnaire
from marelle.participation.forms.papers import SecondCountForm, SheetsForm, as_typed
from marelle.participation.forms.sessions import RollForm
from marelle.participation.models import Consultation, CopiedWords, Session
from marelle.participation.queries import papers as queries
from marelle.participation.rules import papers as rules

from .sessions import as_pdf, found_or_404


@require_safe
def questionnaire(request: HttpRequest, public_id: str) -> HttpResponse:
    """One sheet for each child, in black and white."""
    return _printed(request, public_id, "questionnaire.typ", "questionnaire")


@require_safe
def tally(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sheet on which the adult counts strokes, in the order of the page where they are typed."""
    return _printed(request, public_id, "tally.typ", "comptage")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Type sheets in. What is typed stays on the page until it holds together."""
    return _sheets_page(request, *_of_a_group(request, public_id), None)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: str, bundle_id: str) -> HttpResponse:
    session, whole = _of_a_group(request, public_id)
    bundle = _bundle_or_404(session, bundle_id)
    if bundle.confirmed_at:
        return redirect("participation:paper_bundle", public_id, bundle_id)
    return _sheets_page(request, session, whole, bundle)


@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: HttpRequest, public_id: str, bundle_id: str) -> HttpResponse:
    """What was typed, and the second count that makes votes of it."""
    session, whole = _of_a_group(request, public_id)
    found = _bundle_or_404(session, bundle_id)
    form, refusal = SecondCountForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm(
                session=session, bundle=found, sheets=form.cleaned_data["sheets"], by=request.user, at=timezone.now()
            )
        except Refused as refused:
            refusal = refused
        else:
            words = ngettext("{n} feuille est comptée.", "{n} feuilles sont comptées.", found.sheets)
            messages.success(request, words.format(n=found.sheets) + " " + _("Vous pouvez ranger le paquet."))
            return redirect("participation:session", public_id)
    left = statement(session.station).left
    fits = rules.can_hold(session.station, sheets=found.sheets, left=left)
    context = {
        "session": session,
        "bundle": found,
        "band": queries.band_of(found),
        # Once they are votes, what they say is read with the results, like everything else.
        "counted": [] if found.confirmed_at else queries.read_back(whole, found),
        "form": form,
        "refusal": refusal,
        "surplus": "" if found.confirmed_at or fits else fits.reason,
        "can_change": rules.can_change(request.user, session, found),
        "roll_form": RollForm(
            initial={"roll": (session.station.roll or 0) - left + found.sheets}, auto_id="effectif-%s"
        ),
    }
    return render(request, "participation/papers/bundle.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, public_id: str, bundle_id: str) -> HttpResponse:
    session, _whole = _of_a_group(request, public_id)
    found = _bundle_or_404(session, bundle_id)
    try:
        actions.drop(session=session, bundle=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("participation:paper_bundle", public_id, bundle_id)
    messages.success(request, _("La saisie est retirée. Rien n’avait été compté."))
    return redirect("participation:session", public_id)


def _sheets_page(request: HttpRequest, session: Session, whole: Questionnaire, bundle: Bundle | None) -> HttpResponse:
    allowed = rules.can_enter(request.user, session)
    if not allowed and not isinstance(allowed, NotNow):
        raise PermissionDenied(allowed.reason)
    paper, questions = session.station.box.paper, queries.asked(whole)
    initial: dict[str, Any] = {}
    if bundle is not None:
        copied = CopiedWords.objects.filter(bundle=bundle).first()
        initial = as_typed(questions, paper, bundle, copied.words if copied else {})
    data = request.POST if request.method == "POST" else None
    form = SheetsForm(questions, paper, data, band=session.station.age_band, initial=initial)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            typed = actions.enter(session=session, bundle=bundle, by=request.user, at=timezone.now(), **form.said)
        except Refused as refused:
            refusal = refused
        else:
            return redirect("participation:paper_bundle", session.public_id, typed.public_id)
    context = {
        "session": session,
        "bundle": bundle,
        "form": form,
        "asks_age": "age_band" in form.fields,
        "allowed": allowed,
        "refusal": refusal,
        "left": statement(session.station).left,
    }
    return render(request, "participation/papers/enter.html", context, status=422 if form.errors else 200)


def _of_a_group(request: HttpRequest, public_id: str) -> tuple[Session, Questionnaire]:
    session = found_or_404(request, public_id)
    return session, queries.asked_of(session)


def _bundle_or_404(session: Session, public_id: str) -> Bundle:
    found = get_object_or_404(Bundle.objects.filter(station=session.station_id), public_id=public_id)
    found.station = session.station
    return found


def _printed(request: HttpRequest, public_id: str, template: str, name: str) -> HttpResponse:
    consultation = get_object_or_404(Consultation.objects.visible_to(request.user), public_id=public_id)
    content = pdf(f"participation/typst/{template}", queries.sheet(consultation), title=consultation.title)
    return as_pdf(content, f"{name}-{consultation.public_id}.pdf")
