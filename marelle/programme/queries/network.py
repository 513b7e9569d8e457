"""What the pages of the network read: the fee and its reason, the answers in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.programme.definition import Definition, FeeBand
from marelle.programme.models import NetworkMembership
from marelle.territories.models import Territory

from .changes import said as said_value

THIN = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class Fee:
    """What a territory pays each year, and why. `cents` is None when nobody can compute it yet."""

    cents: int | None
    reason: str


@dataclass(frozen=True)
class Band:
    """A line of the grid, in words; `is_yours` marks the one a territory falls in."""

    words: str
    cents: int
    is_yours: bool = False


def fee_for(definition: Definition, territory: Territory) -> Fee:
    """« 4 512 habitants : tranche jusqu’à 5 000 habitants → 150 € par an »."""
    if not definition.fees:
        return Fee(None, _("Aucune cotisation n’est prévue pour le moment."))
    band = definition.fee_for(territory.population)
    if band is None:
        return Fee(
            None,
            _("La population n’est pas connue : l’équipe nationale vous dira le montant en confirmant l’adhésion."),
        )
    return Fee(
        band.cents,
        _("%(people)s habitants : tranche %(band)s → %(euros)s € par an")
        % {
            "people": _count(territory.population),
            "band": _words(definition, band),
            "euros": _count(band.cents // 100),
        },
    )


def grid(definition: Definition, territory: Territory | None = None) -> list[Band]:
    yours = definition.fee_for(territory.population) if territory else None
    return [Band(_words(definition, band), band.cents, band == yours) for band in definition.fees]


def answers_in_words(membership: NetworkMembership) -> list[tuple[str, str]]:
    """Each question with its answer as a person reads it; questions left empty are left out."""
    said = []
    for key, question in membership.version.definition.questions.items():
        value = membership.answers.get(key)
        if value not in (None, "", []):
            said.append((question.label, said_value(question, value)))
    return said


def _words(definition: Definition, band: FeeBand) -> str:
    if band.up_to is not None:
        return _("jusqu’à %(top)s habitants") % {"top": _count(band.up_to)}
    tops = [other.up_to for other in definition.fees if other.up_to is not None]
    return _("au-delà de %(top)s habitants") % {"top": _count(max(tops))} if tops else _("unique")


def _count(number: int | None) -> str:
    return f"{number:,}".replace(",", THIN)


def attested(membership: NetworkMembership, day: date) -> dict[str, Any]:
    """What the attestation of a member says, as data for its template."""
    assert membership.joined_on is not None  # A member joined on a day.
    return {
        "demonstration": membership.is_demonstration,
        "network": membership.version.definition.name,
        "territory": membership.territory.name,
        "code": membership.territory.code,
        "departement": str(membership.territory.departement or ""),
        "mandate": membership.version.route.mandate.name,
        "joined_on": date_format(membership.joined_on, "j F Y"),
        "charter_accepted_on": date_format(localdate(membership.charter_accepted_at), "j F Y"),
        "day": date_format(day, "j F Y"),
        "number": membership.public_id,
        "articles": membership.version.definition.charter.articles if membership.version.definition.charter else [],
        "source": membership.version.definition.source,
    }
