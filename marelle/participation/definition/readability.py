"""How hard a question is for the youngest who must answer it: advice, never a refusal. Pure.

Thresholds and where they come from (ours; change them with a test and a reason):

- *Words in a sentence*: a child keeps about as many words in mind as they can repeat: 6 to 8 at five, 10 to 12 at
  eight, as an adult newspaper by fifteen. A question read aloud is held in the head while choosing.
- *Hard words*: neither in our list of very common words (`common_words.txt`, the words that children's books and
  playgrounds use most) nor the name of one of our pictograms, and long enough (`hard_from` letters) not to be a simple
  form of one of them. A wrong alarm costs a glance; so it is called « peut-être ».
- *Negation*: « N’as-tu pas… ? » is answered yes by some and no by others who mean the same.
- *Two questions in one*: nobody can tell which of the two was answered.
- *Choices*: small children take the last one they heard beyond four.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.participation.enums import AgeBand, QuestionKind
from marelle.ui import pictograms

from .checking import CHOICES
from .shape import Choice, Question, Questionnaire


@dataclass(frozen=True)
class Limits:
    age: int
    """The age said to the person: the youngest of the band that is spoken of."""
    words: int
    hard_from: int
    """A word this long that is not a common one may be hard."""
    choices: int


LIMITS: dict[str, Limits] = {
    AgeBand.FROM_3: Limits(5, words=8, hard_from=6, choices=4),
    AgeBand.FROM_6: Limits(7, words=12, hard_from=8, choices=6),
    AgeBand.FROM_9: Limits(9, words=16, hard_from=10, choices=8),
    AgeBand.FROM_13: Limits(13, words=22, hard_from=12, choices=12),
    AgeBand.FROM_16: Limits(16, words=28, hard_from=14, choices=12),
}
TOO_YOUNG: dict[str, frozenset[str]] = {
    QuestionKind.TEXT: frozenset({AgeBand.FROM_3, AgeBand.FROM_6}),
    QuestionKind.SCALE: frozenset({AgeBand.FROM_3, AgeBand.FROM_6}),
    QuestionKind.RANKING: frozenset({AgeBand.FROM_3}),
    QuestionKind.PLACE: frozenset({AgeBand.FROM_3}),
}
CLOSED = {QuestionKind.YES_NO, QuestionKind.SMILEYS, QuestionKind.SCALE}
"""Kinds where « and » joins two things that have but one answer."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NEGATION = re.compile(r"\b(?:ne|n)\b.*?\b(?:pas|plus|jamais|rien|aucun|aucune|personne)\b", re.I)
MOST_QUESTIONS = {AgeBand.FROM_3: 8, AgeBand.FROM_6: 12, AgeBand.FROM_9: 20, AgeBand.FROM_13: 40, AgeBand.FROM_16: 40}


def advice(question: Question, bands: Iterable[str]) -> list[str]:
    """What to make simpler in a question, for the youngest age it is meant for first."""
    wanted = [band for band in AgeBand if band in set(bands)] or [AgeBand.FROM_6]
    said: list[str] = []
    for band in wanted:
        for words in for_age(question, band):
            if words not in said:
                said.append(words)
    return said


def for_age(question: Question, band: str) -> Iterator[str]:
    """In words: « Pour 5 ans : 12 mots, c’est long. »"""
    limits = LIMITS[band]
    text = question.text.get("fr", "")
    longest = max((len(_words(sentence)) for sentence in re.split(r"[.?!…]", text)), default=0)
    if longest > limits.words:
        yield _("Pour %(age)d ans : %(count)d mots dans une phrase, c’est long. Visez %(most)d.") % {
            "age": limits.age,
            "count": longest,
            "most": limits.words,
        }
    hard = hard_words(" ".join([text, *(choice.label.get("fr", "") for choice in _written(question))]), band)
    if hard:
        yield ngettext(
            "Pour %(age)d ans : un mot est peut-être difficile (%(words)s).",
            "Pour %(age)d ans : des mots sont peut-être difficiles (%(words)s).",
            len(hard),
        ) % {"age": limits.age, "words": ", ".join(hard[:4])}
    if len(_written(question)) > limits.choices and question.kind != QuestionKind.PLACE:
        yield _("Pour %(age)d ans : %(count)d réponses, c’est beaucoup. Visez %(most)d.") % {
            "age": limits.age,
            "count": len(question.choices),
            "most": limits.choices,
        }
    if band in TOO_YOUNG.get(question.kind, frozenset()):
        yield _("Pour %(age)d ans : ce genre de question est difficile. Une question en images convient mieux.") % {
            "age": limits.age
        }
    bare = question.kind != QuestionKind.PLACE and any(not choice.picto for choice in _written(question))
    if bare and band in {AgeBand.FROM_3, AgeBand.FROM_6}:
        yield _("Pour %(age)d ans : donnez un dessin à chaque réponse.") % {"age": limits.age}
    if NEGATION.search(text):
        yield _("Dites-le sans « ne… pas » : répondre « non » à une négation embrouille tout le monde.")
    if _is_double(question, text):
        yield _("Deux questions en une ? On ne saura pas à laquelle l’enfant a répondu.")


def length(questionnaire: Questionnaire, band: str) -> str:
    """Whether there are too many questions for an age; empty when there are not."""
    count, most = len(questionnaire.questions), MOST_QUESTIONS[AgeBand(band)]
    if count <= most:
        return ""
    return _("Pour %(age)d ans : %(count)d questions, c’est long. Visez %(most)d.") % {
        "age": LIMITS[band].age,
        "count": count,
        "most": most,
    }


def hard_words(text: str, band: str) -> list[str]:
    """Words that are neither common nor drawn, each once, in order."""
    shortest = LIMITS[band].hard_from
    return list(
        dict.fromkeys(
            word for word in (w.lower() for w in _words(text)) if len(word) >= shortest and not _is_common(word)
        )
    )


def _is_common(word: str) -> bool:
    known = common_words()
    if word in known or word.rstrip("sx") in known:
        return True
    if "-" in word:
        return all(part in known or len(part) < 4 for part in word.split("-"))
    # Simple forms of a known word: « jouent », « aimes », « contente ».
    return any(word.endswith(end) and {stem := word.removesuffix(end), stem + "er", stem + "e"} & known for end in ENDS)


ENDS = ("ent", "es", "ez", "ons", "ées", "és", "ée", "é", "e", "ait", "ais", "ant", "ement", "eur", "eurs", "trice")


@cache
def common_words() -> frozenset[str]:
    listed = Path(__file__).with_name("common_words.txt").read_text().split()
    drawn = [
        word.lower() for one in pictograms.load().values() for said in (one.word, *one.also) for word in _words(said)
    ]
    return frozenset([*listed, *drawn])


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _written(question: Question) -> tuple[Choice, ...]:
    """The choices that somebody wrote: those of a kind are ours."""
    return question.choices if question.kind in CHOICES else ()


def _is_double(question: Question, text: str) -> bool:
    return text.count("?") > 1 or (question.kind in CLOSED and " et " in text and "?" in text)
