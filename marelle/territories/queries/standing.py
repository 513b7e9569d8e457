"""Who a code is today."""

from __future__ import annotations

import re

from django.db.models import Q

from marelle.territories.models import Kind, Postcode, RetiredCode, Territory

COMMUNE = re.compile(r"[0-9][0-9AB][0-9]{3}")
CODE = re.compile(r"[0-9][0-9AB][0-9]{3}|[0-9]{9}")
"""INSEE or SIREN."""
COLLECTIVITES = (Kind.COMMUNE, Kind.EPCI, Kind.EPT)


def with_code(code: str) -> Territory | None:
    """The commune, EPCI or EPT that has or had this INSEE code or SIREN; a retired code gives its successor.

    May return an ended territory: ask `successor_of` next.
    """
    if not CODE.fullmatch(code):
        return None
    around = Territory.objects.select_related("departement", "region", "epci", "ept", "became")
    found = next(iter(around.filter(code=code, kind__in=COLLECTIVITES)), None)
    if found is None:
        retired = RetiredCode.objects.select_related("territory").filter(code=code).first()
        found = retired.territory if retired else None
    return found


GROUPS = ("epci", "ept")
AROUND = ("departement", "region")


def with_code_and_parts(code: str) -> tuple[Territory | None, list[Territory], list[str]]:
    """As `with_code`, with what its page lists: the communes of an EPCI or EPT, the postcodes of a commune.

    One query rather than two for nearly all: a commune is read beside its postcodes, an EPCI beside its members.
    """
    if COMMUNE.fullmatch(code):
        beside = Postcode.objects.filter(territory__kind=Kind.COMMUNE, territory__code=code).order_by("code")
        rows = list(beside.select_related(*(f"territory__{part}" for part in (*AROUND, *GROUPS, "became"))))
        if rows:
            return rows[0].territory, [], [row.code for row in rows]
        return with_code(code), [], []
    if not CODE.fullmatch(code):
        return None, [], []
    inside = Territory.objects.current().filter(Q(epci__code=code) | Q(ept__code=code), kind=Kind.COMMUNE)
    members = list(inside.select_related("epci", "ept", *(f"{group}__{part}" for group in GROUPS for part in AROUND)))
    if not members:
        return with_code(code), [], []
    found = next(group for group in (members[0].epci, members[0].ept) if group and group.code == code)
    return found, sorted(members, key=lambda one: (-(one.population or 0), one.code)), []


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
