"""What children's participation brings to the page of an article of the Convention (`library.registry`)."""

from __future__ import annotations

from django.db.models import Count, F, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from marelle.library.registry import Gathering, Item
from marelle.participation.models import Proposal


def proposals(number: int, most: int) -> Gathering:
    """Those that name it, in the children's words, the latest first."""
    rows = list(
        Proposal.objects.counted()
        .filter(article=number)
        .select_related("territory")
        .annotate(total=Window(Count("pk")))
        .order_by(F("made_on").desc(nulls_last=True), "-pk")[:most]
    )
    return Gathering(
        _("Ce que des enfants ont proposé"),
        [
            Item(
                one.wording,
                one.get_absolute_url(),
                f"{one.territory.name} · {one.get_state_display()}",
                one.is_demonstration,
            )
            for one in rows
        ],
        rows[0].total if rows else 0,
        reverse("participation:proposals"),
    )
