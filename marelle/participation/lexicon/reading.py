"""Which of children's words must be read at once. Pure: text in, signs out; no database, no clock.

What it can: find the phrases of `fr.yaml` under accents, capitals, repeated letters, phone spellings, words glued or
spelled by ear, and a letter too many or wrong. What it cannot: understand. It does not see irony, an allusion, a
drawing, a word of the playground it was never taught, another language than French; it holds « je ne veux pas
mourir » too. It only decides who reads first: **a person reads everything anyway**. Between comfort and safety, it
chooses safety, and a text too many is held.

Bounded on hostile text: at most `LONGEST` characters are read, no backtracking expression, each phrase walks positions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from .sounding import LEET, folded, sound

LONGEST = 2000
"""Characters read. A child's answer is cut at 500 before."""
NEAR, FAR = 2, 8
"""Words between two words of a phrase: « a b », « a ... b »."""
WORD = re.compile(r"[^\W_]+")
SURELY_LETTERS = re.compile(r"[013457@$]")
GLUED = tuple("jmtsnldc")
"""Letters children write against the next word: « mfrape », « jpleure »."""
FUZZY_FROM, FUZZIER_FROM = 5, 9
"""Sounds in a word from which one may be wrong, or two."""


@dataclass(frozen=True)
class Sign:
    """One thing that worries: its category, and where it was read."""

    category: str
    matched: str
    start: int
    end: int


@dataclass(frozen=True)
class Slot:
    """One place of a phrase: the words that may stand there, at most so many words after the one before."""

    concepts: frozenset[str]
    within: int


@dataclass(frozen=True)
class Phrase:
    slots: tuple[Slot, ...]
    category: str = ""
    at_most: int = 0
    """How many words the whole text may have; 0: any number."""


@dataclass(frozen=True)
class Token:
    """A word of the text: what it may mean, and where it stands."""

    concepts: frozenset[str]
    start: int
    end: int


class Lexicon:
    """The data of `fr.yaml`, ready to be matched."""

    def __init__(self, data: dict[str, Any]):
        self.same = {folded(short): str(long).split() for short, long in data["same"].items()}
        self.exact: dict[str, set[str]] = {}
        self.sounds: dict[str, set[str]] = {}
        for name, forms in data["small"].items():
            for form in str(forms).split():
                self.exact.setdefault(folded(form), set()).add(name)
        self.small = frozenset(self.exact)
        for name, forms in data["words"].items():
            for form in str(forms).split():
                self.exact.setdefault(folded(form), set()).add(name)
                self.sounds.setdefault(sound(form), set()).add(name)
        self.names = {*data["small"], *data["words"]}
        self.ordinary = {folded(word) for word in data["ordinary"].split()}
        self.phrases = [
            self._phrase(str(line), category) for category, lines in data["worrying"].items() for line in lines
        ]
        self.calm = [self._phrase(str(line), "") for line in data["calm"]]
        self.beginning: dict[str, list[int]] = {}
        for number, phrase in enumerate(self.phrases):
            for concept in phrase.slots[0].concepts:
                self.beginning.setdefault(concept, []).append(number)
        self.long_sounds = [key for key in self.sounds if len(key) >= FUZZY_FROM]
        self._known: dict[str, frozenset[str]] = {}

    def _phrase(self, line: str, category: str) -> Phrase:
        line, _, most = line.partition(" =")
        slots: list[Slot] = []
        within = NEAR
        for part in line.split():
            if part == "...":
                within = FAR
                continue
            for place, alternatives in enumerate(part.split("_")):
                concepts = frozenset(self._concept(one) for one in alternatives.split("|"))
                slots.append(Slot(concepts, 0 if place else within))
            within = NEAR
        return Phrase(tuple(slots), category, int(most or 0))

    def _concept(self, name: str) -> str:
        """A name of the lexicon; after a plus, a word as it is written."""
        if name.startswith("+"):
            word = folded(name[1:])
            self.exact.setdefault(word, set()).add(f"+{word}")
            return f"+{word}"
        if name not in self.names:
            raise ValueError(f"no such words in the lexicon: {name}")
        return name

    def concepts(self, word: str) -> frozenset[str]:
        """What a word may mean. As it is written first; else as it sounds; else with a wrong letter or two."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 20_000:
                self._known.clear()
            known = self._known[word] = self._found(word)
        return known

    def _found(self, word: str) -> frozenset[str]:
        plain = folded(word)
        written = self.exact.get(plain, set())
        if plain in self.small or plain in self.ordinary:
            return frozenset(written)
        heard = sound(word)
        found = written | self.sounds.get(heard, set())
        if found or len(heard) < FUZZY_FROM:
            return frozenset(found)
        wrong = 2 if len(heard) >= FUZZIER_FROM else 1
        near = process.extract(heard, self.long_sounds, scorer=DamerauLevenshtein.distance, score_cutoff=wrong, limit=5)
        return frozenset(name for key, _, _ in near for name in self.sounds[key])

    def tokens(self, text: str) -> list[Token]:
        return [*self._tokens(_joined(text))]

    def _tokens(self, words: list[tuple[str, int, int]]) -> Iterator[Token]:
        for word, start, end in words:
            for part in self._parts(word):
                yield Token(self.concepts(part), start, end)

    def _parts(self, word: str) -> list[str]:
        plain = folded(word)
        if plain in self.same:
            return self.same[plain]
        if SURELY_LETTERS.search(plain) and not plain.isdigit():
            word = plain.translate(LEET)
        if self.concepts(word) or plain in self.ordinary:
            return [word]
        if len(plain) > 3 and plain[0] in GLUED and self.concepts(word[1:]):
            return [word[0], word[1:]]
        return self._unglued(plain) or [word] if len(plain) >= 9 else [word]

    def _unglued(self, word: str) -> list[str]:
        """« jeveuxmourir » in words, longest first; empty when it is not made of words of the lexicon."""
        ways: list[list[str] | None] = [[], *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 14), end):
                before, piece = ways[start], word[start:end]
                if before is not None and (piece in self.exact or piece in self.ordinary or piece in self.same):
                    ways[end] = [*before, *self.same.get(piece, [piece])]
                    break
        return ways[-1] or []


def _joined(text: str) -> list[tuple[str, int, int]]:
    """The words of a text and where they stand; « m o u r i r » is one."""
    words: list[tuple[str, int, int]] = []
    run: list[tuple[str, int, int]] = []
    for found in [*WORD.finditer(text[:LONGEST]), None]:
        word = (found[0], found.start(), found.end()) if found else ("", 0, 0)
        if len(word[0]) == 1:
            run.append(word)
            continue
        if len(run) >= 4:
            words.append(("".join(letter for letter, _, _ in run), run[0][1], run[-1][2]))
        else:
            words += run
        run = []
        if found:
            words.append(word)
    return words


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return Lexicon(yaml.safe_load((Path(__file__).parent / "fr.yaml").read_text(encoding="utf-8")))


def worrying(text: str) -> list[Sign]:
    """What worries in a text, in the order of the text; one sign a category and place. Empty: nothing was found, which
    does not mean that nothing is there."""
    known = lexicon()
    tokens = known.tokens(text)
    where: dict[str, list[int]] = {}
    for position, token in enumerate(tokens):
        for concept in token.concepts:
            where.setdefault(concept, []).append(position)
    begun = sorted({number for concept in where for number in known.beginning.get(concept, ())})
    phrases = [known.phrases[number] for number in begun if _may_stand(known.phrases[number], where, len(tokens))]
    if not phrases:  # Nearly every text: nothing to calm either.
        return []
    calmed = {p for phrase in known.calm for p in _positions(phrase, where, len(tokens), frozenset())}
    places: dict[str, list[tuple[int, int]]] = {}
    for phrase in phrases:
        found = _matches(phrase, where, len(tokens), frozenset(calmed))
        places.setdefault(phrase.category, []).extend(found)
    signs = [
        Sign(category, text[tokens[first].start : tokens[last].end], tokens[first].start, tokens[last].end)
        for category, pairs in places.items()
        for first, last in _together(pairs)
    ]
    return sorted(signs, key=lambda sign: (sign.start, sign.category))


def _together(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of words that meet, as one."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs


def _standing(slot: Slot, where: dict[str, list[int]], calmed: frozenset[int]) -> set[int]:
    return {p for concept in slot.concepts for p in where.get(concept, ()) if p not in calmed}


def _may_stand(phrase: Phrase, where: dict[str, list[int]], length: int) -> bool:
    """Whether its words are all there, in whatever order."""
    if phrase.at_most and length > phrase.at_most:
        return False
    return not any(slot.concepts.isdisjoint(where) for slot in phrase.slots)


def _matches(
    phrase: Phrase, where: dict[str, list[int]], length: int, calmed: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """(first, last) word of each place where the phrase stands. Work: places × slots × gap, never more."""
    if not _may_stand(phrase, where, length):
        return
    places = [_standing(slot, where, calmed) for slot in phrase.slots]
    if not all(places):
        return
    for first in sorted(places[0]):
        reached = {first}
        for slot, standing in zip(phrase.slots[1:], places[1:], strict=True):
            reached = {p + step for p in reached for step in range(1, slot.within + 2)} & standing
            if not reached:
                break
        else:
            yield first, min(reached)


def _positions(phrase: Phrase, where: dict[str, list[int]], length: int, calmed: frozenset[int]) -> Iterator[int]:
    """The words that a calming phrase answers for: its own, not those between."""
    places = [_standing(slot, where, calmed) for slot in phrase.slots]
    for first, last in _matches(phrase, where, length, calmed):
        yield from (p for p in range(first, last + 1) if any(p in standing for standing in places))
