"""Who gives files to whom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import CLOSED
from marelle.programme.models import Candidacy
from marelle.programme.queries.hats import hats


def can_assign_files(user: Any) -> Answer:
    return standing(user).is_manager or No(_("L’affectation des dossiers revient aux responsables du programme."))


def can_assign(user: Any, candidacy: Candidacy) -> Answer:
    if not hats(user, candidacy).is_manager:
        return No(_("L’affectation des dossiers revient aux responsables du programme."))
    if candidacy.status in CLOSED:
        return NotNow(_("Cette candidature est close : elle n’a plus besoin d’être suivie."))
    return True


def can_advise(person: Any, candidacy: Candidacy) -> Answer:
    """Whether a file may be given to this person."""
    if not person.is_active or not standing(person).is_national_staff:
        return NotNow(_("%(person)s n’est pas de l’équipe nationale.") % {"person": person})
    if not hats(person, candidacy).is_national:
        return NotNow(
            _("%(person)s ne peut pas suivre %(territory)s : un lien avec cette collectivité est déclaré.")
            % {"person": person, "territory": candidacy.territory}
        )
    return True


def can_take_over(user: Any, absent: Any, taker: Any) -> Answer:
    """A manager moves anyone's files to anyone; an adviser takes over for an absent colleague, to themselves."""
    who = standing(user)
    if not (who.is_manager or (who.is_adviser and taker == user)):
        return No(
            _("Vous pouvez reprendre des dossiers pour vous-même ; les donner à d’autres revient aux responsables.")
        )
    if absent == taker:
        return NotNow(_("Choisissez deux personnes différentes."))
    if not taker.is_active or not standing(taker).is_national_staff:
        return NotNow(_("%(person)s n’est pas de l’équipe nationale.") % {"person": taker})
    return True


def can_take_back(user: Any, absent: Any, taker: Any) -> Answer:
    """Undoing a take-over is open to a manager and to the two people it is about."""
    who = standing(user)
    if who.is_manager or (who.is_adviser and user in (absent, taker)):
        return True
    return No(_("Seules les personnes concernées et les responsables rendent des dossiers repris."))
