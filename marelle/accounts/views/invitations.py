from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marelle.accounts.actions import invitations as actions
from marelle.accounts.enums import ROLES
from marelle.accounts.models import Invitation, Organisation
from marelle.accounts.rules import invitations as rules
from marelle.core.rules import Refused


@login_not_required
@never_cache
@require_safe
def answer(request, token):
    """Opened from a mail, signed in or not. Whoever holds the link reads who invites and to what; only the
    address it was sent to may accept."""
    return _page(request, _find(token))


@require_POST
def accept(request, token):
    invitation = _find(token)
    try:
        membership = actions.accept(invitation=invitation, by=request.user, at=timezone.now())
    except (Refused, PermissionDenied):
        return _page(request, invitation, status=422)  # The page says why, from the rule itself.
    messages.success(request, _("Bienvenue à {name}.").format(name=membership.organisation.name))
    return redirect("accounts:organisation", membership.organisation.public_id)


@require_POST
def revoke(request, public_id):
    mine = Invitation.objects.filter(organisation__in=Organisation.objects.visible_to(request.user))
    invitation = get_object_or_404(mine.select_related("organisation"), public_id=public_id)
    try:
        actions.revoke(invitation=invitation, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("L’invitation est retirée : son lien n’ouvre plus rien."))
    return redirect("accounts:organisation", invitation.organisation.public_id)


@require_POST
def resend(request, public_id):
    mine = Invitation.objects.filter(organisation__in=Organisation.objects.visible_to(request.user))
    invitation = get_object_or_404(mine.select_related("organisation"), public_id=public_id)
    try:
        actions.resend(invitation=invitation, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("L’invitation est repartie à {email}.").format(email=invitation.email))
    return redirect("accounts:organisation", invitation.organisation.public_id)


def _find(token):
    return get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), token=token)


def _page(request, invitation, *, status=200):
    at = timezone.now()
    signed_in = request.user.is_authenticated
    context = {
        "invitation": invitation,
        "allows": ROLES[invitation.role].allows,
        "can_accept": rules.can_accept(request.user, invitation, at=at) if signed_in else None,
        "is_open": rules.is_open(invitation, at=at),
        "is_for_me": signed_in and request.user.email.lower() == invitation.email.lower(),
    }
    return render(request, "accounts/invitation.html", context, status=status)
