"""The places a group counts for."""

from __future__ import annotations

from marelle.ballots.enums import Scope
from marelle.territories.models import Kind, Territory


def places_of(territory: Territory | None) -> list[tuple[str, str]]:
    """(scope, code) from the nation down. A commune counts for its intercommunalité and its département too; a group
    of an intercommunalité or a département for no commune."""
    places = [(Scope.NATION.value, "")]
    if territory is None:
        return places
    departement = territory if territory.kind == Kind.DEPARTEMENT else territory.departement
    if departement:
        places.append((Scope.DEPARTEMENT.value, departement.code))
    epci = territory if territory.kind in {Kind.EPCI, Kind.EPT} else territory.epci
    if epci:
        places.append((Scope.EPCI.value, epci.code))
    if territory.kind == Kind.COMMUNE:
        places.append((Scope.COMMUNE.value, territory.code))
    return places
