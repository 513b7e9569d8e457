"""What may be written on a ballot, and how one is counted. Pure: no database, no request.

A paper is data: `{"questions": [{"key": "q1", "kind": "one", "choices": ["a", "b"], "most": 1}], "age": "q0"}`.
An answer left out was skipped: no question is ever compulsory. `age` names the question that gives the age band, if
the paper asks for it.

Tallies count cells: `one` and `many` count each choice; `rank` counts each choice at each place ("a@1").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

ONE, MANY, RANK = "one", "many", "rank"
ANSWERED = "*"
"""The cell that counts who answered a question at all."""


class Unreadable(ValueError):
    """Not a ballot of this paper: an unknown question or choice, a shape that no form of ours sends."""


@dataclass(frozen=True)
class Question:
    key: str
    kind: Literal["one", "many", "rank"]
    choices: tuple[str, ...]
    most: int
    """How many choices at most (`many`, `rank`)."""


@dataclass(frozen=True)
class Paper:
    questions: Mapping[str, Question]
    age: str = ""

    def read(self, raw: Any) -> dict[str, Any]:
        """The answers, checked: each the name of a choice, or a list of different ones. Raises `Unreadable`."""
        if not isinstance(raw, dict) or len(raw) > len(self.questions):
            raise Unreadable("not the answers to this paper")
        return {key: self._read(key, value) for key, value in raw.items() if value not in (None, "", [])}

    def _read(self, key: Any, value: Any) -> Any:
        question = self.questions.get(key) if isinstance(key, str) else None
        if question is None:
            raise Unreadable("no such question")
        if question.kind == ONE:
            if not isinstance(value, str) or value not in question.choices:
                raise Unreadable("no such choice")
            return value
        if not isinstance(value, list) or len(value) > question.most:
            raise Unreadable("too many choices")
        if any(not isinstance(one, str) or one not in question.choices for one in value):
            raise Unreadable("no such choice")
        if len(set(value)) != len(value):
            raise Unreadable("the same choice twice")
        return value if question.kind == RANK else sorted(value, key=question.choices.index)

    def cells(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """(question, cell) for each thing that one ballot adds one to."""
        for key, value in answers.items():
            yield key, ANSWERED
            kind = self.questions[key].kind
            if kind == ONE:
                yield key, value
            elif kind == MANY:
                yield from ((key, choice) for choice in value)
            else:
                yield from ((key, f"{choice}@{place}") for place, choice in enumerate(value, 1))

    def band(self, answers: Mapping[str, Any], default: str) -> str:
        """The age band a ballot counts in: what the child said, else the group's."""
        return answers.get(self.age) or default


Cells = dict[str, dict[str, int]]
"""{question: {cell: count}}, zero counts left out."""


def counted(paper: Paper, ballots: list[dict[str, Any]]) -> Cells:
    """Count ballots from scratch."""
    sums: Counter[tuple[str, str]] = Counter(cell for answers in ballots for cell in paper.cells(answers))
    return cells_of(sums)


def cells_of(sums: Mapping[tuple[str, str], int]) -> Cells:
    cells: Cells = {}
    for (question, cell), count in sorted(sums.items()):
        if count:
            cells.setdefault(question, {})[cell] = count
    return cells


def added(one: Cells, other: Cells) -> Cells:
    """The sum of two counts."""
    sums = Counter({(q, c): n for q, cells in one.items() for c, n in cells.items()})
    sums.update({(q, c): n for q, cells in other.items() for c, n in cells.items()})
    return cells_of(sums)


def paper_of(data: Mapping[str, Any]) -> Paper:
    """The paper that this data describes. Raises `Unreadable` when it makes no sense."""
    questions = {}
    for one in data["questions"]:
        choices = tuple(one["choices"])
        if one["kind"] not in (ONE, MANY, RANK) or len(set(choices)) != len(choices) or not choices:
            raise Unreadable(f"question {one.get('key')}")
        most = 1 if one["kind"] == ONE else min(one.get("most") or len(choices), len(choices))
        questions[one["key"]] = Question(one["key"], one["kind"], choices, most)
    age = data.get("age", "")
    if age and (age not in questions or questions[age].kind != ONE):
        raise Unreadable("age")
    return Paper(questions, age)
