"""Whom a candidacy concerns: the people to tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from marelle.accounts.enums import SUBMITS_FILE, Kind, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.programme.models import Candidacy


def members(organisation: Organisation, roles: Iterable[str], on: date):
    """People who hold one of `roles` in `organisation` that day, accounts open, each once."""
    return _people(Membership.objects.on(on).filter(organisation=organisation, role__in=roles))


def leads(organisation: Organisation, on: date):
    """Those who carry a collectivité's candidacy: its referents and elected referents."""
    return members(organisation, SUBMITS_FILE, on)


def managers(on: date):
    """The managers of the national team that day."""
    return _people(Membership.objects.on(on).filter(organisation__kind=Kind.NATIONAL, role=Role.MANAGER))


def _people(memberships):
    return User.objects.filter(is_active=True, pk__in=memberships.values("user")).order_by("pk")


def team_of(candidacy: Candidacy, on: date):
    """Who in the national team follows this file: its adviser, or the managers while there is none."""
    if candidacy.adviser_id:
        return User.objects.filter(is_active=True, pk=candidacy.adviser_id)
    return managers(on)
