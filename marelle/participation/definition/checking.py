"""What is wrong with a questionnaire, in words for whoever wrote it, each fault pointing at its question. Pure.

A fault stops the opening; a piece of advice (`definition.readability`) never does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.participation.enums import QuestionKind

from .shape import FIXED, Question, Questionnaire

KEY = re.compile(r"[a-z][a-z0-9_-]{0,19}")
LONGEST_TEXT, LONGEST_HELP, LONGEST_LABEL, LONGEST_TITLE = 240, 300, 80, 80
MOST_QUESTIONS = 180
"""The longest national consultation asked 166 (DOMAIN C)."""
CHOICES: dict[str, tuple[int, int]] = {
    QuestionKind.PICTURE: (2, 12),
    QuestionKind.PICTURES: (2, 20),
    QuestionKind.RANKING: (2, 8),
    QuestionKind.PLACE: (2, 80),
}
"""How few and how many choices a question of each kind may have. Nobody ranks nine things; a town has eighty places."""
LIMITED = {QuestionKind.PICTURES, QuestionKind.RANKING}


@dataclass(frozen=True)
class Fault:
    """One thing to put right before opening."""

    words: str
    question: str = ""
    """Key of the question, or empty: the whole questionnaire."""
    section: str = ""


def faults(questionnaire: Questionnaire) -> list[Fault]:
    """Everything that is wrong, in the order of the questionnaire. Empty: it may be asked."""
    return [*_whole(questionnaire), *_each(questionnaire)]


def of_question(questionnaire: Questionnaire, key: str) -> list[Fault]:
    return [fault for fault in faults(questionnaire) if fault.question == key]


def _whole(questionnaire: Questionnaire) -> Iterator[Fault]:
    keys = Counter(question.key for section in questionnaire.sections for question in section.questions)
    if not keys:
        yield Fault(_("Ajoutez au moins une question."))
    if sum(keys.values()) > MOST_QUESTIONS:
        yield Fault(_("Un questionnaire a au plus %d questions.") % MOST_QUESTIONS)
    sections = Counter(section.key for section in questionnaire.sections)
    if any(times > 1 for times in [*keys.values(), *sections.values()]) or not all(
        KEY.fullmatch(key) for key in [*keys, *sections]
    ):
        yield Fault(_("Deux questions portent le même nom de code, ou un nom illisible."))
    ages = [question.key for question in questionnaire.questions.values() if question.kind == QuestionKind.AGE]
    for key in ages[1:]:
        yield Fault(_("L’âge est déjà demandé plus haut : retirez l’une des deux questions."), key)
    for section in questionnaire.sections:
        if not section.questions:
            yield Fault(_("Cette partie est vide : ajoutez une question ou retirez la partie."), section=section.key)
        if any(len(title) > LONGEST_TITLE for title in section.title.values()):
            yield Fault(_("Le titre de cette partie dépasse %d caractères.") % LONGEST_TITLE, section=section.key)


def _each(questionnaire: Questionnaire) -> Iterator[Fault]:
    before: dict[str, Question] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            for words in [
                *_texts(question, questionnaire.languages),
                *_choices(question, questionnaire.languages),
                *_condition(question, before),
            ]:
                yield Fault(words, question.key, section.key)
            before[question.key] = question


def _texts(question: Question, languages: tuple[str, ...]) -> Iterator[str]:
    if question.kind not in QuestionKind.values:
        yield _("Ce genre de question n’existe pas.")
    for language in languages:
        if not question.text.get(language, "").strip():
            yield (
                _("Écrivez la question.")
                if language == "fr"
                else _("La question n’est pas écrite dans cette langue : %s.") % language
            )
    if any(len(text) > LONGEST_TEXT for text in question.text.values()):
        yield _("La question dépasse %d caractères : un enfant ne la lira pas.") % LONGEST_TEXT
    if any(len(text) > LONGEST_HELP for text in question.help.values()):
        yield _("L’explication dépasse %d caractères.") % LONGEST_HELP


def _choices(question: Question, languages: tuple[str, ...]) -> Iterator[str]:
    if question.kind in FIXED or question.kind not in CHOICES:
        return
    fewest, most = CHOICES[question.kind]
    if len(question.choices) < fewest:
        yield _("Proposez au moins %d réponses.") % fewest
    if len(question.choices) > most:
        yield _("%(now)d réponses, c’est trop : %(most)d au plus pour ce genre de question.") % {
            "now": len(question.choices),
            "most": most,
        }
    if len(set(question.choice_keys)) != len(question.choices) or not all(map(KEY.fullmatch, question.choice_keys)):
        yield _("Deux réponses portent le même nom de code, ou un nom illisible.")
    for language in languages:
        labels = [choice.label.get(language, "").strip() for choice in question.choices]
        empty = labels.count("")
        if empty:
            yield ngettext(
                "Une réponse n’a pas de mots (%(language)s) : ils sont lus à voix haute aux plus petits.",
                "%(n)d réponses n’ont pas de mots (%(language)s) : ils sont lus à voix haute aux plus petits.",
                empty,
            ) % {"n": empty, "language": language}
        twice = [label for label, times in Counter(label.lower() for label in labels if label).items() if times > 1]
        if twice:
            yield _("Deux réponses disent la même chose : « %s ».") % twice[0]
        if any(len(label) > LONGEST_LABEL for label in labels):
            yield _("Une réponse dépasse %d caractères.") % LONGEST_LABEL
    if question.kind in LIMITED and question.most > len(question.choices):
        yield _("Il y a moins de réponses que le nombre qu’un enfant peut choisir.")


def _condition(question: Question, before: dict[str, Question]) -> Iterator[str]:
    if question.only_if is None:
        return
    asked = before.get(question.only_if.question)
    if asked is None:
        yield _("« Seulement si » regarde une question qui n’est pas posée avant celle-ci.")
    elif asked.is_text:
        yield _("« Seulement si » ne peut pas regarder une question où l’enfant écrit.")
    elif not question.only_if.choices or not {*question.only_if.choices} <= {*asked.choice_keys}:
        yield _("« Seulement si » regarde une réponse qui n’existe pas.")
