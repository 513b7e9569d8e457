"""How far territories have come, nationally and by région: interested → confirmed → filed → decided → titled.

Counted in territories, from dates and rows that prove each step, and cumulatively: one that is titled was also
interested. A territory that withdrew stays counted as far as it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.text import slugify
from django.utils.translation import gettext as _

from marelle.programme.enums import FunnelStage, OutcomeKind, RouteKind, Status
from marelle.programme.models import Candidacy, Decision, Submission, Title

DECIDED = frozenset({Status.AWARDED, Status.TITLED, Status.REFUSED, Status.TITLE_WITHDRAWN})
FINAL = [OutcomeKind.AWARD, OutcomeKind.AWARD_WITH_RECOMMENDATIONS, OutcomeKind.REFUSAL]


def candidacies() -> QuerySet[Candidacy]:
    """All those of routes with a title, with `is_titled`, `is_decided`, `is_filed`, `is_confirmed`: each one
    implies the next."""
    here = OuterRef("pk")
    rows = Candidacy.objects.filter(route__kind=RouteKind.TITLED).annotate(
        is_titled=Exists(Title.objects.filter(candidacy=here)),
        _has_decision=Exists(Decision.objects.filter(candidacy=here, outcome__in=FINAL)),
        _has_submission=Exists(Submission.objects.filter(candidacy=here)),
    )
    titled = Q(is_titled=True)
    decided = titled | Q(_has_decision=True) | Q(status__in=DECIDED)
    filed = decided | Q(_has_submission=True)
    return rows.annotate(is_decided=_flag(decided), is_filed=_flag(filed), is_confirmed=_flag(filed | Q(confirmed_at__isnull=False)))  # fmt: skip


def dated(rows: QuerySet[Candidacy]) -> QuerySet[Any]:
    """Adds the day each stage was reached, also to those that withdrew since: `filed_at` (first time), `decided_on`
    (the final decision), `titled_at`. In the same query."""
    here = OuterRef("pk")
    final = Decision.objects.filter(candidacy=here, outcome__in=FINAL)
    return rows.annotate(
        filed_at=Subquery(Submission.objects.filter(candidacy=here).order_by("number").values("submitted_at")[:1]),
        decided_on=Subquery(final.order_by("-recorded_at", "-pk").values("decided_on")[:1]),
        titled_at=Subquery(Title.objects.filter(candidacy=here).values("published_at")[:1]),
    )


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


STAGES: dict[FunnelStage, Q] = {
    FunnelStage.INTERESTED: Q(pk__isnull=False),
    FunnelStage.CONFIRMED: Q(is_confirmed=True),
    FunnelStage.FILED: Q(is_filed=True),
    FunnelStage.DECIDED: Q(is_decided=True),
    FunnelStage.TITLED: Q(is_titled=True),
}


@dataclass(frozen=True)
class Row:
    """One région, or the whole country: a count per stage, in the order of the stages."""

    name: str
    counts: tuple[int, ...]
    demonstration: int

    @property
    def cells(self) -> list[dict[str, object]]:
        return [{"label": stage.label, "count": n} for stage, n in zip(STAGES, self.counts, strict=True)]


@dataclass(frozen=True)
class Funnel:
    total: Row
    regions: list[Row]


def funnel(rows: QuerySet[Candidacy]) -> Funnel:
    """Territories by stage, in one query. The régions add up to the total: a territory is in one région."""
    found: Any = (
        rows.order_by()
        .values("territory__region__name")
        .annotate(
            **{stage.value: Count("territory", distinct=True, filter=reached) for stage, reached in STAGES.items()},
            invented=Count("territory", distinct=True, filter=Q(is_demonstration=True)),
        )
    )
    regions = [
        Row(
            line["territory__region__name"] or _("Région non renseignée"),
            tuple(line[stage.value] for stage in STAGES),
            line["invented"],
        )
        for line in sorted(found, key=lambda line: slugify(line["territory__region__name"] or "zz"))
    ]
    sums = tuple(sum(row.counts[i] for row in regions) for i in range(len(STAGES)))
    return Funnel(Row(_("Toute la France"), sums, sum(row.demonstration for row in regions)), regions)


def stage_of(candidacy: Any) -> FunnelStage:
    """The furthest stage of one row of `candidacies()`."""
    flags = [
        (candidacy.is_titled, FunnelStage.TITLED),
        (candidacy.is_decided, FunnelStage.DECIDED),
        (candidacy.is_filed, FunnelStage.FILED),
        (candidacy.is_confirmed, FunnelStage.CONFIRMED),
    ]
    return next((stage for reached, stage in flags if reached), FunnelStage.INTERESTED)
