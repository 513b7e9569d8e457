"""The network: what it asks, the page by which one joins, the requests, a member's page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.enums import SUBMITS_FILE, ClaimStatus
from marelle.accounts.models import Claim, Organisation, User
from marelle.accounts.queries import standing
from marelle.audit.queries import actors_of, history_of
from marelle.core.rules import Refused
from marelle.documents.typesetting import pdf
from marelle.programme.actions import network as actions
from marelle.programme.enums import NetworkStatus
from marelle.programme.forms.network import ConfirmForm, JoinForm, ReasonForm
from marelle.programme.models import NetworkMembership, RouteVersion
from marelle.programme.queries.network import answers_in_words, attested, fee_for, grid
from marelle.programme.rules import network as rules

PER_PAGE = 30


@login_not_required
@require_safe
def join(request):
    """What the network is and asks, for anyone; then the next step of the person who reads."""
    who = standing(request.user)
    mine = [m.organisation for m in who.memberships if m.role in SUBMITS_FILE]
    mine = list({organisation.pk: organisation for organisation in mine}.values())
    version = _version()
    if len(mine) == 1 and rules.can_ask(request.user, mine[0], version):
        return redirect("programme:network_join_for", mine[0].public_id)
    claims = (
        Claim.objects.filter(user=request.user, status=ClaimStatus.ASKED).select_related("territory")
        if who.user
        else Claim.objects.none()
    )
    context = {
        "version": version,
        "definition": version and version.definition,
        "grid": version and grid(version.definition),
        "choices": [(organisation, rules.can_ask(request.user, organisation, version)) for organisation in mine],
        "memberships": NetworkMembership.objects.open()
        .filter(organisation__in=who.collectivite_ids)
        .select_related("territory"),
        "claims": [(claim, version and fee_for(version.definition, claim.territory)) for claim in claims],
        "is_reader": bool(who.collectivite_ids) and not mine,
    }
    return render(request, "programme/network_join.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def join_for(request, organisation):
    """The whole request on one page, for one collectivité."""
    mine = Organisation.objects.filter(pk__in=standing(request.user).collectivite_ids)
    organisation = get_object_or_404(mine.select_related("territory__departement"), public_id=organisation)
    version = _version()
    can_ask = rules.can_ask(request.user, organisation, version)
    if version is None:
        return redirect("programme:network_join")
    form, refusal = JoinForm(version, request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            membership = actions.ask(
                organisation=organisation, version=version, answers=form.answers, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            refusal = refused
        except IntegrityError:  # A colleague sent the same request in the same second.
            refusal = Refused(_("Une demande vient d’être envoyée pour ce territoire."))
        else:
            messages.success(request, _("C’est envoyé. L’équipe nationale vous répondra par courriel."))
            return redirect("programme:network_membership", membership.public_id)
    elif form.is_bound:
        form.refresh_version()
    context = {
        "organisation": organisation,
        "territory": organisation.territory,
        "definition": version.definition,
        "form": form,
        "fee": fee_for(version.definition, organisation.territory),
        "grid": grid(version.definition, organisation.territory),
        "can_ask": can_ask,
        "refusal": refusal,
    }
    return render(request, "programme/network_join_for.html", context, status=422 if form.errors else 200)


@require_safe
def requests(request):
    """Every request to the network, those that wait first; each is answered here in one act."""
    if not rules.can_see_requests(request.user):
        raise Http404
    return _requests_page(request)


@require_safe
def membership(request, public_id):
    return _membership_page(request, _find(request, public_id))


@require_POST
def confirm(request, public_id):
    membership = _find(request, public_id)
    form = ConfirmForm(request.POST, asks_fee=_asks_fee(membership))
    return _decided(
        request,
        membership,
        form,
        lambda: actions.confirm(membership=membership, fee_cents=form.fee_cents, by=request.user, at=timezone.now()),
        _("%(territory)s est membre du réseau. La collectivité est prévenue."),
    )


@require_POST
def refuse(request, public_id):
    membership = _find(request, public_id)
    form = ReasonForm(request.POST)
    return _decided(
        request,
        membership,
        form,
        lambda: actions.refuse(
            membership=membership, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
        _("%(territory)s : la demande est refusée. La collectivité reçoit votre motif."),
    )


@require_POST
def leave(request, public_id):
    membership = _find(request, public_id)
    form = ReasonForm(request.POST, auto_id="quitter-%s")
    if form.is_valid():
        try:
            actions.leave(membership=membership, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refused:
            return _membership_page(request, membership, refusal=refused, leaving=form)
        messages.success(request, _("C’est enregistré. Vous pourrez revenir quand vous voudrez."))
        return redirect("programme:network_membership", public_id)
    return _membership_page(request, membership, leaving=form, status=422)


@require_safe
def attestation(request, public_id):
    """The paper that says a territory belongs to the network today, made as it is read."""
    membership = _find(request, public_id)
    today = timezone.localdate()
    if not NetworkMembership.objects.members(on=today).filter(pk=membership.pk).exists():
        raise Http404
    title = _("Attestation d’adhésion au réseau %(network)s") % {"network": membership.version.definition.name}
    content = pdf("programme/typst/attestation.typ", attested(membership, today), title=title)
    name = f"attestation-{membership.territory.slug}-{today:%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _version() -> RouteVersion | None:
    return RouteVersion.objects.in_force("network", on=timezone.localdate())


def _find(request, public_id):
    return get_object_or_404(
        NetworkMembership.objects.visible_to(request.user).select_related(
            "territory__departement", "organisation", "version__route__mandate", "asked_by", "decided_by"
        ),
        public_id=public_id,
    )


def _asks_fee(membership):
    return membership.fee_cents is None and bool(membership.version.definition.fees)


def _decided(request, membership, form, act, words):
    """Answer a request from the list or from its page, and come back to where one was."""
    refusal = None
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, words % {"territory": membership.territory})
            if request.POST.get("depuis") == "liste":
                return redirect("programme:network_requests")
            return redirect("programme:network_membership", membership.public_id)
    return _membership_page(request, membership, refusal=refusal, deciding=form, status=422 if form.errors else 200)


def _membership_page(request, membership, *, refusal=None, leaving=None, deciding=None, status=200):
    membership.refresh_from_db(fields=["status"])
    names = {u.public_id: str(u) for u in User.objects.filter(public_id__in=actors_of(membership))}
    asks_fee = _asks_fee(membership)
    context = {
        "membership": membership,
        "territory": membership.territory,
        "definition": membership.version.definition,
        "answers": answers_in_words(membership),
        "history": history_of(membership, names=names),
        "can_decide": rules.can_decide(request.user, membership),
        "can_leave": rules.can_leave(request.user, membership),
        "is_own": membership.organisation_id in standing(request.user).collectivite_ids,
        "is_team": rules.can_see_requests(request.user),
        "asks_fee": asks_fee,
        "confirm_form": deciding if isinstance(deciding, ConfirmForm) else ConfirmForm(asks_fee=asks_fee),
        "refuse_form": deciding if isinstance(deciding, ReasonForm) else ReasonForm(),
        "leave_form": leaving or ReasonForm(auto_id="quitter-%s"),
        "refusal": refusal,
    }
    return render(request, "programme/network_membership.html", context, status=status)


def _requests_page(request):
    wanted = request.GET.get("etat", NetworkStatus.ASKED)
    wanted = wanted if wanted in NetworkStatus.values else NetworkStatus.ASKED
    rows = NetworkMembership.objects.filter(status=wanted).select_related(
        "territory__departement", "organisation", "version__route__mandate", "asked_by"
    )
    rows = rows.order_by("asked_at" if wanted == NetworkStatus.ASKED else "-asked_at", "pk")
    counts = NetworkMembership.objects.aggregate(
        **{status: Count("pk", filter=Q(status=status)) for status in NetworkStatus.values}
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    manages = standing(request.user).is_manager
    for row in page:
        row.asks_fee = _asks_fee(row)
        row.confirm_form = ConfirmForm(asks_fee=row.asks_fee, auto_id=f"{row.public_id}-%s")
        row.refuse_form = ReasonForm(auto_id=f"{row.public_id}-%s")
        row.said = answers_in_words(row)
    context = {
        "page": page,
        "wanted": wanted,
        "states": [(status, counts[status]) for status in NetworkStatus],
        "decides": manages and wanted == NetworkStatus.ASKED,
    }
    return render(request, "programme/network_requests.html", context)
