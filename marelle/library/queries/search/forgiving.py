"""Typos: for words that find nothing, and for them alone, the nearest word that does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from marelle.library.definition.search.question import Idea

from .facts import Facts

LAST = "\U0010ffff"
BEGUN_FROM = 4
"""Letters from which a word is taken for the beginning of another."""
NEAREST = 5
"""Words shown as near when none is near enough to be taken."""


@dataclass(frozen=True)
class Correction:
    """What was typed, what was looked for instead."""

    said: str
    written: str
    idea: Idea


def forgive(ideas: Mapping[int, Idea], facts: Facts) -> Iterator[tuple[int, Correction]]:
    """For each idea of one word that finds nothing: the word it begins, or the nearest, or the two words it glues."""
    for n, idea in ideas.items():
        if not idea.plain.isalpha():
            continue
        found = _begun(idea.plain, facts) or _near(idea.plain, facts) or _glued(idea.plain, facts)
        if found:
            written, expression = found
            yield n, Correction(idea.said, written, Idea(written, (expression,), plain=idea.plain))


def nearest(idea: Idea, facts: Facts) -> list[str]:
    """Words that look like this one, as they are written, for whoever wants to try them."""
    far = max(1, len(idea.plain) // 3)
    near = process.extract(idea.plain, facts.plain_words, scorer=OSA.distance, score_cutoff=far, limit=NEAREST)
    return [facts.vocabulary[place][1] for _word, _far, place in near]


Found = tuple[str, tuple[str, ...]]


def _begun(word: str, facts: Facts) -> Found | None:
    if len(word) < BEGUN_FROM:
        return None
    first = bisect_left(facts.plain_words, word)
    last = bisect_left(facts.plain_words, word + LAST)
    begun = facts.vocabulary[first:last]
    if not begun:
        return None
    _plain, written, stem, _uses = max(begun, key=lambda row: (row[3], -len(row[0]), row[0]))
    return written, (stem,)


def _near(word: str, facts: Facts) -> Found | None:
    """At the fewest keystrokes; then with the same first letter; then the most used."""
    strokes = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    if not strokes:
        return None
    near = process.extract(word, facts.plain_words, scorer=OSA.distance, score_cutoff=strokes, limit=40)
    if not near:
        return None
    rows = [(int(far), *facts.vocabulary[place]) for _word, far, place in near]
    best = min(rows, key=lambda row: (row[0], row[1][0] != word[0], -row[4], row[1]))
    return best[2], (best[3],)


def _glued(word: str, facts: Facts) -> Found | None:
    """« ecodelegue »: two words that are both known."""
    known = facts.plain_words

    def row(part: str) -> tuple[str, str, str, int] | None:
        place = bisect_left(known, part)
        return facts.vocabulary[place] if place < len(known) and known[place] == part else None

    pairs = [(row(word[:cut]), row(word[cut:])) for cut in range(3, len(word) - 2)]
    whole = [(one, two) for one, two in pairs if one and two]
    if not whole:
        return None
    one, two = max(whole, key=lambda pair: (min(pair[0][3], pair[1][3]), pair[0][0]))
    return f"{one[1]} {two[1]}", (one[2], two[2])
