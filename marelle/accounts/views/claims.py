from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.actions import claims as actions
from marelle.accounts.enums import ClaimStatus
from marelle.accounts.forms.claims import ClaimForm, RefusalForm
from marelle.accounts.models import Claim
from marelle.accounts.queries import may_check_claims, official_domains
from marelle.accounts.queries.proconnect import territory_by_proconnect
from marelle.accounts.rules import claims as rules
from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.documents.responses import serve
from marelle.territories.models import Territory


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    employer = territory_by_proconnect(request.user)
    initial = _wanted(request) or ({"territory": employer} if employer else {})
    form = ClaimForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=initial,
        known_by_proconnect=bool(employer),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            claim = actions.ask(
                territory=given["territory"],
                role=given["role"],
                job_title=given["job_title"],
                proof=given["proof"],
                upload=given["document"],
                message=given["message"],
                by=request.user,
                at=timezone.now(),
            )
        except UploadRefused as unfit:
            form.add_error("document", str(unfit))
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Votre demande est partie. Vous recevrez la réponse par courriel."))
            return redirect("accounts:claim", claim.public_id)
    mine = Claim.objects.filter(user=request.user).select_related("territory").order_by("-asked_at")
    context = {"form": form, "refusal": refusal, "claims": mine[:10]}
    return render(request, "accounts/claim_start.html", context, status=422 if form.errors or refusal else 200)


def _wanted(request):
    """`?territoire=76540`, from the page of a territory: « c’est ma commune »."""
    code = request.GET.get("territoire", "")[:9]
    territory = Territory.objects.eligible().filter(code=code).first() if code else None
    return {"territory": territory} if territory else {}


@require_safe
def index(request):
    """What waits for this person's check, the oldest first; and what was answered lately."""
    if not may_check_claims(request.user):
        raise Http404
    rows = Claim.objects.to_check_by(request.user).select_related("territory__departement", "user", "decided_by")
    waiting = Paginator(rows.open().order_by("asked_at"), 50).get_page(request.GET.get("page"))
    answered = rows.exclude(status=ClaimStatus.ASKED).order_by("-decided_at")[:20]
    return render(request, "accounts/claims.html", {"page": waiting, "answered": answered})


@require_safe
def detail(request, public_id):
    return _page(request, _find(request, public_id))


@require_safe
def document(request, public_id):
    claim = _find(request, public_id)
    if not claim.document:
        raise Http404
    return serve(claim.document, inline=True)


@require_POST
def accept(request, public_id):
    claim = _find(request, public_id)
    try:
        claim = actions.accept(claim=claim, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, claim, refusal=refused)
    messages.success(request, _("La demande est acceptée ; la personne est prévenue."))
    return redirect("accounts:claim", public_id)


@require_POST
def refuse(request, public_id):
    claim, form = _find(request, public_id), RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, claim, form=form)
    try:
        actions.refuse(claim=claim, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, claim, form=form, refusal=refused)
    messages.success(request, _("La demande est refusée ; la personne a reçu votre motif."))
    return redirect("accounts:claim", public_id)


@require_POST
def withdraw(request, public_id):
    claim = _find(request, public_id)
    try:
        actions.withdraw(claim=claim, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, claim, refusal=refused)
    messages.success(request, _("Votre demande est retirée."))
    return redirect("accounts:claim_start")


def _find(request, public_id):
    rows = Claim.objects.visible_to(request.user)
    rows = rows.select_related("territory__departement", "user", "decided_by", "document", "organisation")
    return get_object_or_404(rows, public_id=public_id)


def _page(request, claim, *, form=None, refusal=None):
    context = {
        "claim": claim,
        "form": form or RefusalForm(),
        "refusal": refusal,
        "is_mine": claim.user_id == request.user.pk,
        "can_accept": rules.can_decide(request.user, claim, ClaimStatus.ACCEPTED),
        "can_refuse": rules.can_decide(request.user, claim, ClaimStatus.REFUSED),
        "can_withdraw": rules.can_withdraw(request.user, claim),
        "domains": sorted(official_domains(claim.territory)),
    }
    return render(request, "accounts/claim.html", context, status=422 if refusal or (form and form.errors) else 200)
