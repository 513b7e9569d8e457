"""Which hats a person wears on one file: the ground that the rules of the instruction stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marelle.accounts.enums import Role
from marelle.accounts.queries import standing
from marelle.programme.models import Candidacy


@dataclass(frozen=True)
class Hats:
    """Who somebody is to a file. Someone of the collectivité wears that hat alone: a volunteer who also works
    for the town must not read what the team says of it."""

    is_collectivite: bool = False
    is_national: bool = False
    is_manager: bool = False
    is_head: bool = False
    is_volunteer: bool = False
    is_asked: bool = False
    """An opinion is asked of them, and that alone opens the file to them."""

    @property
    def is_team(self) -> bool:
        """Those who work on the file: the national staff, and the delegation of the territory."""
        return self.is_national or self.is_head or self.is_volunteer

    @property
    def sees(self) -> bool:
        return self.is_collectivite or self.is_team or self.is_asked


STRANGER = Hats()


def hats(user: Any, candidacy: Candidacy) -> Hats:
    """One query on top of the person's standing. A declared conflict of interest takes every hat off."""
    who = standing(user)
    known: dict[int, Hats] = candidacy.__dict__.get("_hats", {})
    if who.user is not None and who.user.pk in known:
        return known[who.user.pk]
    if who.user is None or not Candidacy.objects.visible_to(user).filter(pk=candidacy.pk).exists():
        return STRANGER
    if candidacy.organisation_id in who.collectivite_ids:
        return Hats(is_collectivite=True)
    covers = who.covers(candidacy.territory)
    found = Hats(
        is_national=who.is_national_staff,
        is_manager=who.is_manager,
        is_head=who.heads(candidacy.territory),
        is_volunteer=covers and Role.VOLUNTEER in who.roles,
    )
    return found if found.is_team else Hats(is_asked=True)


def remember_hats(user: Any, candidacy: Candidacy) -> Hats:
    """For a page that asks many rules about one file it only reads: what is found is kept on the object."""
    found = hats(user, candidacy)
    candidacy.__dict__.setdefault("_hats", {})[user.pk] = found
    return found
