"""Who can be tried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import ROLES, Kind, Role
from marelle.accounts.models import Membership, User


@dataclass(frozen=True)
class Character:
    """One fictitious person to sign in as: their role, in words, and where they hold it."""

    user: Any
    role: str
    allows: str
    organisation: Any | None


@dataclass(frozen=True)
class Side:
    """Everybody of one kind of organisation."""

    kind: str
    title: str
    characters: tuple[Character, ...]


def holds_real_people() -> bool:
    """Whether somebody lives here whom no demonstration invented. A demonstration begins by inventing people, on an
    empty installation; visitors come after."""
    everyone = User.objects.all()
    return everyone.exists() and not everyone.filter(is_fictitious=True).exists()


def cast() -> list[Side]:
    """One fictitious person for each role that is held today, and one who has just opened an account."""
    rows = (
        Membership.objects.on(timezone.localdate())
        .filter(user__is_fictitious=True, user__is_active=True, organisation__closed_on__isnull=True)
        .select_related("user", "organisation")
        .order_by("pk")
    )
    first: dict[str, Membership] = {}
    for row in rows:
        first.setdefault(row.role, row)
    sides = []
    for kind in Kind:
        characters = tuple(
            Character(first[role].user, Role(role).label, about.allows, first[role].organisation)
            for role, about in ROLES.items()
            if about.kind == kind and role in first
        )
        if characters:
            sides.append(Side(kind, kind.label, characters))
    newcomer = User.objects.filter(is_fictitious=True, is_active=True, memberships=None).order_by("pk").first()
    if newcomer:
        words = _("Vient d’ouvrir un compte et ne représente encore personne : demande son rattachement.")
        sides.append(
            Side("nobody", _("sans organisation"), (Character(newcomer, _("nouvelle personne"), words, None),))
        )
    return sides
