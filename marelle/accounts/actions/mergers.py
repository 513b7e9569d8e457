"""A commune merged into another: its people and their files go on with the one that took it over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marelle.accounts import emails, signals
from marelle.accounts.models import Invitation, Membership, Organisation, User
from marelle.accounts.queries import collectivite_of, forget_standing
from marelle.accounts.rules import organisations as rules
from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.notifications.actions import send_on_commit
from marelle.territories.models import Territory
from marelle.territories.queries import successor_of

from .memberships import welcome


@transaction.atomic
def follow(*, organisation: Organisation, by: Any, at: datetime) -> Organisation:
    """The collectivité of a territory that ended becomes that of its successor; when somebody already opened that
    one, its people join them in the roles they had, and it closes. Everyone concerned is told."""
    organisation = Organisation.objects.select_for_update(of=("self",)).select_related("territory").get(
        pk=organisation.pk
    )  # fmt: skip
    require(rules.can_follow(by, organisation))
    former = organisation.territory
    heir = successor_of(former) if former else None
    assert former is not None  # The rule saw it,
    assert heir is not None  # and this one.
    # Somebody who opens the successor at this very moment queues here.
    today = Territory.objects.select_for_update(of=("self",)).get(pk=heir.pk)
    into = collectivite_of(today)
    people = _people_of(organisation, at)
    if into is None:
        into = organisation
        organisation.territory, organisation.name = today, today.name
        organisation.save(update_fields=["territory", "name"])
    else:
        into = Organisation.objects.select_for_update(of=("self",)).get(pk=into.pk)
        _join(organisation, into, by, at)
    signals.collectivite_followed.send(sender=Organisation, organisation=organisation, into=into, by=by, at=at)
    record("accounts.organisation.followed", on=into, by=by, at=at, was=former.code, becomes=today.code)
    for person in people:
        send_on_commit(emails.collectivite_followed, to=person, at=at, organisation=into, former=former)
    return into


def _people_of(organisation: Organisation, at: datetime) -> list[User]:
    here = Membership.objects.on(timezone.localdate(at)).filter(organisation=organisation)
    return list(User.objects.filter(is_active=True, pk__in=here.values("user")).order_by("pk"))


def _join(organisation: Organisation, into: Organisation, by: Any, at: datetime) -> None:
    """Each in the role they had, from today; the rows of before stay, ended today."""
    today = timezone.localdate(at)
    for row in Membership.objects.on(today).filter(organisation=organisation).select_related("user"):
        if row.user.is_active:
            welcome(user=row.user, organisation=into, role=row.role, by=by, at=at, job_title=row.job_title)
        row.ends_on = max(today, row.starts_on)
        row.save(update_fields=["ends_on"])
        record("accounts.membership.ended", on=row, by=by, at=at, role=row.role)
        forget_standing(row.user)
    for invitation in Invitation.objects.waiting().filter(organisation=organisation):
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
    organisation.closed_on = today
    organisation.save(update_fields=["closed_on"])
