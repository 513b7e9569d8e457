"""What people are told when they come in, are let in, or leave. Built when sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marelle.notifications.messages import Email

from .enums import ROLES, ClaimStatus, Role


def _email(name: str, path: str, **context) -> Email:
    return Email.from_templates(f"accounts/emails/{name}", {"url": settings.SITE_URL + path, **context})


def membership_started(*, to, membership) -> Email | None:
    if membership.ends_on:
        return None
    return _email(
        "membership_started",
        reverse("accounts:organisation", args=[membership.organisation.public_id]),
        to=to, membership=membership, organisation=membership.organisation,
    )  # fmt: skip


def membership_ended(*, to, membership) -> Email | None:
    return _email(
        "membership_ended", reverse("accounts:me"), to=to, membership=membership, organisation=membership.organisation
    )


def collectivite_followed(*, to, organisation, former) -> Email | None:
    return _email(
        "collectivite_followed",
        reverse("accounts:organisation", args=[organisation.public_id]),
        to=to, organisation=organisation, former=former,
    )  # fmt: skip


def invitation(*, to, invitation) -> Email | None:
    if invitation.accepted_at or invitation.revoked_at:
        return None
    return _email(
        "invitation",
        reverse("accounts:invitation", args=[invitation.token]),
        to=to, invitation=invitation, organisation=invitation.organisation,
        role=Role(invitation.role).label, allows=ROLES[invitation.role].allows,
    )  # fmt: skip


def invitation_accepted(*, to, invitation) -> Email | None:
    return _email(
        "invitation_accepted",
        reverse("accounts:organisation", args=[invitation.organisation.public_id]),
        to=to, invitation=invitation, person=invitation.accepted_by, organisation=invitation.organisation,
        role=Role(invitation.role).label,
    )  # fmt: skip


def claim_received(*, to, claim) -> Email | None:
    return _email("claim_received", reverse("accounts:claim", args=[claim.public_id]), to=to, claim=claim)


def claim_to_check(*, to, claim) -> Email | None:
    """Nothing is left to say once somebody else has answered."""
    if claim.status != ClaimStatus.ASKED:
        return None
    return _email("claim_to_check", reverse("accounts:claim", args=[claim.public_id]), to=to, claim=claim)


def claim_accepted(*, to, claim) -> Email | None:
    return _email(
        "claim_accepted", reverse("accounts:organisation", args=[claim.organisation.public_id]), to=to, claim=claim
    )


def claim_refused(*, to, claim) -> Email | None:
    return _email("claim_refused", reverse("accounts:claim", args=[claim.public_id]), to=to, claim=claim)


# --- Signing in: what allauth asks us to say. Sent at once by the adapter, never kept. --------------------------

SECURITY = {
    "account/email/email_changed": _("l’adresse de votre compte a changé"),
    "account/email/email_deleted": _("une adresse a été retirée de votre compte"),
    "account/email/email_confirm": _("l’adresse de votre compte a été vérifiée"),
    "mfa/email/totp_activated": _("une application d’authentification a été installée"),
    "mfa/email/totp_deactivated": _("l’application d’authentification a été retirée"),
    "mfa/email/webauthn_added": _("une clé d’accès a été ajoutée"),
    "mfa/email/webauthn_removed": _("une clé d’accès a été retirée"),
    "mfa/email/recovery_codes_generated": _("de nouveaux codes de secours ont été créés"),
    "socialaccount/email/account_connected": _("ProConnect a été relié à votre compte"),
    "socialaccount/email/account_disconnected": _("ProConnect a été détaché de votre compte"),
}
"""Each change in how one signs in, in words: told at once, so that a theft is noticed."""

ENTRANCE = {
    "account/email/login_code": ("login_code", "account_login"),
    "account/email/email_confirmation": ("address_code", "account_email"),
    "account/email/email_confirmation_signup": ("address_code", "account_login"),
    "account/email/unknown_account": ("unknown_account", "account_signup"),
    "account/email/account_already_exists": ("account_already_exists", "account_login"),
}


def allauth_mail(prefix: str, *, to: str, context: dict[str, Any]) -> Email:
    """allauth's name of a mail → ours. A mail we have no words for is a mistake of ours, and fails loudly."""
    if prefix in SECURITY:
        told = {name: context.get(name) for name in ("timestamp", "ip", "user_agent")}
        return _email("security", reverse("usersessions_list"), what=SECURITY[prefix], **told)
    name, door = ENTRANCE[prefix]
    return _email(name, reverse(door), to=to, code=context.get("code"))
