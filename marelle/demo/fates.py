"""Which town lives which story in the demonstration year. Real towns, invented stories."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

from marelle.territories.models import Kind, Territory


class Fate(StrEnum):
    """Where a candidacy of the demonstration stands at the end of the year's story."""

    INTERESTED = "interested"
    JUST_BEGUN = "just_begun"
    HALF_WRITTEN = "half_written"
    READY = "ready"
    FILED = "filed"
    UNDER_REVIEW = "under_review"
    CORRECTION = "correction"
    CORRECTED = "corrected"
    COMMISSION = "commission"
    PROBATION = "probation"
    AWARDED = "awarded"
    SIGNED = "signed"
    TITLED = "titled"
    TITLED_WITH_RECOMMENDATIONS = "titled_with_recommendations"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"


HOW_MANY = {
    Fate.INTERESTED: 8, Fate.JUST_BEGUN: 4, Fate.HALF_WRITTEN: 6, Fate.READY: 2, Fate.FILED: 5, Fate.UNDER_REVIEW: 7,
    Fate.CORRECTION: 4, Fate.CORRECTED: 2, Fate.COMMISSION: 4, Fate.PROBATION: 2, Fate.AWARDED: 2, Fate.SIGNED: 2,
    Fate.TITLED: 7, Fate.TITLED_WITH_RECOMMENDATIONS: 3, Fate.REFUSED: 1, Fate.ABANDONED: 2, Fate.WITHDRAWN: 1,
}  # fmt: skip
MEMBERS, ASKING = 22, 4
"""Territories in the network, and people waiting for their claim to be checked."""

ROUEN, METROPOLE = "76540", "200023414"
"""Rouen has an organisation and no candidacy: its lead can walk the whole way. Its métropole is half-way through."""


@dataclass(frozen=True)
class Plan:
    """What the demonstration does with real territories."""

    candidates: list[tuple[Territory, Fate]]
    members: list[Territory]
    asking: list[Territory]
    rouen: Territory
    metropole: Territory


def plan(seed: int, how_many: dict[Fate, int] = HOW_MANY, members: int = MEMBERS) -> Plan:
    """Towns of all sizes and régions, chosen by the seed among the inhabited ones of metropolitan France and overseas."""
    chance = random.Random(seed)
    rouen = Territory.objects.get(kind=Kind.COMMUNE, code=ROUEN)
    metropole = Territory.objects.get(kind=Kind.EPCI, code=METROPOLE)
    some = Territory.objects.eligible().exclude(pk__in=[rouen.pk, metropole.pk]).order_by("kind", "code")
    towns = list(some.filter(kind=Kind.COMMUNE, population__range=(8_000, 200_000), departement__isnull=False))
    epcis = list(some.filter(kind=Kind.EPCI, population__range=(20_000, 300_000), departement__isnull=False))
    villages = list(some.filter(kind=Kind.COMMUNE, population__range=(300, 6_000), departement__isnull=False))
    chance.shuffle(towns)
    chance.shuffle(epcis)
    chance.shuffle(villages)
    fates = [fate for fate, count in how_many.items() for _ in range(count)]
    candidates = [
        (epcis[n // 6] if n % 6 == 5 else towns[n], fate)  # one intercommunalité for five communes
        for n, fate in enumerate(fates)
    ]
    return Plan(candidates, villages[:members], towns[100 : 100 + ASKING], rouen, metropole)
