"""The bank: questions that may be taken as they are, and whole questionnaires ready to be asked. Read from
`participation/bank/*.yaml`, in our own words; French, the other languages being added by whoever takes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from marelle.participation.enums import AgeBand, QuestionKind, Theme

from .shape import Questionnaire, questionnaire_of

FOLDER = Path(__file__).resolve().parent.parent / "bank"


@dataclass(frozen=True)
class Banked:
    """One question of the bank."""

    key: str
    theme: str
    ages: tuple[str, ...]
    data: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.data["text"]["fr"])

    @property
    def theme_label(self) -> str:
        return str(Theme(self.theme).label)

    @property
    def ages_label(self) -> str:
        """« 3 à 8 ans »."""
        first, last = self.ages[0].partition("-")[0], self.ages[-1].partition("-")[2]
        return f"{first}-{last}"

    @property
    def kind_label(self) -> str:
        return str(QuestionKind(self.data["kind"]).label)

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [
            {"label": choice.label["fr"], "picto": choice.picto}
            for choice in questionnaire_of({"sections": [{"key": "s", "questions": [self.data]}]})
            .questions[self.data["key"]]
            .choices
        ]


@dataclass(frozen=True)
class ReadyMade:
    """A questionnaire one may open as it is."""

    key: str
    title: str
    about: str
    ages: tuple[str, ...]
    minutes: int
    sections: list[dict[str, Any]]

    @property
    def questionnaire(self) -> Questionnaire:
        return questionnaire_of({"languages": ["fr"], "sections": self.sections})

    @property
    def count(self) -> int:
        return len(self.questionnaire.questions)


@cache
def questions() -> dict[str, Banked]:
    """All of them, by key, in the order of the file: theme by theme."""
    found = {}
    for theme, rows in _read("questions.yaml").items():
        for row in rows:
            found[row["key"]] = Banked(row["key"], Theme(theme).value, _ages(row["ages"]), question_of(row))
    return found


@cache
def ready_made() -> dict[str, ReadyMade]:
    found = {}
    for path in sorted((FOLDER / "questionnaires").glob("*.yaml")):
        data = yaml.safe_load(path.read_text())
        key = path.stem
        sections = [
            {
                "key": f"s{n}",
                "title": {"fr": section.get("title", "")},
                "questions": [question_of(row) for row in section["questions"]],
            }
            for n, section in enumerate(data["sections"], 1)
        ]
        found[key] = ReadyMade(key, data["title"], data["about"], _ages(data["ages"]), data["minutes"], sections)
    return found


def choose(*, theme: str = "", age: str = "") -> list[Banked]:
    """Those of a theme, for an age; all of them when neither is said."""
    return [one for one in questions().values() if (not theme or one.theme == theme) and (not age or age in one.ages)]


def question_of(row: dict[str, Any]) -> dict[str, Any]:
    """From the short writing of the YAML (`choices: {1F333: Des arbres}`) to a question as data."""
    question: dict[str, Any] = {"key": row["key"], "kind": QuestionKind(row["kind"]).value, "text": {"fr": row["text"]}}
    if row.get("help"):
        question["help"] = {"fr": row["help"]}
    if row.get("choices"):
        question["choices"] = [
            {"key": f"r{n}", "label": {"fr": label}, **({"picto": str(picto)} if picto else {})}
            for n, (picto, label) in enumerate(_pairs(row["choices"]), 1)
        ]
    for name in ("most", "shuffle"):
        if row.get(name):
            question[name] = row[name]
    if row.get("only_if"):
        (asked, answers) = next(iter(row["only_if"].items()))
        question["only_if"] = {"question": asked, "choices": [str(one) for one in answers]}
    return question


def _pairs(choices: list[str]) -> list[tuple[str, str]]:
    """« 1F333 Des arbres » or, without a drawing, « - Des arbres »."""
    pairs = []
    for said in choices:
        picto, _space, label = said.partition(" ")
        pairs.append(("" if picto == "–" else picto, label))
    return pairs


def _ages(said: str) -> tuple[str, ...]:
    """« 3-8 » → ("3-5", "6-8")."""
    first, _dash, last = said.partition("-")
    return tuple(
        band.value
        for band in AgeBand
        if int(band.value.split("-")[0]) >= int(first) and int(band.value.split("-")[1]) <= int(last)
    )


@cache
def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / name).read_text())
