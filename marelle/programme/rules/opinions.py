"""Opinions: who asks, who may be asked, who answers, who reads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import IN_INSTRUCTION
from marelle.programme.models import Candidacy, Opinion
from marelle.programme.queries.hats import hats


def can_ask(user: Any, candidacy: Candidacy) -> Answer:
    if not hats(user, candidacy).is_national:
        return No(_("Demander un avis revient à l’équipe nationale."))
    if candidacy.status not in IN_INSTRUCTION:
        return NotNow(_("Un avis se demande pendant l’instruction, du dépôt à la commission."))
    return True


def can_be_asked(person: Any, candidacy: Candidacy) -> Answer:
    """A volunteer or head of the delegation that looks after the territory, or an expert of the national team;
    nobody who is of the collectivité or said they are too close to it."""
    who = standing(person)
    if not person.is_active:
        return NotNow(_("Ce compte est clos."))
    if candidacy.conflicts.in_force().filter(user=person).exists():
        return NotNow(_("%(person)s a déclaré un conflit d’intérêts sur ce dossier.") % {"person": person})
    if candidacy.organisation_id in who.collectivite_ids:
        return NotNow(_("%(person)s travaille pour cette collectivité.") % {"person": person})
    is_expert = who.is_expert
    is_of_delegation = who.is_volunteer or who.is_delegation_head
    if not is_expert and not is_of_delegation:
        return NotNow(_("%(person)s n’est ni bénévole ni expert·e.") % {"person": person})
    if not is_expert and not who.covers(candidacy.territory):
        return NotNow(_("La délégation de %(person)s ne suit pas ce territoire.") % {"person": person})
    if candidacy.opinions.filter(asked_of=person, revoked_at__isnull=True).exists():
        return NotNow(_("L’avis de %(person)s est déjà demandé.") % {"person": person})
    return True


def can_give(user: Any, opinion: Opinion) -> Answer:
    if opinion.asked_of_id != user.pk or not hats(user, opinion.candidacy).sees:
        return No(_("Cet avis est demandé à une autre personne."))
    if opinion.revoked_at is not None:
        return NotNow(_("Cette demande d’avis a été retirée."))
    if opinion.given_at is not None:
        return NotNow(_("Votre avis est rendu : il ne se modifie plus."))
    if opinion.candidacy.status not in IN_INSTRUCTION:
        return NotNow(_("L’instruction de ce dossier est finie : il n’attend plus d’avis."))
    return True


def can_remind(user: Any, opinion: Opinion) -> Answer:
    if not hats(user, opinion.candidacy).is_national:
        return No(_("Relancer revient à l’équipe nationale."))
    if opinion.revoked_at is not None or opinion.given_at is not None:
        return NotNow(_("Cet avis n’est plus attendu."))
    if opinion.candidacy.status not in IN_INSTRUCTION:
        return NotNow(_("L’instruction de ce dossier est finie : il n’attend plus d’avis."))
    return True


def can_revoke(user: Any, opinion: Opinion) -> Answer:
    """Also once it is given: an opinion found partial is struck out, and stays struck out in the file's history."""
    if not hats(user, opinion.candidacy).is_national:
        return No(_("Retirer une demande d’avis revient à l’équipe nationale."))
    if opinion.revoked_at is not None:
        return NotNow(_("Cette demande d’avis est déjà retirée."))
    if opinion.candidacy.status not in IN_INSTRUCTION:
        return NotNow(_("L’instruction de ce dossier est finie : ses avis ne changent plus."))
    return True


def can_read(user: Any, opinion: Opinion) -> Answer:
    return bool(readable(user, opinion.candidacy, [opinion])) or No(_("Cet avis ne vous est pas ouvert."))


def readable(user: Any, candidacy: Candidacy, opinions: list[Opinion]) -> list[Opinion]:
    """The opinions of a file that a person may read, among those given. The national staff reads all; the
    delegation reads what is not confidential, but a volunteer who still owes an opinion does not read the
    others' first; everyone reads their own; the collectivité none."""
    found = hats(user, candidacy)
    given = [one for one in opinions if one.given_at is not None]
    if found.is_national:
        return given
    if not found.sees or found.is_collectivite:
        return []
    owes = any(one.asked_of_id == user.pk and one.given_at is None and one.revoked_at is None for one in opinions)
    shared = found.is_head or (found.is_volunteer and not owes)
    return [
        one
        for one in given
        if one.revoked_at is None and (one.asked_of_id == user.pk or (shared and not one.is_confidential))
    ]


def listed(user: Any, candidacy: Candidacy, opinions: list[Opinion]) -> list[Opinion]:
    """The opinions whose existence a person sees on the file's page: what they may read; for the national staff,
    also what is awaited or was revoked; for others, also what they are themselves asked."""
    if hats(user, candidacy).is_national:
        return opinions
    open_ = readable(user, candidacy, opinions)
    return [one for one in opinions if one in open_ or (one.asked_of_id == user.pk and one.revoked_at is None)]
