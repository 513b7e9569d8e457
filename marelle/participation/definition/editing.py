"""What a person does to a questionnaire in preparation: each act takes the data and gives the new data. Pure.

What was removed last stays beside, under `removed`, until something else is removed or the consultation opens: a slip
is undone with one press. Nothing reads it but `put_back`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Literal

from django.utils.translation import gettext as _

from marelle.participation.enums import QuestionKind

from .checking import CHOICES

Data = dict[str, Any]
Step = Literal[-1, 1]
CHOSEN = frozenset(CHOICES)
"""Kinds whose answers are written by whoever prepares; the others bring their own."""


class Gone(LookupError):
    """The question or the section is no longer there: somebody removed it meanwhile."""


def add_section(data: Mapping[str, Any], *, title: Mapping[str, str]) -> tuple[Data, str]:
    new = _copy(data)
    key = _fresh("s", (section["key"] for section in _with_removed(new)))
    new["sections"].append({"key": key, "title": dict(title), "questions": []})
    return new, key


def rename_section(data: Mapping[str, Any], key: str, *, title: Mapping[str, str]) -> Data:
    new = _copy(data)
    _section(new, key)["title"] = dict(title)
    return new


def move_section(data: Mapping[str, Any], key: str, step: Step) -> Data:
    new = _copy(data)
    _swap(new["sections"], _place(new["sections"], key), step)
    return new


def remove_section(data: Mapping[str, Any], key: str) -> Data:
    new = _copy(data)
    place = _place(new["sections"], key)
    new["removed"] = {"section": new["sections"].pop(place), "place": place}
    return new


def add_question(
    data: Mapping[str, Any], section: str, question: Mapping[str, Any], *, after: str = ""
) -> tuple[Data, str]:
    """At the end of a section, or after one of its questions. It gets a key of its own."""
    new = _copy(data)
    if not new["sections"]:
        new, section = add_section(new, title={"fr": ""})
    here = _section(new, section)["questions"]
    key = _fresh("q", _keys(new))
    place = _place(here, after) + 1 if after else len(here)
    here.insert(place, {**deepcopy(dict(question)), "key": key})
    return new, key


def change_question(data: Mapping[str, Any], key: str, **facts: Any) -> Data:
    """Replace facts of a question (`text`, `choices`, `only_if`…). What is empty is left out."""
    new = _copy(data)
    question = question_in(new, key)
    question.update(facts)
    for name in [name for name, value in question.items() if name not in {"key", "kind", "text"} and not value]:
        del question[name]
    return new


def duplicate_question(data: Mapping[str, Any], key: str) -> tuple[Data, str]:
    section, place = _where(data, key)
    copied = deepcopy(section["questions"][place])
    text = copied.get("text", {}).get("fr", "")
    copied["text"] = {**copied.get("text", {}), "fr": _("%s (copie)") % text if text else ""}
    return add_question(data, section["key"], copied, after=key)


def move_question(data: Mapping[str, Any], key: str, step: Step) -> Data:
    """One place up or down; from the edge of a section, into the one beside it."""
    new = _copy(data)
    section, place = _where(new, key)
    here = section["questions"]
    if 0 <= place + step < len(here):
        _swap(here, place, step)
        return new
    beside = _place(new["sections"], section["key"]) + step
    if 0 <= beside < len(new["sections"]):
        there = new["sections"][beside]["questions"]
        there.insert(0 if step > 0 else len(there), here.pop(place))
    return new


def reorder(data: Mapping[str, Any], order: Mapping[str, list[str]]) -> Data:
    """All questions at their places, by section: what dragging sends. Every question must be there, once."""
    new = _copy(data)
    questions = {question["key"]: question for section in new["sections"] for question in section["questions"]}
    named = [key for keys in order.values() for key in keys]
    if set(order) != {section["key"] for section in new["sections"]} or sorted(named) != sorted(questions):
        raise Gone
    for section in new["sections"]:
        section["questions"] = [questions[key] for key in order[section["key"]]]
    return new


def remove_question(data: Mapping[str, Any], key: str) -> Data:
    new = _copy(data)
    section, place = _where(new, key)
    new["removed"] = {"question": section["questions"].pop(place), "into": section["key"], "place": place}
    return new


def put_back(data: Mapping[str, Any]) -> Data:
    """What was removed last, where it was (or at the end, when its section is gone)."""
    new = _copy(data)
    removed = new.pop("removed", None)
    if not removed:
        raise Gone
    if "section" in removed:
        new["sections"].insert(removed["place"], removed["section"])
        return new
    if not new["sections"]:
        new, _key = add_section(new, title={"fr": ""})
    section = next((one for one in new["sections"] if one["key"] == removed["into"]), new["sections"][-1])
    section["questions"].insert(removed["place"], removed["question"])
    return new


def append(data: Mapping[str, Any], sections: list[Mapping[str, Any]]) -> Data:
    """A ready-made questionnaire after what is there. Its questions get new keys, and its conditions follow them."""
    new = _copy(data)
    new["sections"] = [section for section in new["sections"] if section["questions"] or section["title"].get("fr")]
    renamed: dict[str, str] = {}
    for section in sections:
        new, key = add_section(new, title=section.get("title") or {})
        for question in section.get("questions") or []:
            new, renamed[question["key"]] = add_question(new, key, question)
    for question in _questions(new):
        condition = question.get("only_if")
        if condition and question["key"] in renamed.values() and condition["question"] in renamed:
            question["only_if"] = {**condition, "question": renamed[condition["question"]]}
    return new


def question_in(data: Mapping[str, Any], key: str) -> Data:
    section, place = _where(data, key)
    return section["questions"][place]


def section_of(data: Mapping[str, Any], key: str) -> str:
    return _where(data, key)[0]["key"]


def fresh_choice(choices: list[Mapping[str, Any]]) -> str:
    """A key that no choice of this question has: keys are what is counted, never what is read."""
    return _fresh("r", (choice["key"] for choice in choices))


def blank(kind: str) -> Data:
    """A question of this kind with nothing written yet. An age is asked in the same words everywhere."""
    question: Data = {"kind": kind, "text": {"fr": _("Quel âge as-tu ?") if kind == QuestionKind.AGE else ""}}
    if kind in CHOSEN:
        question["choices"] = []
    return question


def places(lines: str, *, before: list[Mapping[str, Any]]) -> list[Data]:
    """Places of the town typed one per line. A place that was there keeps its key; the same one twice is kept once."""
    known = {choice["label"].get("fr", "").casefold(): dict(choice) for choice in before}
    found: dict[str, Data] = {}
    for line in lines.splitlines():
        name = " ".join(line.split())
        if name and name.casefold() not in found:
            one = known.get(name.casefold()) or {"key": fresh_choice([*before, *found.values()])}
            found[name.casefold()] = {**one, "label": {**one.get("label", {}), "fr": name}}
    return list(found.values())


def _copy(data: Mapping[str, Any]) -> Data:
    new = deepcopy(dict(data))
    new.setdefault("sections", [])
    return new


def _questions(data: Mapping[str, Any]) -> Iterator[Data]:
    for section in data["sections"]:
        yield from section["questions"]


def _with_removed(data: Mapping[str, Any]) -> Iterator[Data]:
    yield from data["sections"]
    removed = (data.get("removed") or {}).get("section")
    if removed:
        yield removed


def _keys(data: Mapping[str, Any]) -> Iterator[str]:
    """Every key in use, of what may be put back too."""
    for section in _with_removed(data):
        yield from (question["key"] for question in section["questions"])
    removed = (data.get("removed") or {}).get("question")
    if removed:
        yield removed["key"]


def _fresh(letter: str, used: Iterator[str]) -> str:
    numbers = [int(key[1:]) for key in used if key[:1] == letter and key[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"


def _where(data: Mapping[str, Any], key: str) -> tuple[Data, int]:
    for section in data.get("sections") or []:
        for place, question in enumerate(section["questions"]):
            if question["key"] == key:
                return section, place
    raise Gone(key)


def _section(data: Mapping[str, Any], key: str) -> Data:
    return data["sections"][_place(data["sections"], key)]


def _place(rows: list[Data], key: str) -> int:
    for place, row in enumerate(rows):
        if row["key"] == key:
            return place
    raise Gone(key)


def _swap(rows: list[Data], place: int, step: Step) -> None:
    if 0 <= place + step < len(rows):
        rows[place], rows[place + step] = rows[place + step], rows[place]


Edit = Callable[[Data], Data]
"""An act with its arguments: what `actions.builder.change` does under its lock."""
