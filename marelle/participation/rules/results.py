"""Who reads results, and when; who publishes them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.ballots.enums import Scope
from marelle.core.rules import Answer, NotNow
from marelle.participation.enums import ConsultationState
from marelle.participation.models import Consultation, Publication
from marelle.participation.queries.counting import SHEET_FROM, least

from .consultations import can_tend

OVER = {ConsultationState.CLOSED, ConsultationState.ANSWERED}


def can_prepare(
    user: Any, consultation: Consultation, *, ballots: int, current: Publication | None, prepared: Publication | None
) -> Answer:
    """Once it is closed: results read while children answer would show, from one hour to the next, what the last of
    them said."""
    allowed = can_tend(user, consultation)
    if not allowed:
        return allowed
    if consultation.state not in OVER:
        return NotNow(
            _(
                "Les résultats se lisent une fois la consultation fermée\u202f: avant, on verrait ce que disent les derniers."
            )
        )
    if prepared:
        return NotNow(_("Les résultats sont déjà préparés\u202f: relisez-les, puis publiez-les."))
    if ballots < consultation.cell_threshold:
        return NotNow(
            _(
                "Moins de {least} enfants ont répondu\u202f: rien ne peut être montré sans les faire reconnaître."
            ).format(least=consultation.cell_threshold)
        )
    return True


def can_publish(user: Any, consultation: Consultation, *, prepared: Publication | None) -> Answer:
    """Show to everyone what was prepared."""
    allowed = can_tend(user, consultation)
    if not allowed:
        return allowed
    if prepared is None:
        return NotNow(_("Préparez d’abord les résultats."))
    return True


def can_read_place(consultation: Consultation, scope: str, *, ballots: int) -> Answer:
    """A place has its own table from enough answers. `ballots`: how many it has."""
    lacks = least(consultation, scope) - ballots
    if lacks <= 0:
        return True
    if scope == Scope.STATION:
        return NotNow(
            _(
                "Ce groupe est trop petit pour avoir sa propre feuille\u202f: il en faut {least} réponses, pour que personne "
                "ne soit reconnu. Les réponses des enfants comptent dans les résultats de tous."
            ).format(least=SHEET_FROM * consultation.cell_threshold)
        )
    return NotNow(
        ngettext(
            "Encore {n} réponse pour lire les résultats de ce territoire. Il en faut {least}.",
            "Encore {n} réponses pour lire les résultats de ce territoire. Il en faut {least}.",
            lacks,
        ).format(n=lacks, least=least(consultation, scope))
    )


def can_read_session(consultation: Consultation, *, current: Publication | None, ballots: int) -> Answer:
    """The adult of a group reads its sheet once everyone may read the results, if the group is large enough."""
    if current is None:
        return NotNow(_("La feuille de résultats sera là une fois les résultats de la consultation publiés."))
    return can_read_place(consultation, Scope.STATION, ballots=ballots)
