"""What the portfolio page shows beside its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from marelle.programme.queries.portfolio import Facts, Followed, what_waits

from .addresses import file_address

Choices = list[tuple[str, str]]


def choices(files: list[Followed]) -> tuple[Choices, Choices]:
    """Régions and delegations that occur in these files, by name."""
    regions = {(f.facts.region_code, f.facts.region or "") for f in files if f.facts.region_code}
    delegations = {(f.facts.delegation_id, f.facts.delegation or "") for f in files if f.facts.delegation_id}
    return sorted(regions, key=_alphabetical), sorted(delegations, key=_alphabetical)


def _alphabetical(choice: tuple[str, str]) -> str:
    """« Île-de-France » among the I."""
    return slugify(choice[1])


LONG, TOO_LONG = 4, 8
"""Days an answer is awaited before it shows."""


def urgency(file: Followed, today: date) -> str:
    """How loud « depuis … » is said."""
    waited = (today - timezone.localdate(file.waits_since)).days
    return "bad" if waited >= TOO_LONG else "warn" if waited >= LONG else ""


HEADER = [
    _("Collectivité"), _("Nature"), _("Code"), _("Département"), _("Région"), _("Population"), _("Parcours"),
    _("État"), _("Dans cet état depuis"), _("Ce qui attend"), _("Attend une réponse de moi"), _("Échéance"),
    _("Dernier signe de la collectivité"), _("Délégation"), _("Accompagnement"), _("Démonstration"),
]  # fmt: skip


def line(file: Followed) -> list[Any]:
    """One file as a row of the export, in the order of `HEADER`."""
    facts = file.facts
    return [
        facts.name, facts.kind_label, facts.code, facts.departement or "", facts.region or "", facts.population,
        facts.route, facts.status_label, facts.status_since, what_waits(file), file.awaits_me, file.falls_due_on,
        facts.last_activity_at, facts.delegation or "", facts.adviser or "", facts.is_demonstration,
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page."""

    file: Followed
    facts: Facts
    address: str
    waits_for: str
    urgency: str


def rows(files: Iterable[Followed], today: date) -> list[Row]:
    return [Row(f, f.facts, file_address(f.facts), what_waits(f), urgency(f, today)) for f in files]
