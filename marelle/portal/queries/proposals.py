"""Children's proposals on the pages that cross subjects: the headline, a territory's figures, a dashboard's card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from marelle.accounts.models import Organisation
from marelle.participation.models import Proposal
from marelle.participation.queries import proposals as queries
from marelle.participation.queries.proposal_threads import steps
from marelle.portal.registry import Proposals


def of_the_nation() -> Proposals:
    """The headline, in one aggregate. The day changes none of these three."""
    found = queries.of_the_nation(on=timezone.localdate())
    return Proposals(found.made, found.answered, found.done)


@dataclass(frozen=True)
class Voice:
    """What children of a territory proposed, and the list that holds it."""

    counts: queries.Counts
    url: str


def with_voice(territories: Any, *, on: date) -> Any:
    """Communes and intercommunalités with the counts of their children's proposals, read in the same query."""
    return territories.annotate(voice_counts=queries.counts_beside(on=on))


def voice_of(territory: Any, *, on: date) -> Voice:
    """From what `with_voice` brought, or in one query of its own."""
    if hasattr(territory, "voice_counts"):
        counts = queries.Counts(**(territory.voice_counts or {}))
    else:
        counts = queries.counted(queries.made_to(territory), on=on)
    return Voice(counts, queries.list_of(territory))


@dataclass(frozen=True)
class Card:
    """The children's voice on a collectivité's dashboard: figures, and the thread that moved last."""

    standing: queries.Standing
    delay: int | None
    latest: Proposal | None
    steps: list[dict[str, Any]]
    is_late: bool


def card_of(organisation: Organisation, *, on: date) -> Card:
    """In one query while nothing was proposed, else in three."""
    standing = queries.standing_of(organisation, on=on)
    if not standing.counts.made:
        return Card(standing, None, None, [], is_late=False)
    rows = Proposal.objects.filter(organisation=organisation)
    latest = next(iter(queries.latest(rows.select_related("session__consultation"))), None)
    source = latest.session.consultation if latest and latest.session else None
    told = list(steps(latest, source, on=on)) if latest else []
    return Card(standing, queries.median_delay(rows), latest, told, is_late=bool(latest and latest.is_overdue(on)))
