"""Who may record what the commission decided, and follow a probation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import Move, Status
from marelle.programme.models import Candidacy, ProbationTask

from .moves import can_move


def can_decide(user: Any, candidacy: Candidacy) -> Answer:
    """Whether any decision may be recorded: refusing is possible wherever another decision is."""
    return can_move(user, candidacy, Move.REFUSE)


def can_reschedule(user: Any, candidacy: Candidacy) -> Answer:
    """Whoever may take a file back from the commission may change its date."""
    return can_move(user, candidacy, Move.SEND_BACK)


def can_say_done(user: Any, task: ProbationTask) -> Answer:
    candidacy = task.decision.candidacy
    if not standing(user).has_role_in(candidacy.organisation, SUBMITS_FILE):
        return No(_("Cela revient à la personne référente ou à l’élu·e de référence de la collectivité."))
    if candidacy.status != Status.PROBATION:
        return NotNow(_("La période probatoire est terminée."))
    if task.done_at:
        return NotNow(_("Vous l’avez déjà dite faite."))
    return True


def can_confirm_task(user: Any, task: ProbationTask) -> Answer:
    """The team checks what the collectivité says it did: confirm, or reopen with a reason."""
    candidacy = task.decision.candidacy
    who = standing(user)
    if not who.is_national_staff:
        return No(_("Cela revient à l’équipe nationale."))
    if candidacy.conflicts.in_force().filter(user=who.user).exists():
        return No(_("Vous avez déclaré un conflit d’intérêts sur cette candidature."))
    if candidacy.organisation_id in who.collectivite_ids:
        return No(
            _("Vous faites partie de cette collectivité\u202f: vos collègues de l’équipe nationale s’en chargent.")
        )
    if candidacy.status != Status.PROBATION:
        return NotNow(_("La période probatoire est terminée."))
    if task.confirmed_at:
        return NotNow(_("C’est déjà confirmé."))
    if not task.done_at:
        return NotNow(_("La collectivité ne l’a pas encore dite faite."))
    return True
