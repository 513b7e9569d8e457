"""Reading a file beside what the team says of it, and what is done from there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused, require
from marelle.documents.models import File
from marelle.documents.responses import serve
from marelle.programme.actions import conflicts, corrections, notes, reviews
from marelle.programme.enums import Move
from marelle.programme.forms.instruction import CorrectionForm, NoteForm, ReasonForm
from marelle.programme.models import Candidacy
from marelle.programme.queries.hats import remember_hats
from marelle.programme.queries.review import Reading, reading, was_submitted
from marelle.programme.rules import assignments as assignment_rules
from marelle.programme.rules import conflicts as conflict_rules
from marelle.programme.rules import corrections as correction_rules
from marelle.programme.rules import messages as message_rules
from marelle.programme.rules import notes as note_rules
from marelle.programme.rules import opinions as opinion_rules
from marelle.programme.rules import reviews as rules
from marelle.programme.rules.moves import can_move


def found(request: HttpRequest, public_id: str) -> Candidacy:
    """A file the person may see, with all that its pages say of it; 404 for anyone else."""
    rows = Candidacy.objects.visible_to(request.user).select_related(
        "territory__departement", "territory__epci", "territory__ept", "organisation", "route__mandate", "version",
        "adviser", "delegation",
    )  # fmt: skip
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, found(request, public_id))


def _page(
    request: HttpRequest, candidacy: Candidacy, *, refusal: Any = None, note: NoteForm | None = None,
    correction: CorrectionForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    user, today = request.user, timezone.localdate()
    hats = remember_hats(user, candidacy)
    if not (hats.is_team or hats.is_asked):
        raise PermissionDenied(_("La lecture du dossier est réservée à l’équipe qui l’instruit."))
    read = _reading(request, candidacy, number=request.GET.get("depot"), typed=correction)
    if read is None:
        if request.GET.get("depot"):
            raise Http404
        return render(request, "programme/review/not_yet.html", {"candidacy": candidacy, "hats": hats})
    deadlines = read.definition.deadlines
    keys = [*read.definition.questions, *(one.key for one in read.definition.documents)]
    if correction is None:
        days = deadlines.correction_days if deadlines else 21
        correction = CorrectionForm(keys=keys, initial={"due_on": today + timedelta(days=days), "clock": "stops"})
    context = {
        "candidacy": candidacy,
        "read": read,
        "hats": hats,
        "today": today,
        "refusal": refusal,
        "note_form": note or NoteForm(auto_id="note-%s"),
        "correction_form": correction,
        "may": {
            "open": can_move(user, candidacy, Move.OPEN_REVIEW) if hats.is_national else None,
            "correct": correction_rules.can_ask(user, candidacy) if read.is_latest and hats.is_national else None,
            "cancel": correction_rules.can_cancel(user, candidacy) if read.open_correction else None,
            "note": note_rules.can_add(user, candidacy),
            "write": message_rules.can_write(user, candidacy),
            "ask": opinion_rules.can_ask(user, candidacy),
            "assign": assignment_rules.can_assign(user, candidacy),
            "conflict": conflict_rules.can_declare(user, candidacy),
        },
        "conflicts": candidacy.conflicts.in_force().select_related("user").order_by("declared_at")
        if conflict_rules.can_see(user, candidacy)
        else (),
    }
    return render(request, "programme/review/review.html", context, status=status)


def _reading(
    request: HttpRequest, candidacy: Candidacy, *, number: str | None, typed: CorrectionForm | None
) -> Reading | None:
    user = request.user
    asked = list(candidacy.opinions.select_related("asked_of", "asked_by"))
    return reading(
        candidacy,
        user,
        on=timezone.localdate(),
        number=_number(number),
        opinions=opinion_rules.listed(user, candidacy, asked),
        with_notes=bool(note_rules.can_read(user, candidacy)),
        with_messages=bool(message_rules.can_read(user, candidacy)),
        typed=typed.typed if typed else None,
    )


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) == 0:
        raise Http404
    return int(text)


@require_safe
def printed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file on paper: what was submitted and nothing that the team wrote, because paper goes anywhere."""
    candidacy = found(request, public_id)
    hats = remember_hats(request.user, candidacy)
    if not (hats.is_team or hats.is_asked):
        raise PermissionDenied
    read = reading(
        candidacy, request.user, on=timezone.localdate(), number=_number(request.GET.get("depot")),
        opinions=(), with_notes=False, with_messages=False,
    )  # fmt: skip
    if read is None:
        raise Http404
    return render(request, "programme/review/print.html", {"candidacy": candidacy, "read": read})


@require_safe
def document(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A document as it was handed over, even when the collectivité took it out of its file since."""
    candidacy = found(request, public_id)
    require(rules.can_read(request.user, candidacy))
    if not was_submitted(candidacy, file_id):
        raise Http404
    return serve(get_object_or_404(File, public_id=file_id), inline=True)


@require_POST
def open_review(request: HttpRequest, public_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    try:
        reviews.open_review(candidacy=candidacy, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, found(request, public_id), refusal=refusal)
    flash.success(request, _("L’instruction est ouverte. La collectivité en est prévenue."))
    return redirect("programme:review", public_id)


@require_POST
def add_note(request: HttpRequest, public_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    form = NoteForm(request.POST, auto_id="note-%s")
    if not form.is_valid():
        return _page(request, candidacy, note=form, status=422)
    try:
        note = notes.add(
            candidacy=candidacy, text=form.cleaned_data["text"], question=form.cleaned_data["question"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, candidacy, note=form, refusal=refusal)
    return redirect(reverse("programme:review", args=[public_id]) + f"#note-{note.public_id}")


@require_POST
def ask_correction(request: HttpRequest, public_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    definition = candidacy.version.definition
    keys = [*definition.questions, *(one.key for one in definition.documents)]
    form = CorrectionForm(request.POST, keys=keys)
    if not form.is_valid():
        return _page(request, candidacy, correction=form, status=422)
    try:
        corrections.ask(
            candidacy=candidacy, items=form.reasons, due_on=form.cleaned_data["due_on"],
            stops_clock=form.cleaned_data["clock"] == "stops", by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, found(request, public_id), correction=form, refusal=refusal)
    flash.success(request, _("La demande de corrections est envoyée à la collectivité."))
    return redirect("programme:review", public_id)


@require_POST
def cancel_correction(request: HttpRequest, public_id: str) -> HttpResponse:
    candidacy = found(request, public_id)
    try:
        corrections.cancel(candidacy=candidacy, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, found(request, public_id), refusal=refusal)
    flash.success(request, _("La demande de corrections est retirée. La collectivité en est prévenue."))
    return redirect("programme:review", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stepping aside: a page of its own, because there is no way back from it."""
    candidacy = found(request, public_id)
    allowed = conflict_rules.can_declare(request.user, candidacy)
    require(allowed)
    form = ReasonForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.declare(
                candidacy=candidacy, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
        except Refused as error:
            refusal = error
        else:
            flash.success(
                request,
                _("C’est noté, merci. Le dossier de %(territory)s ne vous est plus ouvert.")
                % {"territory": candidacy.territory},
            )
            return redirect("portal:dashboard")
    context = {"candidacy": candidacy, "form": form, "refusal": refusal}
    return render(request, "programme/review/conflict.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def lift_conflict(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    candidacy = found(request, public_id)
    require(conflict_rules.can_see(request.user, candidacy))
    declared = get_object_or_404(candidacy.conflicts.in_force().select_related("user"), user__public_id=person)
    allowed = conflict_rules.can_lift(request.user, declared)
    form, refusal = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.lift(
                conflict=declared, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )  # fmt: skip
        except Refused as error:
            refusal = error
        else:
            flash.success(request, _("Le dossier est de nouveau ouvert à %(person)s.") % {"person": declared.user})
            return redirect("programme:review", public_id)
    context = {"candidacy": candidacy, "declared": declared, "form": form, "refusal": refusal, "allowed": allowed}
    return render(request, "programme/review/lift_conflict.html", context, status=422 if form.errors else 200)
