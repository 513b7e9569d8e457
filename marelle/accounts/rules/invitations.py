from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow

from .memberships import can_start

OPEN_FOR = timedelta(days=30)
"""Long enough for someone on leave; a forgotten link does not stay open for a year."""
BETWEEN_TWO = timedelta(minutes=10)
"""Nobody's mailbox is to be filled from here."""


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


def can_resend(user, invitation, *, at: datetime) -> Answer:
    """Those who may take it back; the day it closes says when it last left."""
    may = can_revoke(user, invitation)
    if not may:
        return may
    if invitation.organisation.closed_on:
        return NotNow(_("Cette organisation est close."))
    if at < invitation.expires_at - OPEN_FOR + BETWEEN_TWO:
        return NotNow(_("Cette invitation vient de partir. Laissez-lui dix minutes avant de la renvoyer."))
    return True
