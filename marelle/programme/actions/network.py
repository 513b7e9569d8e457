"""A collectivité asks to belong to the network, is confirmed or refused, and may leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme import signals
from marelle.programme.emails import network as emails
from marelle.programme.enums import NetworkStatus
from marelle.programme.models import NetworkMembership, RouteVersion
from marelle.programme.queries import people
from marelle.programme.queries.network import fee_for
from marelle.programme.rules import network as rules

from .moving import stated


@transaction.atomic
def ask(
    *, organisation: Organisation, version: RouteVersion, answers: dict[str, Any], by: Any, at: datetime
) -> NetworkMembership:
    """Send a collectivité's request: charter accepted, fee computed and kept with its reason."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    require(rules.can_ask(by, organisation, version))

    assert organisation.territory is not None  # A collectivité has one: held by the database.
    fee = fee_for(version.definition, organisation.territory)
    membership = NetworkMembership.objects.create(
        territory=organisation.territory, organisation=organisation, version=version,
        answers={key: answers[key] for key in version.definition.questions if key in answers},
        fee_cents=fee.cents, fee_reason=fee.reason, charter_accepted_at=at, asked_at=at, asked_by=by,
        is_demonstration=organisation.is_demonstration,
    )  # fmt: skip

    record("programme.network.asked", on=membership, by=by, at=at, version=version.number)
    send_on_commit(emails.network_asked, to=by, at=at, membership=membership)
    for manager in people.managers(localdate(at)):
        send_on_commit(emails.network_request, to=manager, at=at, membership=membership)
    return membership


@transaction.atomic
def confirm(*, membership: NetworkMembership, by: Any, at: datetime, fee_cents: int | None = None) -> NetworkMembership:
    """Make the territory a member from today. Where the grid gave no fee, the one who confirms sets it."""
    membership = _locked(membership)
    require(rules.can_decide(by, membership))
    if membership.fee_cents is None and membership.version.definition.fees:
        if fee_cents is None or fee_cents < 0:
            raise Refused(_("Indiquez la cotisation annuelle : la population de ce territoire n’est pas connue."))
        membership.fee_cents = fee_cents
        membership.fee_reason = _("Montant fixé par l’équipe nationale, faute de population connue")

    membership.status, membership.joined_on = NetworkStatus.MEMBER, localdate(at)
    membership.decided_at, membership.decided_by = at, by
    membership.save(update_fields=["status", "joined_on", "decided_at", "decided_by", "fee_cents", "fee_reason"])

    record("programme.network.confirmed", on=membership, by=by, at=at)
    _tell(membership, emails.network_confirmed, at)
    transaction.on_commit(lambda: signals.network_joined.send(NetworkMembership, membership=membership))
    return membership


@transaction.atomic
def refuse(*, membership: NetworkMembership, reason: str, by: Any, at: datetime) -> NetworkMembership:
    """Turn a request down, in words the collectivité reads. It may ask again."""
    membership = _locked(membership)
    require(rules.can_decide(by, membership))
    membership.reason, membership.status = stated(reason), NetworkStatus.REFUSED
    membership.decided_at, membership.decided_by = at, by
    membership.save(update_fields=["status", "reason", "decided_at", "decided_by"])

    record("programme.network.refused", on=membership, by=by, at=at)
    _tell(membership, emails.network_refused, at)
    return membership


@transaction.atomic
def leave(*, membership: NetworkMembership, reason: str, by: Any, at: datetime) -> NetworkMembership:
    """End a membership today, or take a request back. The history stays; the collectivité may ask again."""
    membership = _locked(membership)
    require(rules.can_leave(by, membership))
    membership.reason, membership.status, membership.left_on = stated(reason), NetworkStatus.LEFT, localdate(at)
    membership.save(update_fields=["status", "reason", "left_on"])

    record("programme.network.left", on=membership, by=by, at=at)
    _tell(membership, emails.network_left, at)
    for manager in people.managers(localdate(at)):
        send_on_commit(emails.network_departure, to=manager, at=at, membership=membership)
    return membership


def _locked(membership: NetworkMembership) -> NetworkMembership:
    return (
        NetworkMembership.objects.select_for_update(of=("self",))
        .select_related("territory", "organisation", "version__route")
        .get(pk=membership.pk)
    )


def _tell(membership: NetworkMembership, build: Any, at: datetime) -> None:
    """Those who carry the collectivité's commitment, and the person who asked, each once."""
    told = {person.pk: person for person in people.leads(membership.organisation, localdate(at))}
    if membership.asked_by.is_active:
        told[membership.asked_by_id] = membership.asked_by
    for person in told.values():
        send_on_commit(build, to=person, at=at, membership=membership)
