"""From the decision to the title: the council's vote, the agreement, its signed copy."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import Refused
from marelle.documents.actions import store_upload
from marelle.documents.checks import PDF_ONLY, UploadRefused
from marelle.documents.models import File
from marelle.documents.responses import serve
from marelle.programme.actions import agreements, deliberations
from marelle.programme.enums import Move
from marelle.programme.forms.titles import DeliberationForm, SignedForm
from marelle.programme.models import Candidacy
from marelle.programme.queries import titles as queries
from marelle.programme.rules import titles as rules
from marelle.programme.rules.moves import can_move

from .finding import candidacy_or_404, theirs_or_403


@require_safe
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, candidacy_or_404(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def deliberation(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    allowed = theirs_or_403(rules.can_bring_papers(request.user, found))
    known = queries.papers(found).deliberation
    start = {"council": _council(found)}
    if known:
        start = {"number": known.number, "held_on": known.held_on, "council": known.council}
    form = DeliberationForm(request.POST or None, request.FILES or None, initial=start, has_document=bool(known))
    refusal = None
    if request.method == "POST" and allowed and form.is_valid():
        at, given = timezone.now(), form.cleaned_data
        try:
            with transaction.atomic():  # A refusal leaves no document behind.
                document = given["document"] and store_upload(given["document"], by=request.user, at=at)
                deliberations.record_deliberation(
                    candidacy=found, by=request.user, at=at, **given | {"document": document}
                )
        except UploadRefused as refused:
            form.add_error("document", str(refused))
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La délibération est jointe."))
            return redirect("programme:papers", public_id)
    context = {"candidacy": found, "form": form, "refusal": refusal, "allowed": allowed, "known": known}
    return render(request, "programme/deliberation.html", context)


@require_POST
def make_agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    try:
        agreements.make_agreement(candidacy=found, by=request.user, at=timezone.now())
    except Refused as refusal:
        return page(request, candidacy_or_404(request, public_id), refusal)
    messages.success(request, _("La convention est prête à être relue, puis signée."))
    return redirect("programme:papers", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_signed(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    allowed = theirs_or_403(rules.can_bring_signed(request.user, found))
    form, refusal = SignedForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and allowed and form.is_valid():
        at, given = timezone.now(), form.cleaned_data
        try:
            with transaction.atomic():
                document = store_upload(given["document"], by=request.user, at=at, accept=PDF_ONLY)
                agreements.bring_signed(candidacy=found, by=request.user, at=at, **given | {"document": document})
        except UploadRefused as refused:
            form.add_error("document", str(refused))
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La convention signée est jointe. L’équipe nationale est prévenue."))
            return redirect("programme:papers", public_id)
    context = {"candidacy": found, "form": form, "refusal": refusal, "allowed": allowed}
    return render(request, "programme/sign.html", context)


@require_safe
def deliberation_document(request: HttpRequest, public_id: str) -> HttpResponse:
    known = queries.papers(candidacy_or_404(request, public_id)).deliberation
    return _hand_over(known and known.document)


@require_safe
def agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    known = queries.papers(candidacy_or_404(request, public_id)).agreement
    return _hand_over(known and known.draft)


@require_safe
def agreement_signed(request: HttpRequest, public_id: str) -> HttpResponse:
    known = queries.papers(candidacy_or_404(request, public_id)).agreement
    return _hand_over(known and known.signed)


def page(request: HttpRequest, candidacy: Candidacy, refusal: Refused | None = None) -> HttpResponse:
    known = queries.papers(candidacy)
    if not known.decision:
        raise Http404
    context = {
        "candidacy": candidacy,
        "papers": known,
        "fee": queries.fee(candidacy),
        "title_name": candidacy.version.definition.title_for(candidacy.territory.kind),
        "title": queries.title_of(candidacy),
        "can_bring": rules.can_bring_papers(request.user, candidacy),
        "can_make": rules.can_make_agreement(request.user, candidacy),
        "can_sign": rules.can_bring_signed(request.user, candidacy),
        "shows_grant": standing(request.user).is_manager,
        "can_grant": can_move(request.user, candidacy, Move.GRANT_TITLE),
        "refusal": refusal,
    }
    return render(request, "programme/papers.html", context)


def _hand_over(file: File | None) -> HttpResponse:
    if file is None:
        raise Http404
    return serve(file, inline=True)


def _council(candidacy: Candidacy) -> str:
    """How the assembly is most often called, to be corrected by whoever knows better."""
    if candidacy.territory.kind == "commune":
        return _("Conseil municipal")
    return _("Conseil communautaire")
