"""Who a code is today."""

from __future__ import annotations

import re
from typing import Any

from marelle.territories.models import Kind, RetiredCode, Territory

CODE = re.compile(r"[0-9][0-9AB][0-9]{3}|[0-9]{9}")
"""INSEE or SIREN."""
COLLECTIVITES = (Kind.COMMUNE, Kind.EPCI, Kind.EPT)


def with_code(code: str, *, among: Any = None) -> Territory | None:
    """The commune, EPCI or EPT that has or had this INSEE code or SIREN; a retired code gives its successor.

    May return an ended territory: ask `successor_of` next. `among`: the territories to look among, with what a caller
    annotated; a successor comes without it.
    """
    if not CODE.fullmatch(code):
        return None
    rows = Territory.objects.all() if among is None else among
    around = rows.select_related("departement", "region", "epci", "ept", "became")
    found = next(iter(around.filter(code=code, kind__in=COLLECTIVITES)), None)
    if found is None:
        retired = RetiredCode.objects.select_related("territory").filter(code=code).first()
        found = retired.territory if retired else None
    return found


def successor_of(territory: Territory) -> Territory | None:
    """What an ended territory is now, through as many mergers as it took. None when nothing took it over."""
    seen = {territory.pk}
    here: Territory | None = territory
    while here is not None and here.ended_on is not None:
        here = here.became
        if here is not None:
            if here.pk in seen:
                return None
            seen.add(here.pk)
    return here
