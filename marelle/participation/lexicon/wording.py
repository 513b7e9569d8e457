"""What may be published of a child's words: their own, less what gives somebody away. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from .reading import lexicon
from .sounding import folded, sound

WORD = re.compile(r"[^\W_]+")
MASK = re.compile(r"\[[^\[\]]{0,40}\]|\u2026|\.\.\.")
LITTLE = frozenset(
    [
        "je",
        "j",
        "tu",
        "il",
        "elle",
        "on",
        "nous",
        "vous",
        "ils",
        "elles",
        "y",
        "en",
        "a",
        "de",
        "d",
        "du",
        "des",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "ne",
        "n",
        "que",
        "qu",
        "et",
        "est",
        "ai",
        "me",
        "m",
        "se",
        "s",
        "te",
        "t",
        "ce",
        "c",
        "au",
        "aux",
    ]
)
"""What correcting a spelling may add: none of these turns a sentence round (« pas » and « plus » would)."""
ALIKE, CLOSE = 60, 85


def keeps_the_words(text: str, wording: str) -> bool:
    """Whether a wording says only what the child said, in the same order: words left out, hidden, or better spelled."""
    said = _said(text)
    at = 0
    for word in _words(MASK.sub(" ", wording)):
        place = next((n for n in range(at, len(said)) if _same(said[n], word)), None)
        if place is not None:
            at = place + 1
        elif folded(word) not in LITTLE:
            return False
    return True


def similar(texts: dict[str, str], *, limit: int = 400) -> list[list[str]]:
    """Keys of texts that say nearly the same, in groups of two and more, the largest first. Reads `limit` texts."""
    kept = [(key, " ".join(sorted({sound(word) for word in _words(text)}))) for key, text in [*texts.items()][:limit]]
    groups: list[list[str]] = []
    left = [(key, words) for key, words in kept if words]
    while left:
        (key, words), *left = left
        near = [
            one for one in left if fuzz.token_set_ratio(words, one[1], score_cutoff=CLOSE) and _as_long(words, one[1])
        ]
        if near:
            groups.append([key, *(one for one, _ in near)])
            taken = {one for one, _ in near}
            left = [one for one in left if one[0] not in taken]
    return sorted(groups, key=len, reverse=True)


def _as_long(one: str, other: str) -> bool:
    return min(len(one), len(other)) * 3 >= max(len(one), len(other))


def _said(text: str) -> list[str]:
    """The child's words, contractions spelled out beside themselves."""
    words: list[str] = []
    for word in _words(text[:1000]):
        words += [word, *lexicon().same.get(folded(word), ())]
    return words


def _words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text.lower()))


@lru_cache(maxsize=20_000)
def _same(said: str, written: str) -> bool:
    if folded(said) == folded(written) or sound(said) == sound(written):
        return True
    said, written = folded(said), folded(written)
    if min(len(said), len(written)) < 3:
        return False
    return Levenshtein.normalized_similarity(said, written) * 100 >= ALIKE
