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

    def answered(self, counts: Mapping[str, int]) -> int:
        """The fewest sheets that these ticks can come from."""
        ticks = {cell: n for cell, n in counts.items() if cell != ANSWERED}
        if self.kind == ONE:
            return sum(ticks.values())
        if self.kind == MANY:
            return max(ticks.values(), default=0)
        sums: Counter[str] = Counter()
        for cell, n in ticks.items():
            choice, _, place = cell.partition("@")
            sums[f"choice {choice}"] += n
            sums[f"place {place}"] += n
        return max(sums.values(), default=0)


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

    def bundle(self, cells: Mapping[str, Mapping[str, int]], sheets: int) -> Cells:
        """Counts typed from `sheets` sheets of paper, checked and completed with who answered at all.

        One choice: no more ticks than sheets. Several: no choice more often than there are sheets; the adult may say
        how many sheets were answered (`*`), at least as many as the most frequent choice. Ranking: each place once a
        sheet, each choice once a sheet. Raises `Unreadable`, whose second argument is the question's key.
        """
        whole: Cells = {}
        if sheets < 1 or not isinstance(cells, Mapping):
            raise Unreadable("no sheets")
        for key, typed in cells.items():
            question = self.questions.get(key)
            if question is None:
                raise Unreadable("no such question", key)
            counts = {cell: n for cell, n in typed.items() if n}
            allowed = (
                set(question.choices)
                if question.kind != RANK
                else {f"{choice}@{place}" for choice in question.choices for place in range(1, question.most + 1)}
            )
            if any(cell not in allowed | {ANSWERED} or not isinstance(n, int) or n < 0 for cell, n in counts.items()):
                raise Unreadable("no such choice", key)
            answered = question.answered(counts)
            if max(answered, counts.get(ANSWERED, 0)) > sheets:
                raise Unreadable("more ticks than sheets", key)
            if question.kind == MANY:
                total = sum(n for cell, n in counts.items() if cell != ANSWERED)
                answered = max(answered, counts.get(ANSWERED, 0))
                if total > answered * question.most:
                    if counts.get(ANSWERED) or total > sheets * question.most:
                        raise Unreadable("more ticks than choices allowed", key)
                    answered = -(-total // question.most)
            if answered:
                whole[key] = {**{c: n for c, n in counts.items() if c != ANSWERED}, ANSWERED: answered}
        return whole


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
