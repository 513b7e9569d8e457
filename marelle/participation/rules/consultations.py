"""Who prepares a consultation, opens it, closes it and answers the children, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import Role
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.lives import Life
from marelle.core.rules import Answer, No, NotNow
from marelle.participation.enums import CONSULTATION_MOVES, PREPARES, ConsultationState, Duty
from marelle.participation.models import Consultation
from marelle.participation.queries.readiness import missing


def can_create(user: Any, organisation: Organisation) -> Answer:
    """A collectivité asks its children, a delegation those of its département, the national team those of France."""
    if organisation.kind not in PREPARES:
        return No(_("Une structure ouvre des séances\u202f; elle ne prépare pas de consultation."))
    _level, roles = PREPARES[organisation.kind]
    if not standing(user).has_role_in(organisation, roles):
        return No(_("Préparer une consultation revient à d’autres personnes de cette organisation."))
    return True


def can_tend(user: Any, consultation: Consultation) -> Answer:
    """Those who prepare consultations in its organisation, and its authors while they still belong there."""
    organisation = consultation.organisation
    if can_create(user, organisation):
        return True
    who = standing(user)
    if organisation.pk in who.organisation_ids and has_duty(user, consultation, Duty.AUTHOR):
        return True
    return No(_("Cette consultation est tenue par d’autres personnes de l’organisation."))


def has_duty(user: Any, consultation: Consultation, duty: Duty) -> bool:
    return any(one.user_id == user.pk and one.duty == duty for one in consultation.stewards.all())


def can_edit(user: Any, consultation: Consultation) -> Answer:
    """Its facts and its questionnaire, until it opens."""
    return _when(user, consultation, {ConsultationState.DRAFT}, _("Une fois ouverte, une consultation ne change plus."))


def can_adjust(user: Any, consultation: Consultation) -> Answer:
    """What may still change while children answer: until when, and who will answer them. Never the day promised."""
    return _when(
        user,
        consultation,
        {ConsultationState.OPEN, ConsultationState.CLOSED},
        _("Cela se change pendant la consultation, jusqu’à la réponse aux enfants."),
    )


def can_name(user: Any, consultation: Consultation) -> Answer:
    """Name who moderates and who protects: as long as words may still arrive or wait."""
    return _when(
        user,
        consultation,
        {ConsultationState.DRAFT, ConsultationState.OPEN, ConsultationState.CLOSED, ConsultationState.ANSWERED},
        _("Cette consultation est abandonnée."),
    )


def can_cancel(user: Any, consultation: Consultation) -> Answer:
    return _moves(user, consultation, ConsultationState.CANCELLED)


def can_open(user: Any, consultation: Consultation, *, on: date | None = None) -> Answer:
    """Once nothing is missing: what would be missing for the children is said, all of it."""
    answer = _moves(user, consultation, ConsultationState.OPEN)
    if not answer:
        return answer
    lacks = missing(consultation, on=on or timezone.localdate())
    return NotNow(" ".join(one.words for one in lacks)) if lacks else True


def can_correct(user: Any, consultation: Consultation) -> Answer:
    """A spelling, while children answer. The questions themselves no longer change."""
    return _when(
        user,
        consultation,
        {ConsultationState.OPEN},
        _("L’orthographe se corrige pendant que la consultation est ouverte."),
    )


def can_close(user: Any, consultation: Consultation) -> Answer:
    return _moves(user, consultation, ConsultationState.CLOSED)


def can_answer(user: Any, consultation: Consultation) -> Answer:
    return _moves(user, consultation, ConsultationState.ANSWERED)


def _moves(user: Any, consultation: Consultation, to: ConsultationState) -> Answer:
    allowed = can_tend(user, consultation)
    if not allowed:
        return allowed
    if to in CONSULTATION_MOVES[consultation.state]:
        return True
    if to == ConsultationState.ANSWERED and consultation.state == ConsultationState.OPEN:
        return NotNow(_("Des enfants répondent encore : fermez la consultation avant de leur répondre."))
    return NotNow(_("Ce n’est pas possible dans l’état de cette consultation : %s.") % consultation.get_state_display())


def _when(user: Any, consultation: Consultation, states: set[ConsultationState], reason: str) -> Answer:
    return can_tend(user, consultation) and (consultation.state in states or NotNow(reason))


def life() -> Life:
    """The diagram of `docs/states/consultation.md`, from the tables."""
    who = " or ".join(
        f"{level.label} : {', '.join(str(role.label) for role in Role if role in roles)}"
        for level, roles in PREPARES.values()
    )
    acts = {
        ConsultationState.OPEN: "`open`",
        ConsultationState.CLOSED: "`close`, or its last day has passed",
        ConsultationState.ANSWERED: "`answer`",
        ConsultationState.CANCELLED: "`cancel`",
    }
    rows = [
        (
            words,
            ", ".join(str(state.label) for state in ConsultationState if to in CONSULTATION_MOVES[state]),
            str(to.label),
            who,
        )
        for to, words in acts.items()
    ]
    return Life(
        "consultation",
        "The life of a consultation",
        "Prepared by a town, a delegation or the national team; opening it freezes its questionnaire and promises an "
        "answer for a day. Past that day, while it is open or closed, it is *en retard* everywhere.",
        ConsultationState,
        CONSULTATION_MOVES,
        ConsultationState.DRAFT,
        rows,
    )
