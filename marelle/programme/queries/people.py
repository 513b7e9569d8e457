"""Whom a candidacy concerns: the people to tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from marelle.accounts.enums import SUBMITS_FILE, Kind, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.programme.enums import Side
from marelle.programme.models import Candidacy

from .hats import hats


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


def team_of(candidacy: Candidacy, on: date) -> list[User]:
    """The adviser of a file while they may still see it; the managers who may, when there is none."""
    adviser = candidacy.adviser
    if adviser and adviser.is_active and hats(adviser, candidacy).is_national:
        return [adviser]
    return [person for person in managers(on) if hats(person, candidacy).is_national]


def collectivite_of(candidacy: Candidacy, on: date) -> list[User]:
    """Those who carry the candidacy, and those of the collectivité who have written on its file."""
    wrote = User.objects.filter(
        is_active=True, pk__in=candidacy.messages.filter(side=Side.COLLECTIVITE).values("by")
    ).order_by("pk")
    people = {person.pk: person for person in [*leads(candidacy.organisation, on), *wrote]}
    return [person for person in people.values() if hats(person, candidacy).is_collectivite]
