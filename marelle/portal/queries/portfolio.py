"""What the portfolio page shows beside its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from marelle.programme.models import Candidacy
from marelle.programme.queries.portfolio import what_waits

Choices = list[tuple[str, str]]


def choices(files: QuerySet[Candidacy]) -> tuple[Choices, Choices]:
    """Régions and delegations that occur in these files, by name, in one query."""
    places = ["territory__region__code", "territory__region__name", "delegation__public_id", "delegation__name"]
    found = list(Candidacy.objects.filter(pk__in=files.order_by().values("pk")).values_list(*places).distinct())
    regions = {(code, name) for code, name, _d, _n in found if code}
    delegations = {(key, name) for _r, _n, key, name in found if key}
    return sorted(regions, key=_alphabetical), sorted(delegations, key=_alphabetical)


def _alphabetical(choice: tuple[str, str]) -> str:
    """« Île-de-France » among the I."""
    return slugify(choice[1])


LONG, TOO_LONG = 4, 8
"""Days an answer is awaited before it shows."""


def urgency(file: Candidacy, today: date) -> str:
    """How loud « depuis … » is said."""
    waited = (today - timezone.localdate(file.waits_since)).days
    return "bad" if waited >= TOO_LONG else "warn" if waited >= LONG else ""


HEADER = [
    _("Collectivité"), _("Nature"), _("Code"), _("Département"), _("Région"), _("Population"), _("Parcours"),
    _("État"), _("Dans cet état depuis"), _("Ce qui attend"), _("Attend une réponse de moi"), _("Échéance"),
    _("Dernier signe de la collectivité"), _("Délégation"), _("Accompagnement"), _("Démonstration"),
]  # fmt: skip


def line(file: Candidacy, on: date) -> list[Any]:
    """One file as a row of the export, in the order of `HEADER`."""
    place = file.territory
    return [
        place.name, place.get_kind_display(), place.code, place.departement.name if place.departement else "",
        place.region.name if place.region else "", place.population, file.route.name, file.get_status_display(),
        file.status_since, what_waits(file, on=on), file.awaits_me, file.falls_due_on, file.last_activity_at,
        file.delegation.name if file.delegation else "", file.adviser.name if file.adviser else "",
        file.is_demonstration,
    ]  # fmt: skip
