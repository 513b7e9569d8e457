"""What is written around the network: asked, confirmed, refused, left."""

from __future__ import annotations

from typing import Any

from marelle.notifications.messages import Email
from marelle.programme.enums import NetworkStatus
from marelle.programme.models import NetworkMembership

from .links import link


def network_asked(*, to: Any, membership: NetworkMembership) -> Email:
    """To the person who asked: your request arrived, here is what follows."""
    return _about("network_asked", to, membership)


def network_request(*, to: Any, membership: NetworkMembership) -> Email | None:
    """To a manager: a request waits. Nothing when it was answered, or taken back, before the mail left."""
    if membership.status != NetworkStatus.ASKED:
        return None
    return _about("network_request", to, membership, url=link("programme:network_requests"))


def network_confirmed(*, to: Any, membership: NetworkMembership) -> Email | None:
    return _about("network_confirmed", to, membership) if membership.status == NetworkStatus.MEMBER else None


def network_refused(*, to: Any, membership: NetworkMembership) -> Email:
    return _about("network_refused", to, membership)


def network_left(*, to: Any, membership: NetworkMembership) -> Email:
    return _about("network_left", to, membership)


def network_departure(*, to: Any, membership: NetworkMembership) -> Email:
    """To a manager: a member left, or a request was taken back."""
    return _about("network_departure", to, membership)


def _about(name: str, to: Any, membership: NetworkMembership, **facts: Any) -> Email:
    context = {
        "to": to,
        "membership": membership,
        "territory": membership.territory,
        "network": membership.version.definition.name,
        "url": link("programme:network_membership", membership.public_id),
    }
    return Email.from_templates(f"programme/emails/{name}", context | facts)
