"""What a person may see and do today, worked out from dated memberships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .enums import KEEPERS, ROLES, Kind, Role
from .models import Coverage, Invitation, Membership, Organisation, User


@dataclass(frozen=True)
class Standing:
    """A person's memberships on one day, and what follows. Asking it anything makes no query."""

    user: Any
    day: date
    memberships: tuple[Membership, ...]
    covered_ids: frozenset[int]
    """Territories (départements or communes) their delegations look after that day."""
    headed_ids: frozenset[int] = frozenset()
    """Among these, the ones of the delegations they head."""

    def roles_in(self, organisation) -> frozenset[str]:
        return frozenset(m.role for m in self.memberships if m.organisation_id == organisation.pk)

    def has_role_in(self, organisation, roles) -> bool:
        return bool(self.roles_in(organisation) & set(roles))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(m.role for m in self.memberships)

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(m.organisation_id for m in self.memberships)

    @property
    def collectivites(self) -> list:
        return list(
            {
                m.organisation_id: m.organisation for m in self.memberships if m.organisation.kind == Kind.COLLECTIVITE
            }.values()
        )

    @property
    def collectivite_ids(self) -> frozenset[int]:
        return frozenset(m.organisation_id for m in self.memberships if m.organisation.kind == Kind.COLLECTIVITE)

    @property
    def delegation_ids(self) -> frozenset[int]:
        return frozenset(m.organisation_id for m in self.memberships if m.organisation.kind == Kind.DELEGATION)

    @property
    def is_manager(self) -> bool:
        return Role.MANAGER in self.roles

    @property
    def is_adviser(self) -> bool:
        return Role.ADVISER in self.roles

    @property
    def is_national_staff(self) -> bool:
        """Those of the national team who work on every file. An expert or the safeguarding officer does not."""
        return bool(self.roles & {Role.MANAGER, Role.ADVISER})

    @property
    def is_national(self) -> bool:
        """Anyone of the national team, experts included: a second factor is asked of them."""
        return any(m.organisation.kind == Kind.NATIONAL for m in self.memberships)

    @property
    def is_delegation_head(self) -> bool:
        return Role.HEAD in self.roles

    @property
    def is_volunteer(self) -> bool:
        return Role.VOLUNTEER in self.roles

    def heads(self, territory) -> bool:
        """Whether they head the delegation that looks after this territory."""
        return territory.pk in self.headed_ids or territory.departement_id in self.headed_ids

    def covers(self, territory) -> bool:
        """Whether a delegation of theirs looks after this territory (itself, or its département)."""
        return territory.pk in self.covered_ids or territory.departement_id in self.covered_ids


NOBODY = Standing(None, date.min, (), frozenset())


def standing(user: Any, *, on: date | None = None) -> Standing:
    """The standing of `user` today (or `on` a day), in at most two queries, remembered on the object."""
    if not getattr(user, "is_authenticated", False):
        return NOBODY
    day = on or timezone.localdate()
    known: Standing | None = getattr(user, "_standing", None)
    if known is None or known.day != day:
        memberships = tuple(
            Membership.objects.on(day)
            .filter(user=user, organisation__closed_on__isnull=True)
            .select_related("organisation__territory")
        )
        delegations = {m.organisation_id for m in memberships if m.organisation.kind == Kind.DELEGATION}
        headed = {m.organisation_id for m in memberships if m.role == Role.HEAD}
        covered = (
            list(Coverage.objects.on(day).filter(delegation__in=delegations).values_list("delegation", "territory"))
            if delegations
            else []
        )
        known = user._standing = Standing(
            user,
            day,
            memberships,
            frozenset(territory for _, territory in covered),
            frozenset(territory for delegation, territory in covered if delegation in headed),
        )
    return known


def forget_standing(user: Any) -> None:
    """After a membership changed within the same request."""
    if hasattr(user, "_standing"):
        del user._standing


def collectivite_of(territory) -> Organisation | None:
    """The open collectivité of a territory, if somebody already opened it."""
    return Organisation.objects.open().filter(kind=Kind.COLLECTIVITE, territory=territory).first()


def official_domains(territory) -> frozenset[str]:
    """The domains of e-mail addresses known for this town hall, in lower case."""
    known = [territory.email_domain] if getattr(territory, "email_domain", "") else []
    known += (
        Organisation.objects.open()
        .filter(kind=Kind.COLLECTIVITE, territory=territory)
        .exclude(email_domain="")
        .values_list("email_domain", flat=True)
    )
    return frozenset(domain.strip().lower().lstrip("@") for domain in known)


def has_official_address(user, territory) -> bool:
    """Whether the address they signed in with (verified, not typed) is one of the town hall's."""
    return user.email.rpartition("@")[2].lower() in official_domains(territory)


def checkers_of(territory, *, on: date) -> list[User]:
    """Who is told that a claim on this territory waits: the heads of its delegations and, where there is none,
    the programme managers; and the leads of the collectivité when it is already here."""
    today = Membership.objects.on(on).filter(organisation__closed_on__isnull=True, user__is_active=True)
    covering = Coverage.objects.on(on).filter(Q(territory=territory) | Q(territory=territory.departement_id))
    people = today.filter(role=Role.HEAD, organisation__in=covering.values("delegation"))
    if not people.exists():
        people = today.filter(role=Role.MANAGER)
    leads = today.filter(role=Role.LEAD, organisation__kind=Kind.COLLECTIVITE, organisation__territory=territory)
    return list(
        User.objects.filter(pk__in=[*people.values_list("user", flat=True), *leads.values_list("user", flat=True)])
    )


def people_of(organisation, *, on: date):
    """Who belongs to it on that day, in the order of the table of roles."""
    order = {role: place for place, role in enumerate(ROLES)}
    rows = Membership.objects.on(on).filter(organisation=organisation).select_related("user")
    return sorted(rows, key=lambda m: (order[m.role], m.user.name, m.user.email))


def past_people_of(organisation, *, on: date):
    """Who has left, the latest first."""
    rows = Membership.objects.filter(organisation=organisation, ends_on__lte=on).select_related("user")
    return rows.order_by("-ends_on", "-pk")


def is_last_keeper(membership, *, on: date) -> bool:
    """Whether without this membership nobody would be left to invite others into the organisation."""
    role = KEEPERS[membership.organisation.kind]
    if membership.role != role:
        return False
    others = Membership.objects.on(on).filter(
        organisation=membership.organisation, role=role, ends_on__isnull=True, user__is_active=True
    )
    return not others.exclude(pk=membership.pk).exclude(user=membership.user_id).exists()


def open_invitations(organisation):
    return Invitation.objects.waiting().filter(organisation=organisation).select_related("invited_by")


def coverage_report(*, on: date) -> list[dict[str, Any]]:
    """Each département with the delegations that look after it today: none and several stand out."""
    from marelle.territories.models import Kind as Territoire
    from marelle.territories.models import Territory

    held: dict[int, list] = {}
    for row in Coverage.objects.on(on).filter(delegation__closed_on__isnull=True).select_related("delegation"):
        held.setdefault(row.territory_id, []).append(row.delegation)
    departements = Territory.objects.current().filter(kind=Territoire.DEPARTEMENT).order_by("code")
    return [{"departement": d, "delegations": held.get(d.pk, [])} for d in departements]
