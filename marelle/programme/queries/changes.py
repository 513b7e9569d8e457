"""What changed in a file from one submission to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from marelle.programme.definition import Definition, Question, QuestionKind

from .values import words as said

TOO_LONG_TO_COMPARE = 1_000_000
"""Product of the words on both sides beyond which two texts are shown one after the other: comparing word by word
takes time that grows with it."""


@dataclass(frozen=True)
class Piece:
    """A run of words of a comparison."""

    kind: Literal["kept", "removed", "added"]
    text: str


def words(before: str, after: str) -> list[Piece]:
    """A text compared word by word. Joining what is kept and removed gives `before`; kept and added, `after`."""
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    start = _common(zip(old, new, strict=False))
    end = _common(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]

    pieces = [("kept", old[:start])]
    if len(middle_old) * len(middle_new) > TOO_LONG_TO_COMPARE:
        pieces += [("removed", middle_old), ("added", middle_new)]
    else:
        removed: list[str] = []
        added: list[str] = []
        for tag, i, j, k, n in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
            if tag == "equal" and not "".join(middle_old[i:j]).isspace():
                pieces += [("removed", removed), ("added", added), ("kept", middle_old[i:j])]
                removed, added = [], []
            else:  # a lone space between two changes goes with them: a changed sentence reads as one change
                removed, added = removed + middle_old[i:j], added + middle_new[k:n]
        pieces += [("removed", removed), ("added", added)]
    pieces.append(("kept", old[len(old) - end :]))
    return [Piece(kind, "".join(run)) for kind, run in pieces if run]  # type: ignore[arg-type]


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


@dataclass(frozen=True)
class Change:
    """What became of one answer. `pieces` when both sides are texts worth comparing word by word."""

    question: Question
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class DocumentChange:
    """Files of one requirement, by name, that came and went."""

    requirement: str
    added: tuple[dict[str, Any], ...]
    removed: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Changes:
    """From one submission to the next: by question, by document."""

    answers: dict[str, Change]
    documents: dict[str, DocumentChange]

    def __bool__(self) -> bool:
        return bool(self.answers or self.documents)

    @property
    def count(self) -> int:
        return len(self.answers) + len(self.documents)


def changes(definition: Definition, before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """Compare two submissions' contents. Questions that the definition no longer asks are left out: they are not
    the collectivité's doing."""
    old, new = before.get("answers", {}), after.get("answers", {})
    answers = {}
    for key, question in definition.questions.items():
        one, other = old.get(key), new.get(key)
        if one != other or type(one) is not type(other):
            answers[key] = _change(question, one, other)
    return Changes({k: c for k, c in answers.items() if c.before != c.after}, _documents(before, after))


def _change(question: Question, before: Any, after: Any) -> Change:
    one, other = said(question, before), said(question, after)
    is_text = question.kind in {QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT}
    return Change(question, one, other, tuple(words(one, other)) if is_text and one and other else ())


def _documents(before: dict[str, Any], after: dict[str, Any]) -> dict[str, DocumentChange]:
    old, new = before.get("documents", {}), after.get("documents", {})
    found = {}
    for requirement in [*new, *(key for key in old if key not in new)]:
        was = {one["sha256"]: one for one in old.get(requirement, [])}
        now = {one["sha256"]: one for one in new.get(requirement, [])}
        added = tuple(one for digest, one in now.items() if digest not in was)
        removed = tuple(one for digest, one in was.items() if digest not in now)
        if added or removed:
            found[requirement] = DocumentChange(requirement, added, removed)
    return found
