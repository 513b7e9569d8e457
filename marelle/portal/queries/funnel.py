"""The funnel as a picture and as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marelle.programme.enums import FunnelStage
from marelle.programme.models import Candidacy
from marelle.programme.queries.funnel import Funnel, candidacies, dated, funnel, stage_of
from marelle.territories.models import Kind

KINDS = {"commune": [Kind.COMMUNE], "epci": [Kind.EPCI, Kind.EPT]}


def chosen(rows: QuerySet[Candidacy], *, demonstration: bool, nature: str = "") -> QuerySet[Candidacy]:
    """The candidacies to count. What the demonstration invented about real towns counts in a demonstration only."""
    rows = rows if demonstration else rows.filter(is_demonstration=False)
    return rows.filter(territory__kind__in=KINDS[nature]) if nature in KINDS else rows


def counted(demonstration: bool, nature: str) -> Funnel:
    """The same figures for all who may see them."""
    return funnel(chosen(candidacies(), demonstration=demonstration, nature=nature))


def chart(funnel: Funnel) -> dict[str, Any]:
    """The total by stage: each bar under its name, with its number, and no axis to decipher."""
    labels = [stage.label.capitalize() for stage in FunnelStage]
    values = [{"stage": label, "territoires": n} for label, n in zip(labels, funnel.total.counts, strict=True)]
    room = {"domain": [0, max(*funnel.total.counts, 1) * 1.15]}  # for the number after the longest bar
    across = {"field": "territoires", "type": "quantitative", "axis": None, "scale": room}
    down = {"field": "stage", "type": "nominal", "sort": labels, "axis": None}
    name = {
        "mark": {"type": "text", "align": "left", "dy": -13},
        "encoding": {"text": {"field": "stage"}, "x": {"value": 0}},
    }
    number = {
        "mark": {"type": "text", "align": "left", "dx": 7, "dy": 11, "fontWeight": 700},
        "encoding": {"text": {"field": "territoires", "format": ",d"}},
    }
    return {
        "description": str(_("Territoires par étape, en France")),
        "width": 400,
        "height": {"step": 52},
        "data": {"values": values},
        "encoding": {"y": down, "x": across},
        "layer": [{"mark": {"type": "bar", "height": 18, "yOffset": 10}}, name, number],
    }  # fmt: skip


HEADER = [
    _("Territoire"), _("Nature"), _("Code"), _("Département"), _("Région"), _("Population"), _("Étape atteinte"),
    _("État"), _("Intention déclarée le"), _("Confirmée le"), _("Déposée le"), _("Décidée le"),
    _("Titre publié le"), _("Dans cet état depuis"), _("Délégation"),
    _("Démonstration"),
]  # fmt: skip


def lines(rows: QuerySet[Candidacy]) -> Iterator[list[Any]]:
    """One row per candidacy, in the order of `HEADER`, read piece by piece."""
    related = dated(rows).select_related("territory__region", "territory__departement", "delegation")
    for one in related.order_by("territory__name", "pk").iterator(chunk_size=500):
        place = one.territory
        yield [
            place.name, place.get_kind_display(), place.code, place.departement.name if place.departement else "",
            place.region.name if place.region else "", place.population, str(stage_of(one).label), one.get_status_display(),
            one.opened_at, one.confirmed_at, one.filed_at, one.decided_on, one.titled_at, one.status_since,
            one.delegation.name if one.delegation else "",
            one.is_demonstration,
        ]  # fmt: skip
