"""The text of a practice: the one being worked on, what it still lacks, what changed since the public one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from marelle.core.frozen import digest as fingerprint
from marelle.library.definition.practices import PART_OF, PARTS, QUESTIONS, Part, Question
from marelle.library.enums import PracticeState
from marelle.library.models import Practice
from marelle.ui.components.words import grouped

MANY = {"themes", "articles"}
FEWEST_STEPS = 2
LEAST_WORDS = 5
"""A long answer of fewer words says nothing that another town could use."""


@dataclass(frozen=True)
class Gap:
    """A question that is still to be answered before the practice is proposed."""

    question: Question
    part: Part
    reason: str


@dataclass(frozen=True)
class Difference:
    """What one question said, and what it says now. `pieces`: (kind, words), kind being same, gone or new."""

    question: Question
    before: str
    after: str

    @property
    def pieces(self) -> list[tuple[str, str]]:
        return list(_pieces(self.before.split(" "), self.after.split(" ")))


def working(practice: Practice) -> Practice:
    """The text that its authors and reviewers have before their eyes: the change under way, or the row itself."""
    if practice.has_hidden_change and practice.latest_revision:
        return practice.latest_revision.as_object()
    return practice


def value_of(text: Practice, name: str) -> Any:
    """A question's answer as plain data, the same whether it comes from a row or from a revision."""
    if name in MANY:
        return sorted(one.pk for one in getattr(text, name).all())
    return getattr(text, name)


def base_of(text: Practice, name: str) -> str:
    """What a page carries, to say which answer somebody had before their eyes when they wrote theirs."""
    return fingerprint(value_of(text, name))[:16]


def fingerprint_of(text: Practice) -> str:
    """Of the whole text: a reviewer publishes what they read."""
    return fingerprint({name: value_of(text, name) for name in QUESTIONS})[:16]


def is_answered(text: Practice, name: str) -> bool:
    value = value_of(text, name)
    if name == "cost_euros":
        return value is not None or text.cost_is_unknown
    return value not in (None, "", [])


def missing(text: Practice) -> list[Gap]:
    """What is still to be answered, in the order of the form."""
    return [Gap(QUESTIONS[name], PART_OF[name], reason) for name, reason in _problems(text)]


def missing_in(text: Practice) -> dict[str, int]:
    """How many are missing, by part."""
    gaps = missing(text)
    return {part.key: sum(gap.part == part for gap in gaps) for part in PARTS}


def _problems(text: Practice) -> Iterator[tuple[str, str]]:
    for name, question in QUESTIONS.items():
        if name == "cost_is_unknown":
            continue
        if question.required and not is_answered(text, name):
            yield name, _("Donnez un montant, ou dites qu’il est inconnu.") if name == "cost_euros" else _("À remplir.")
        elif name == "steps" and len(text.steps) < FEWEST_STEPS:
            yield name, _("Au moins deux étapes, une par ligne.")
        elif name in LONG and question.required and len(value_of(text, name).split()) < LEAST_WORDS:
            yield name, _("Dites-en un peu plus\u202f: une vraie phrase.")


LONG = ("context", "children_part", "staff", "result", "evidence", "failures")


def in_words(text: Practice, name: str) -> str:
    """An answer as a person reads it."""
    value = value_of(text, name)
    if name in MANY:
        return ", ".join(str(one) for one in getattr(text, name).all())
    if name == "steps":
        return "\n".join(value)
    if name == "cost_euros":
        return f"{grouped(value)}\N{NO-BREAK SPACE}€" if value is not None else ""
    if name == "cost_is_unknown":
        return _("oui") if value else ""
    return str(value) if value not in (None, "") else ""


def answers(text: Practice) -> list[tuple[Part, list[tuple[Question, str]]]]:
    """The whole text, part by part: for those who review it."""
    return [
        (
            part,
            [
                (question, _("inconnu") if question.name == "cost_euros" and text.cost_is_unknown else said)
                for question in part.questions
                if question.name != "cost_is_unknown"
                for said in [in_words(text, question.name)]
            ],
        )
        for part in PARTS
    ]


def differences(before: Practice, after: Practice) -> list[Difference]:
    return [
        Difference(question, in_words(before, name), in_words(after, name))
        for name, question in QUESTIONS.items()
        if value_of(before, name) != value_of(after, name)
    ]


def read_before(practice: Practice) -> Practice | None:
    """What the review compares with: the public text or, for one that was sent back, what had been proposed then."""
    if practice.live:
        return practice
    handed_over = practice.revisions.order_by("-created_at", "-pk")
    earlier = handed_over[1:2] if practice.state == PracticeState.SUBMITTED else handed_over[:1]
    return next((one.as_object() for one in earlier), None)


def _pieces(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", " ".join(before[a0:a1])
            continue
        if a1 > a0:
            yield "gone", " ".join(before[a0:a1])
        if b1 > b0:
            yield "new", " ".join(after[b0:b1])
