from __future__ import annotations

from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind
from marelle.accounts.queries import collectivite_of, standing
from marelle.core.rules import Answer, No, NotNow
from marelle.territories.models import Kind as TerritoryKind
from marelle.territories.queries import successor_of

JOINING = {TerritoryKind.COMMUNE, TerritoryKind.EPCI, TerritoryKind.EPT}


def can_open_collectivite(user, territory) -> Answer:
    who = standing(user)
    if not (who.is_national_staff or who.heads(territory)):
        return No(_("Seule l’équipe nationale ou la délégation du territoire peut ouvrir une collectivité."))
    if territory.kind not in JOINING:
        return NotNow(_("Seules une commune ou une intercommunalité peuvent rejoindre le programme."))
    if territory.ended_on:
        return NotNow(_("Ce territoire n’existe plus dans la liste officielle."))
    if collectivite_of(territory):
        return NotNow(_("Cette collectivité est déjà ouverte."))
    return True


def can_create(user, kind: str) -> Answer:
    """Delegations and structures are created by the managers of the programme."""
    if not standing(user).is_manager:
        return No(_("Seuls les responsables du programme peuvent créer une organisation."))
    if kind not in {Kind.DELEGATION, Kind.STRUCTURE}:
        return NotNow(_("On ne crée ainsi que des délégations et des structures."))
    return True


def can_set_coverage(user, delegation) -> Answer:
    if not standing(user).is_manager:
        return No(_("Seuls les responsables du programme règlent les territoires d’une délégation."))
    if delegation.kind != Kind.DELEGATION:
        return NotNow(_("Seule une délégation suit des territoires."))
    if delegation.closed_on:
        return NotNow(_("Cette délégation est close."))
    return True


def can_read_coverage(user) -> Answer:
    who = standing(user)
    if who.is_national_staff or who.is_delegation_head:
        return True
    return No(_("Cette page est pour l’équipe nationale et les responsables de délégation."))


def can_follow(user, organisation) -> Answer:
    """Moving a collectivité to the territory that took its own over: a manager's act, never done by the loading of
    a list, because people decide who speaks for the new commune."""
    if not standing(user).is_manager:
        return No(_("Seuls les responsables du programme rattachent une collectivité au territoire qui lui succède."))
    if organisation.kind != Kind.COLLECTIVITE or organisation.territory.ended_on is None:
        return NotNow(_("Le territoire de cette organisation existe toujours."))
    if organisation.closed_on:
        return NotNow(_("Cette organisation est close."))
    if successor_of(organisation.territory) is None:
        return NotNow(_("Aucun territoire ne succède en entier à celui-ci."))
    return True
