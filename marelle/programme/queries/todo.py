"""What the managers must do: intentions to confirm, files to decide, titles to publish."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from marelle.programme.enums import Status
from marelle.programme.models import Agreement, Candidacy, Decision, Deliberation

LISTS = {
    "intentions": _("Intentions à confirmer"),
    "decisions": _("Dossiers à décider"),
    "titres": _("Titres à publier"),
}


def to_confirm(user: Any) -> QuerySet[Candidacy]:
    """Oldest first."""
    return _seen(user).filter(status=Status.INTERESTED).order_by("opened_at", "pk")


def to_decide(user: Any, on: date) -> QuerySet[Candidacy]:
    """Before the commission, and probations whose end has come; by the day it should be decided (`decide_on`)."""
    ends = Decision.objects.filter(candidacy=OuterRef("pk"), probation_ends_on__isnull=False).order_by("-pk")
    over = Exists(ends.filter(probation_ends_on__lt=on))
    return (
        _seen(user)
        .filter(Q(status=Status.COMMISSION) | Q(over, status=Status.PROBATION))
        .annotate(probation_ends_on=Subquery(ends.values("probation_ends_on")[:1]))
        .order_by(F("commission_on").asc(nulls_last=True), "status_since", "pk")
    )


def to_publish(user: Any) -> QuerySet[Candidacy]:
    """Awarded: which papers are there (`has_deliberation`, `has_agreement`, `is_signed`); the complete ones first."""
    agreement = Agreement.objects.filter(candidacy=OuterRef("pk"))
    return (
        _seen(user)
        .filter(status=Status.AWARDED)
        .annotate(
            has_deliberation=Exists(Deliberation.objects.filter(candidacy=OuterRef("pk"))),
            has_agreement=Exists(agreement),
            is_signed=Exists(agreement.filter(signed__isnull=False)),
        )
        .order_by("-is_signed", "-has_deliberation", "status_since", "pk")
    )


def _seen(user: Any) -> QuerySet[Candidacy]:
    return Candidacy.objects.visible_to(user).select_related("territory__departement", "route", "adviser")
