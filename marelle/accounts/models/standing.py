"""What a person may see and do today, worked out from dated memberships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from marelle.accounts.enums import Kind, Role

from .organisations import Coverage, Membership


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
    def is_expert(self) -> bool:
        return any(m.role == Role.EXPERT and m.organisation.kind == Kind.NATIONAL for m in self.memberships)

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
