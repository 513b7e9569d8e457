"""What a consultation still lacks before children may be asked: the list its page shows, each with its door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.accounts.enums import Role
from marelle.accounts.models import Membership
from marelle.participation.definition import Questionnaire, questionnaire_of
from marelle.participation.definition.checking import faults
from marelle.participation.enums import Duty
from marelle.participation.models import Consultation


@dataclass(frozen=True)
class Missing:
    """One thing to do before opening."""

    words: str
    door: str
    """`facts`, `questionnaire` or `stewards`: the page where it is done."""


def draft_of(consultation: Consultation) -> Questionnaire:
    """The questionnaire in preparation, in the languages of the consultation and for its ages."""
    facts = {"languages": consultation.languages or ["fr"], "age_bands": consultation.age_bands}
    return questionnaire_of({**consultation.draft, **facts})


def missing(consultation: Consultation, *, on: date) -> list[Missing]:
    """Empty: it may open on that day."""
    return [*_facts(consultation, on), *_questionnaire(consultation), *_people(consultation, on)]


def _facts(consultation: Consultation, on: date) -> list[Missing]:
    lacks = []
    if not consultation.why.strip():
        lacks.append(_("Dites pourquoi vous posez ces questions."))
    if not consultation.age_bands:
        lacks.append(_("Choisissez les âges."))
    if consultation.closes_on is None:
        lacks.append(_("Dites jusqu’à quel jour les enfants peuvent répondre."))
    elif consultation.closes_on < on:
        lacks.append(_("Le dernier jour pour répondre est déjà passé."))
    if not consultation.answerer.strip():
        lacks.append(_("Dites qui répondra aux enfants."))
    if consultation.answer_due_on is None:
        lacks.append(_("Dites pour quel jour la réponse aux enfants est promise."))
    elif consultation.answer_due_on < on:
        lacks.append(_("Le jour promis pour la réponse aux enfants est déjà passé."))
    return [Missing(words, "facts") for words in lacks]


def _questionnaire(consultation: Consultation) -> list[Missing]:
    questionnaire = draft_of(consultation)
    wrong = faults(questionnaire)
    if not questionnaire.questions:
        return [Missing(_("Écrivez le questionnaire."), "questionnaire")]
    if not wrong:
        return []
    words = ngettext("Un point du questionnaire est à revoir.", "%d points du questionnaire sont à revoir.", len(wrong))
    return [Missing(words % len(wrong) if len(wrong) > 1 else words, "questionnaire")]


def _people(consultation: Consultation, on: date) -> list[Missing]:
    """Nothing a child writes goes unread: a questionnaire with words needs who reads them and who protects."""
    if not any(question.is_text for question in draft_of(consultation).questions.values()):
        return []
    duties = {one.duty for one in consultation.stewards.all() if one.user.is_active}
    lacks = []
    if Duty.MODERATOR not in duties:
        lacks.append(_("Nommez qui relira les paroles des enfants."))
    if Duty.SAFEGUARDING not in duties and not nation_protects(on):
        lacks.append(_("Nommez qui recevra les alertes si un enfant est en danger."))
    return [Missing(words, "stewards") for words in lacks]


def nation_protects(on: date) -> bool:
    """Whether somebody of the national team receives alerts today."""
    return Membership.objects.on(on).filter(role=Role.SAFEGUARDING, user__is_active=True).exists()


@dataclass(frozen=True)
class Step:
    """One line of the checklist: what is to be done before opening, what of it remains, and where."""

    title: str
    door: str
    lacks: list[str]

    @property
    def is_done(self) -> bool:
        return not self.lacks


def checklist(consultation: Consultation, *, on: date) -> list[Step]:
    lacks = missing(consultation, on=on)
    titles = [
        ("facts", _("Dire pourquoi, pour qui, jusqu’à quand")),
        ("questionnaire", _("Écrire le questionnaire")),
        ("stewards", _("Savoir qui relit et qui protège")),
    ]
    return [Step(title, door, [one.words for one in lacks if one.door == door]) for door, title in titles]
