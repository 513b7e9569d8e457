from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marelle.accounts import emails
from marelle.accounts.enums import WRITES_PAGES
from marelle.accounts.models import Invitation, Membership, Organisation
from marelle.accounts.queries import forget_standing
from marelle.accounts.rules import memberships as rules
from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.notifications.actions import send_on_commit

from .seats import seat


@transaction.atomic
def start(
    *, user: Any, organisation: Organisation, role: str, by: Any, at: datetime, job_title: str = ""
) -> Membership:
    """Give somebody a role at once, without an invitation. For managers, and those whose role invites."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    require(rules.can_start(by, organisation, role))
    membership = welcome(user=user, organisation=organisation, role=role, by=by, at=at, job_title=job_title)
    send_on_commit(emails.membership_started, to=user, at=at, membership=membership)
    return membership


def welcome(
    *, user: Any, organisation: Organisation, role: str, by: Any, at: datetime, job_title: str = ""
) -> Membership:
    """The row itself, inside the transaction of an action whose rule has said yes (start, an accepted invitation
    or claim). Coming in twice in the same role changes nothing."""
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, ends_on=None,
        defaults={"starts_on": timezone.localdate(at), "job_title": job_title},
    )  # fmt: skip
    if is_new:
        record(
            "accounts.membership.started", on=membership, by=by, at=at, role=role, organisation=organisation.public_id
        )
    forget_standing(user)
    if role in WRITES_PAGES:
        seat(user=user)
    return membership


@transaction.atomic
def end(*, membership: Membership, by: Any, at: datetime) -> Membership:
    """The person leaves this role today, at once. The row stays, with its dates: who acted then can still be told."""
    # The organisation is locked, so that the two last leads cannot leave in the same second.
    Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    membership = Membership.objects.select_related("organisation", "user").get(pk=membership.pk)
    require(rules.can_end(by, membership))
    # Someone who has not started yet ends the day they were to start.
    membership.ends_on = max(timezone.localdate(at), membership.starts_on)
    membership.save(update_fields=["ends_on"])
    record("accounts.membership.ended", on=membership, by=by, at=at, role=membership.role)
    forget_standing(by)
    forget_standing(membership.user)
    if membership.role in WRITES_PAGES:
        seat(user=membership.user)
    if by.pk != membership.user_id:
        # Whoever is shown out leaves no door ajar: the invitations they sent, perhaps to themself, are taken back.
        sent = Invitation.objects.waiting().filter(organisation=membership.organisation, invited_by=membership.user)
        for invitation in sent:
            invitation.revoked_at = at
            invitation.save(update_fields=["revoked_at"])
            record("accounts.invitation.revoked", on=invitation, by=by, at=at)
        send_on_commit(emails.membership_ended, to=membership.user, at=at, membership=membership)
    return membership
