"""What the adult of a group sees and does: open, follow, close, keep the account of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.ballots.enums import Mode, StationState
from marelle.core.rules import NotNow, Refused, require
from marelle.documents.spreadsheets import CSV, csv_of
from marelle.documents.typesetting import pdf
from marelle.participation.actions import sessions as actions
from marelle.participation.enums import AgeBand
from marelle.participation.forms.sessions import OpenForm, RollForm
from marelle.participation.models import Consultation, Session
from marelle.participation.queries import papers as drawings
from marelle.participation.queries import sessions as queries
from marelle.participation.rules import papers as paper_rules
from marelle.participation.rules import sessions as rules

PER_PAGE = 30
ENOUGH = 286
"""What htmx takes for « stop asking »."""


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """My sessions and those of my colleagues: open first."""
    page = Paginator(queries.mine(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.with_statements(page)
    context = {"page": page, "rows": rows, "consultations_url": _url("participation:consultations")}
    return render(request, "participation/sessions/sessions.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Every statement, as a spreadsheet: numbers of children, never what they answered."""
    header = [
        _("Séance"), _("Consultation"), _("Organisation"), _("Façon de répondre"), _("Lieu"), _("Ouverte le"),
        _("Fermée le"), _("État"), _("Enfants du groupe"), _("Réponses en ligne"), _("Feuilles de papier"),
        _("Sans réponse"),
    ]  # fmt: skip
    rows = (_line(session, counts) for session, counts in queries.with_statements(queries.mine(request.user)))
    response = HttpResponse(csv_of(header, rows), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="seances-{timezone.localdate():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the consultation to a projected code in under a minute: all is filled in as the last time."""
    found = Consultation.objects.visible_to(request.user).select_related("organisation", "territory", "box")
    consultation = get_object_or_404(found, public_id=public_id)
    now = timezone.now()
    allowed = rules.can_open(request.user, consultation, on=timezone.localdate(now))
    if not allowed and not isinstance(allowed, NotNow):
        raise PermissionDenied(allowed.reason)
    data = request.POST if request.method == "POST" else None
    form, refusal = OpenForm(consultation, request.user, data, at=now, last=queries.last_of(request.user)), None
    if request.method == "POST" and form.is_valid():
        try:
            session = actions.open_session(consultation=consultation, by=request.user, at=now, **form.said)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La séance est ouverte. Projetez le code, ou donnez les tickets."))
            return redirect("participation:session", session.public_id)
    context = {
        "consultation": consultation,
        "form": form,
        "allowed": allowed,
        "refusal": refusal,
        "unfolded": bool({"gathering", "territory", "stays"} & {*form.errors}) or form.has_no_place,
    }
    return render(request, "participation/sessions/new.html", context, status=422 if form.errors else 200)


@require_safe
def session(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, found_or_404(request, public_id))


@require_safe
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How many have answered, for the console (or the wall), every five seconds until the session closes."""
    found = found_or_404(request, public_id)
    on_wall = "mur" in request.GET
    context = {"session": found, "progress": queries.progress(found, at=timezone.now())}
    context["can_run"] = rules.can_run(request.user, found)
    template = "participation/sessions/wall_count.html" if on_wall else "participation/sessions/progress.html"
    return render(request, template, context, status=200 if context["progress"].is_open else ENOUGH)


@require_safe
def project(request: HttpRequest, public_id: str) -> HttpResponse:
    """For the wall: a code, an address, three drawings, a count. Nothing to click on by mistake."""
    found = found_or_404(request, public_id)
    context = _door(found) | {"session": found, "progress": queries.progress(found, at=timezone.now())}
    return render(request, "participation/sessions/project.html", context)


@require_safe
def tickets(request: HttpRequest, public_id: str) -> HttpResponse:
    """The cards nobody has used yet, to print and cut."""
    found = found_or_404(request, public_id)
    if found.station.mode != Mode.TICKETS or found.station.state != StationState.OPEN:
        raise Http404
    require(rules.can_run(request.user, found))  # Each is a voice: not for who has left the organisation.
    title = _("Tickets de la séance «\u202f%(title)s\u202f»") % {"title": found.title}
    content = pdf("participation/typst/tickets.typ", drawings.cards(found), title=title)
    return as_pdf(content, f"tickets-{found.station.code}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asked once more: who has not answered can no longer begin."""
    found = found_or_404(request, public_id)
    if request.method == "POST":
        return _done(
            request,
            found,
            actions.close,
            _("La séance est fermée. Merci aux enfants\u202f! Leurs réponses sont à l’abri."),
        )
    if found.station.state != StationState.OPEN:
        return redirect("participation:session", public_id)
    progress = queries.progress(found, at=timezone.now())
    drafts, _confirmed = queries.bundles_of(found)
    context = {
        "session": found,
        "progress": progress,
        "drafts": drafts,
        "can_run": rules.can_run(request.user, found),
        "shows_paper": bool(paper_rules.can_enter(request.user, found)),
    }
    return render(request, "participation/sessions/close.html", context)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    return _done(
        request,
        found_or_404(request, public_id),
        actions.reopen,
        _("La séance est rouverte jusqu’à ce soir. Le code est le même."),
    )


@require_POST
def unlock(request: HttpRequest, public_id: str) -> HttpResponse:
    return _done(
        request,
        found_or_404(request, public_id),
        actions.unlock,
        _("C’est débloqué\u202f: les enfants peuvent réessayer."),
    )


@require_POST
def redo_tickets(request: HttpRequest, public_id: str) -> HttpResponse:
    found = found_or_404(request, public_id)
    try:
        count = actions.redo_tickets(session=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return page(request, found_or_404(request, public_id), refusal=refused)
    said = ngettext(
        "{n} ticket est refait. Imprimez-le\u202f: l’ancien ne marche plus.",
        "{n} tickets sont refaits. Imprimez-les\u202f: les anciens ne marchent plus.",
        count,
    )
    messages.success(request, said.format(n=count))
    return redirect("participation:session", public_id)


@require_POST
def change_roll(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the console, or from sheets that are one too many: then back to them."""
    found = found_or_404(request, public_id)
    form = RollForm(request.POST)
    if not form.is_valid():
        return page(request, found, roll_form=form, status=422)
    try:
        actions.change_roll(session=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        return page(request, found_or_404(request, public_id), refusal=refused, roll_form=form)
    said = ngettext(
        "Le groupe compte maintenant {n} enfant.", "Le groupe compte maintenant {n} enfants.", form.cleaned_data["roll"]
    )
    messages.success(request, said.format(n=form.cleaned_data["roll"]))
    asked_from = request.POST.get("feuilles", "")
    bundle = found.station.bundles.filter(public_id=asked_from).first() if asked_from.isalnum() else None
    if bundle:
        return redirect("participation:paper_bundle", public_id, bundle.public_id)
    return redirect("participation:session", public_id)


def found_or_404(request: HttpRequest, public_id: str) -> Session:
    seen = Session.objects.visible_to(request.user).select_related(
        "station__box", "station__territory", "consultation__organisation", "organisation", "opened_by", "election"
    )
    return get_object_or_404(seen, station__public_id=public_id)


def page(
    request: HttpRequest, found: Session, *, refusal: Any = None, roll_form: Any = None, status: int = 200
) -> HttpResponse:
    """The console. After closing: the statement, then the results once the consultation allows."""
    now = timezone.now()
    station = found.station
    drafts, confirmed = queries.bundles_of(found)
    context = _door(found) | {
        "session": found,
        "station": station,
        "progress": queries.progress(found, at=now),
        "can_run": rules.can_run(request.user, found),
        "can_reopen": rules.can_reopen(request.user, found, at=now),
        "can_enter": paper_rules.can_enter(request.user, found),
        "drafts": drafts,
        "confirmed": confirmed,
        "band": AgeBand(station.age_band).label if station.age_band else _("Âges mélangés"),
        "settles_at": queries.settles_at(found),
        "roll_form": roll_form or RollForm(initial={"roll": found.station.roll}),
        "shows_paper": station.mode != Mode.LINK,
        "results_url": _results_url(found),
        "another_url": reverse("participation:session_new", args=[found.consultation.public_id])
        if found.consultation and rules.can_open(request.user, found.consultation, on=timezone.localdate(now))
        else "",
        "refusal": refusal,
    }
    return render(request, "participation/sessions/session.html", context, status=status)


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Opened in the browser, where it is printed from."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _door(found: Session) -> dict[str, Any]:
    """How children come in."""
    address = queries.address(found)
    return {"address": address, "short_address": queries.short_address(), "qr": queries.qr(address)}


def _done(request: HttpRequest, found: Session, act: Callable[..., Any], words: str) -> HttpResponse:
    try:
        act(session=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return page(request, found_or_404(request, found.public_id), refusal=refused)
    messages.success(request, words)
    return redirect("participation:session", found.public_id)


def _results_url(found: Session) -> str:
    """The sheet of the class, once the consultation's results are out."""
    if found.consultation is None or not found.consultation.results_published_at:
        return ""
    return _url("participation:session_results", found.public_id)


def _url(name: str, *args: Any) -> str:
    """Empty while the page is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _line(session: Session, counts: Any) -> list[Any]:
    station = session.station
    return [
        session.title,
        str(session.consultation or session.election),
        str(session.organisation),
        station.get_mode_display(),
        station.get_gathering_display(),
        station.opened_at,
        station.closed_at,
        station.get_state_display(),
        counts.roll,
        counts.online,
        counts.sheets,
        counts.left if counts.roll is not None else None,
    ]
