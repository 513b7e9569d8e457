"""What people are told when they come in, are let in, or leave. Built when sent."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

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
