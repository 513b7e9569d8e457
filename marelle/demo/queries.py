"""Who can be tried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import ROLES, Kind, Role
from marelle.accounts.models import Membership, User
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy, RouteVersion
from marelle.territories.models import Territory

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Character:
    """One fictitious person to sign in as: their role, in words, and where they hold it."""

    user: Any
    role: StrOrPromise
    allows: StrOrPromise
    organisation: Any | None


@dataclass(frozen=True)
class Side:
    """Everybody of one kind of organisation."""

    kind: str
    title: StrOrPromise
    characters: tuple[Character, ...]


def holds_real_people() -> bool:
    """Whether somebody lives here whom no demonstration invented. A demonstration begins by inventing people, on an
    empty installation; visitors come after."""
    everyone = User.objects.all()
    return everyone.exists() and not everyone.filter(is_fictitious=True).exists()


def is_ready_for_a_year() -> bool:
    """Whether geography and programme are there. An empty folder has not even a table."""
    if Territory._meta.db_table not in connection.introspection.table_names():
        return False
    return Territory.objects.exists() and RouteVersion.objects.exists()


@dataclass(frozen=True)
class Stop:
    """One town at one step of its way, and the person who leads it there."""

    user: Any
    organisation: Any
    state: str


def journey() -> list[Stop]:
    """A town that has not begun (Rouen), then one for each state a candidacy can be in, in the order of its life."""
    at_state: dict[str, int] = {}
    begun: set[int] = set()
    rows = Candidacy.objects.filter(is_demonstration=True).order_by("pk").values_list("status", "organisation_id")
    for status, organisation in rows:
        begun.add(organisation)
        at_state.setdefault(status, organisation)
    leads: dict[int, Membership] = {}
    for row in _memberships().filter(role=Role.LEAD, organisation__kind=Kind.COLLECTIVITE):
        leads.setdefault(row.organisation_id, row)
    ahead = next((row for pk, row in leads.items() if pk not in begun), None)
    stops = [Stop(ahead.user, ahead.organisation, _("rien n’est commencé"))] if ahead else []
    for status in Status:
        lead = leads.get(at_state.get(status, 0))
        if lead:
            stops.append(Stop(lead.user, lead.organisation, str(status.label)))
    return stops


def _memberships() -> QuerySet[Membership]:
    """The roles that fictitious people hold today, the first given first."""
    return (
        Membership.objects.on(timezone.localdate())
        .filter(user__is_fictitious=True, user__is_active=True, organisation__closed_on__isnull=True)
        .select_related("user", "organisation")
        .order_by("pk")
    )


def cast() -> list[Side]:
    """One fictitious person for each role that is held today, and one who has just opened an account."""
    first: dict[str, Membership] = {}
    for row in _memberships():
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
        words = _("Vient d’ouvrir un compte et ne représente encore personne : demande son rattachement.")
        sides.append(
            Side("nobody", _("sans organisation"), (Character(newcomer, _("nouvelle personne"), words, None),))
        )
    return sides
