"""Who brings the papers of a title, publishes it and withdraws it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import Move, Status
from marelle.programme.models import Candidacy, Title
from marelle.programme.queries.titles import papers

from .moves import can_move, condition


@condition(Move.GRANT_TITLE)
def papers_are_complete(user: Any, candidacy: Candidacy) -> Answer:
    """The decision, the council's vote and the signed agreement: a title stands on the three."""
    missing = papers(candidacy).missing
    return NotNow(" ".join(missing)) if missing else True


def can_bring_papers(user: Any, candidacy: Candidacy) -> Answer:
    """The deliberation and the signed agreement, from the collectivité or, on its behalf, from the team."""
    who = standing(user)
    if not (who.is_national_staff or who.has_role_in(candidacy.organisation, SUBMITS_FILE)):
        return No(_("Cela revient à la personne référente ou à l’élu·e de référence de la collectivité."))
    if candidacy.conflicts.in_force().filter(user=who.user).exists():
        return No(_("Vous avez déclaré un conflit d’intérêts sur cette candidature."))
    if candidacy.status != Status.AWARDED:
        return NotNow(
            _(
                "Les pièces du titre se joignent entre la décision et la publication du titre. La candidature en est à « %(now)s »."
            )
            % {"now": candidacy.get_status_display()}
        )
    return True


def can_make_agreement(user: Any, candidacy: Candidacy) -> Answer:
    """Made again as often as needed, until a signed copy is there: what was signed must not change."""
    answer = can_bring_papers(user, candidacy)
    if answer and papers(candidacy).is_signed:
        return NotNow(_("La convention est déjà signée."))
    return answer


def can_bring_signed(user: Any, candidacy: Candidacy) -> Answer:
    answer = can_bring_papers(user, candidacy)
    if answer and not papers(candidacy).agreement:
        return NotNow(_("La convention n’a pas encore été produite."))
    return answer


def can_withdraw(user: Any, title: Title) -> Answer:
    return can_move(user, title.candidacy, Move.WITHDRAW_TITLE)
