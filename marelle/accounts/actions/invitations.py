from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts import emails
from marelle.accounts.models import Invitation, Membership, Organisation
from marelle.accounts.rules import invitations as rules
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit

from .memberships import welcome

MOST_A_DAY = 50
"""Invitations one person sends: more is a whole town hall at once, or somebody who uses us to write to strangers."""


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: str, by: Any, at: datetime) -> Invitation:
    """Ask somebody to come in, by a mail they answer themself. Nothing is theirs until they accept."""
    email = email.strip().lower()
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    require(rules.can_invite(by, organisation, role))
    if Invitation.objects.filter(invited_by=by, invited_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("Vous avez déjà envoyé %d invitations en un jour. Continuez demain.") % MOST_A_DAY)
    here = Membership.objects.on(timezone.localdate(at)).filter(organisation=organisation, role=role)
    if here.filter(user__email__iexact=email).exists():
        raise Refused(_("Cette personne tient déjà ce rôle ici."))
    for waiting in Invitation.objects.waiting().filter(organisation=organisation, role=role, email__iexact=email):
        if waiting.expires_at > at:
            raise Refused(
                _("Une invitation à cette adresse, pour ce rôle, attend déjà une réponse : vous pouvez la renvoyer.")
            )
        waiting.revoked_at = at  # It had expired: the new one takes its place.
        waiting.save(update_fields=["revoked_at"])
    invitation = Invitation.objects.create(
        organisation=organisation, email=email, role=role, invited_at=at, invited_by=by, expires_at=at + rules.OPEN_FOR
    )
    record("accounts.invitation.sent", on=invitation, by=by, at=at, role=role, organisation=organisation.public_id)
    send_on_commit(emails.invitation, to=email, at=at, invitation=invitation)
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, by: Any, at: datetime) -> Invitation:
    """The mail was lost: the same invitation leaves again, open for another thirty days."""
    invitation = _locked(invitation)
    require(rules.can_resend(by, invitation, at=at))
    invitation.expires_at = at + rules.OPEN_FOR
    invitation.save(update_fields=["expires_at"])
    record("accounts.invitation.resent", on=invitation, by=by, at=at)
    send_on_commit(emails.invitation, to=invitation.email, at=at, invitation=invitation)
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: Any, at: datetime) -> Membership:
    """The person comes in, in the role they were invited to; whoever invited them is told."""
    invitation = _locked(invitation)
    require(rules.can_accept(by, invitation, at=at))
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    membership = welcome(user=by, organisation=invitation.organisation, role=invitation.role, by=by, at=at)
    record("accounts.invitation.accepted", on=invitation, by=by, at=at)
    send_on_commit(emails.invitation_accepted, to=invitation.invited_by, at=at, invitation=invitation)
    return membership


@transaction.atomic
def revoke(*, invitation: Invitation, by: Any, at: datetime) -> Invitation:
    """Take an invitation back: its link no longer opens anything."""
    invitation = _locked(invitation)
    require(rules.can_revoke(by, invitation))
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    record("accounts.invitation.revoked", on=invitation, by=by, at=at)
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    return rows.get(pk=invitation.pk)
