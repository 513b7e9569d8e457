from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow

from .memberships import can_start


def can_invite(user, organisation, role: str) -> Answer:
    return can_start(user, organisation, role)


def can_accept(user, invitation, *, at: datetime) -> Answer:
    """It belongs to the address it was sent to: a forwarded link opens nothing."""
    if user.email.lower() != invitation.email.lower():
        return No(
            _(
                "Cette invitation a été envoyée à une autre adresse. Connectez-vous avec l’adresse qui l’a reçue, "
                "ou demandez une nouvelle invitation à votre adresse {email}."
            ).format(email=user.email)
        )
    return is_open(invitation, at=at)


def is_open(invitation, *, at: datetime) -> Answer:
    """Whether its link still opens something, whoever holds it."""
    if invitation.accepted_at:
        return NotNow(_("Cette invitation a déjà été acceptée."))
    if invitation.revoked_at:
        return NotNow(_("Cette invitation a été retirée. Demandez à la personne qui vous a invité·e."))
    if invitation.expires_at <= at:
        return NotNow(_("Cette invitation a expiré. Demandez-en une nouvelle à la personne qui vous a invité·e."))
    if invitation.organisation.closed_on:
        return NotNow(_("Cette organisation est close."))
    return True


def can_revoke(user, invitation) -> Answer:
    may = can_start(user, invitation.organisation, invitation.role)
    if not may and not (invitation.invited_by_id == user.pk and standing(user).roles_in(invitation.organisation)):
        return may
    if invitation.accepted_at:
        return NotNow(_("Cette invitation a déjà été acceptée."))
    if invitation.revoked_at:
        return NotNow(_("Cette invitation est déjà retirée."))
    return True
