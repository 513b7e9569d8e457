"""What is asked of people and organisations, across models."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from marelle.accounts.enums import KEEPERS, ROLES, Kind, Role
from marelle.accounts.models import Coverage, Invitation, Membership, Organisation, User
from marelle.accounts.models.standing import NOBODY, Standing, forget_standing, standing

__all__ = ["NOBODY", "Standing", "forget_standing", "standing"]


def collectivite_of(territory) -> Organisation | None:
    """The open collectivité of a territory, if somebody already opened it."""
    return Organisation.objects.open().filter(kind=Kind.COLLECTIVITE, territory=territory).first()


def merged_collectivites():
    """The open collectivités whose territory is no longer in the official list: somebody must say where they go."""
    rows = Organisation.objects.open().filter(kind=Kind.COLLECTIVITE, territory__ended_on__isnull=False)
    return rows.select_related("territory").order_by("name", "pk")


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
    """Whether the address they sign in with is one of the town hall's. What counts is the address of the account,
    verified by a code, never what is typed in a form."""
    if user.email.rpartition("@")[2].lower() not in official_domains(territory):
        return False
    return not EmailAddress.objects.filter(user=user.pk, email__iexact=user.email, verified=False).exists()


def may_check_claims(user) -> bool:
    """Whether claims can come to this person at all: the page and its door in the navigation."""
    who = standing(user)
    return who.is_national_staff or who.is_delegation_head or Role.LEAD in who.roles


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
    rows = list(Membership.objects.on(on).filter(organisation=organisation).select_related("user"))
    for row in rows:
        row.organisation = organisation
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
    house = membership.organisation
    keepers: dict[int, int] | None = getattr(house, "_keepers", None)
    if keepers is None:  # Once per object: a page asks for each of its members.
        rows = Membership.objects.on(on).filter(
            organisation=house, role=role, ends_on__isnull=True, user__is_active=True
        )
        keepers = house._keepers = dict(rows.values_list("pk", "user"))
    return all(pk == membership.pk or user == membership.user_id for pk, user in keepers.items())


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
