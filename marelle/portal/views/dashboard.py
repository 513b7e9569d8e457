"""A person's first page, by role; and a collectivité's dashboard."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marelle.accounts.enums import WRITES_PAGES, ClaimStatus, Kind, Role
from marelle.accounts.models import Claim, Organisation
from marelle.accounts.queries import standing
from marelle.portal.queries.dashboard import dashboard as dashboard_of
from marelle.portal.queries.dashboard import pending_invitations
from marelle.programme.enums import CLOSED
from marelle.programme.models import Candidacy


@require_safe
def dashboard(request):
    """The page that matters most to this person; without an organisation, how to find one."""
    who = standing(request.user)
    if who.is_manager:
        return redirect("portal:funnel")
    if who.is_adviser:
        return redirect("portal:portfolio")
    if who.roles & WRITES_PAGES:
        return redirect("wagtailadmin_home")
    if who.collectivites:
        return redirect("portal:collectivite", who.collectivites[0].public_id)
    if who.is_delegation_head or who.is_volunteer:
        return redirect("portal:portfolio")
    if Role.EXPERT in who.roles:
        return redirect("programme:opinions")
    claims = Claim.objects.filter(user=request.user).select_related("territory").order_by("-asked_at")
    return render(
        request,
        "portal/start.html",
        {
            "claims": [claim for claim in claims if claim.status in {ClaimStatus.ASKED, ClaimStatus.REFUSED}],
            "invitations": pending_invitations(request.user, timezone.now()),
        },
    )


@require_safe
def collectivite(request, public_id):
    """For its own people, and the national team that accompanies it."""
    who = standing(request.user)
    organisation = next((mine for mine in who.collectivites if mine.public_id == public_id), None)
    if organisation is None:
        seen = Organisation.objects.filter(kind=Kind.COLLECTIVITE, closed_on__isnull=True)
        seen = seen if who.is_national_staff else seen.none()
        organisation = get_object_or_404(seen.select_related("territory"), public_id=public_id)
    found = dashboard_of(organisation, user=request.user, at=timezone.now())
    return render(request, "portal/dashboard.html", {"dashboard": found, "candidacy": found.candidacy})


@require_safe
def my_file(request):
    """The way « Dossier » of someone who works for one collectivité: its file, or where to begin one."""
    collectivites = standing(request.user).collectivites
    if not collectivites:
        raise Http404
    rows = Candidacy.objects.visible_to(request.user).filter(organisation=collectivites[0]).exclude(status__in=CLOSED)
    candidacy = rows.order_by("-opened_at").first()
    if candidacy is None:
        return redirect("portal:collectivite", collectivites[0].public_id)
    return redirect("programme:file", candidacy.public_id)
