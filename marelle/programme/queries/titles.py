"""The papers a title stands on, and the titles of a territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from marelle.programme.definition import FeeBand
from marelle.programme.models import Agreement, Candidacy, Decision, Deliberation, Title
from marelle.territories.models import Territory

from .decisions import awarding_decision


@dataclass(frozen=True)
class Papers:
    decision: Decision | None
    deliberation: Deliberation | None
    agreement: Agreement | None

    @property
    def is_signed(self) -> bool:
        return bool(self.agreement and self.agreement.signed_id)

    @property
    def _is_signed_too_early(self) -> bool:
        signed_on = self.agreement.signed_on if self.agreement else None
        return bool(self.deliberation and signed_on and signed_on < self.deliberation.held_on)

    @property
    def missing(self) -> list[str]:
        """What is still needed before the title, in sentences."""
        lacks = []
        if not self.decision:
            lacks.append(_("La décision d’accorder le titre manque."))
        if not self.deliberation:
            lacks.append(_("La délibération du conseil manque."))
        if not self.is_signed:
            lacks.append(_("La convention signée manque."))
        elif self._is_signed_too_early:
            lacks.append(_("La convention est datée d’avant la délibération qui autorise à la signer."))
        return lacks


def papers(candidacy: Candidacy) -> Papers:
    """In three queries."""
    return Papers(
        awarding_decision(candidacy),
        Deliberation.objects.select_related("document").filter(candidacy=candidacy).first(),
        Agreement.objects.select_related("draft", "signed").filter(candidacy=candidacy).first(),
    )


def history(territory: Territory):
    """Every title a territory has held, the latest first."""
    return Title.objects.filter(territory=territory).select_related("mandate")


def fee(candidacy: Candidacy) -> FeeBand | None:
    """What the route's grid asks of a territory of this size; None when either is unknown."""
    return candidacy.version.definition.fee_for(candidacy.territory.population)


def standing_of(title: Title, on: date) -> str:
    """« withdrawn », « ended », « to_come » or « current », that day."""
    if title.withdrawn_on:
        return "withdrawn"
    if on > title.ends_on:
        return "ended"
    return "current" if on >= title.starts_on else "to_come"


def title_of(candidacy: Candidacy) -> Title | None:
    """The title a candidacy led to, standing or not."""
    return Title.objects.filter(candidacy=candidacy).first()
