"""What a questionnaire is made of. Pure: read from JSON, never from the database.

    {"languages": ["fr"], "sections": [{"key": "s1", "title": {"fr": "Ma cour"}, "questions": [
        {"key": "q1", "kind": "picture", "text": {"fr": "Qu’est-ce qui te manque ?"}, "help": {"fr": ""},
         "choices": [{"key": "a", "label": {"fr": "Des arbres"}, "picto": "1F333"}],
         "shuffle": false, "most": 2, "only_if": {"question": "q0", "choices": ["yes"]}, "audio": {"fr": "<file public id>"}}]}]}

"age_bands": the ages that the question of age offers; every one of them when it is not there. Keys never change once a consultation is open: results are counted by them. Every text is by language; French is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from marelle.participation.enums import AgeBand, QuestionKind

Said = Mapping[str, str]
"""A text by language code."""
FIXED: dict[str, tuple[tuple[str, str, str], ...]] = {
    QuestionKind.YES_NO: (("yes", "Oui", "1F44D"), ("no", "Non", "1F44E"), ("unknown", "Je ne sais pas", "1F937")),
    QuestionKind.SMILEYS: (
        ("1", "Pas du tout", "1F622"),
        ("2", "Pas trop", "1F641"),
        ("3", "Moyen", "1F610"),
        ("4", "Plutôt bien", "1F642"),
        ("5", "Très bien", "1F604"),
    ),
    QuestionKind.SCALE: tuple((str(n), str(n), "") for n in range(11)),
    QuestionKind.AGE: tuple((band.value, str(band.label), "") for band in AgeBand),
}
"""Choices that belong to the kind: (key, French label, pictogram)."""
ONE_CHOICE = {
    QuestionKind.PICTURE,
    QuestionKind.SMILEYS,
    QuestionKind.SCALE,
    QuestionKind.YES_NO,
    QuestionKind.PLACE,
    QuestionKind.AGE,
}


@dataclass(frozen=True)
class Choice:
    key: str
    label: Said
    picto: str = ""
    """OpenMoji code point ("1F333"), or empty."""


@dataclass(frozen=True)
class Condition:
    """The question is asked only to those who answered `question` with one of `choices`."""

    question: str
    choices: tuple[str, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        given = answers.get(self.question)
        return bool({*given} & {*self.choices}) if isinstance(given, list) else given in self.choices


@dataclass(frozen=True)
class Question:
    key: str
    kind: str
    text: Said
    help: Said = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    most: int = 0
    """At most so many choices (`pictures`, `ranking`); 0: as many as there are."""
    shuffle: bool = False
    only_if: Condition | None = None
    audio: Said = field(default_factory=dict)
    """Public id of a recorded file, by language."""

    @property
    def is_text(self) -> bool:
        return self.kind == QuestionKind.TEXT

    @property
    def choice_keys(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self.choices)


@dataclass(frozen=True)
class Section:
    key: str
    title: Said
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    languages: tuple[str, ...]
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.key: question for section in self.sections for question in section.questions}

    def without_unasked(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers less those to questions whose condition does not hold: a child who goes back and changes
        their mind has not answered what is no longer asked."""
        kept: dict[str, Any] = {}
        for key, question in self.questions.items():
            if key in answers and (question.only_if is None or question.only_if.holds(kept)):
                kept[key] = answers[key]
        return kept


def ticket_paper(questionnaire: Questionnaire) -> dict[str, Any]:
    """The paper of `marelle.ballots` for this questionnaire: all that is ticked; words travel beside it."""
    asked = [question for question in questionnaire.questions.values() if not question.is_text]
    return {
        "questions": [
            {
                "key": question.key,
                "kind": "one"
                if question.kind in ONE_CHOICE
                else "rank"
                if question.kind == QuestionKind.RANKING
                else "many",
                "choices": list(question.choice_keys),
                "most": question.most or len(question.choices),
            }
            for question in asked
        ],
        "age": next((question.key for question in asked if question.kind == QuestionKind.AGE), ""),
    }


def questionnaire_of(data: Mapping[str, Any]) -> Questionnaire:
    """Read a questionnaire. Lenient: what is missing is empty; `checking` says what is wrong with it."""
    bands = frozenset(data.get("age_bands") or AgeBand.values)
    return Questionnaire(
        languages=tuple(data.get("languages") or ["fr"]),
        sections=tuple(
            Section(one["key"], one.get("title") or {}, tuple(_questions(one.get("questions") or [], bands)))
            for one in data.get("sections") or []
        ),
    )


def _questions(rows: list[Mapping[str, Any]], bands: frozenset[str]) -> Iterator[Question]:
    for row in rows:
        condition = row.get("only_if") or None
        yield Question(
            key=row["key"],
            kind=row["kind"],
            text=row.get("text") or {},
            help=row.get("help") or {},
            choices=tuple(c for c in _choices(row) if row["kind"] != QuestionKind.AGE or c.key in bands),
            most=int(row.get("most") or 0),
            shuffle=bool(row.get("shuffle")),
            only_if=Condition(condition["question"], tuple(condition["choices"])) if condition else None,
            audio=row.get("audio") or {},
        )


def _choices(row: Mapping[str, Any]) -> Iterator[Choice]:
    fixed = FIXED.get(row["kind"])
    if fixed:
        yield from (Choice(key, {"fr": label}, picto) for key, label, picto in fixed)
    else:
        yield from (Choice(c["key"], c.get("label") or {}, c.get("picto") or "") for c in row.get("choices") or [])


_parsed: dict[str, Questionnaire] = {}
"""By digest: one process reads a frozen questionnaire once."""


def parsed(digest: str, content: Callable[[], Mapping[str, Any]]) -> Questionnaire:
    if digest not in _parsed:
        if len(_parsed) > 500:
            _parsed.clear()
        _parsed[digest] = questionnaire_of(content())
    return _parsed[digest]
