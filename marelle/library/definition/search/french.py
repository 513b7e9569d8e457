"""From French text to the words that are indexed, the same for both databases, for what is written and what is typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import snowballstemmer
import yaml

from marelle.territories.words import PLAIN

HERE = Path(__file__).parent
WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 40
"""Characters kept of one word: what is longer is no word."""
ARTICLE = {"article", "articles", "art"}
YOUNGEST, OLDEST = 3, 18
"""Ages that are indexed: nobody's age needs a word of its own beyond."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it is indexed, and where it stands."""

    stem: str
    plain: str
    start: int
    end: int


class French:
    """The data of `french.yaml`, ready to read with."""

    def __init__(self, data: dict[str, Any]):
        self.empty = frozenset((data["elided"] + " " + data["empty"]).split())
        self.endings = sorted(data["endings"].items(), key=lambda pair: -len(pair[0]))
        self.forms = {form: base for base, forms in data["forms"].items() for form in [base, *str(forms).split()]}
        self.joined = {tuple(pair.split()) for pair in data["joined"]}
        self.levels: dict[str, tuple[int, int]] = {
            str(name): (ages[0], ages[-1]) for name, ages in data["levels"].items()
        }
        self.stemmer = snowballstemmer.stemmer("french")
        self.one_at_a_time = Lock()
        self.stem = lru_cache(maxsize=60_000)(self._stem)

    def _stem(self, word: str) -> str:
        """Of a folded word. Words of one form in the data share its stem."""
        if word in self.forms:
            return self.forms[word]
        if word[0].isdigit():
            return word
        for typed, written in self.endings:
            if word.endswith(typed) and len(word) > len(typed) + 1:
                word = word[: -len(typed)] + written
                break
        with self.one_at_a_time:  # The stemmer writes the word into itself: two threads would mix theirs.
            stem = folded(self.stemmer.stemWord(word))
        return self.forms.get(stem, stem)


def folded(word: str) -> str:
    """Without capitals, accents or ligatures."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFD", word.casefold()).translate(PLAIN)


_folded = lru_cache(maxsize=60_000)(folded)


@lru_cache(maxsize=1)
def french() -> French:
    return French(yaml.safe_load((HERE / "french.yaml").read_text(encoding="utf-8")))


def clean(text: str) -> str:
    """Text as it is stored and read: accents composed, nothing a database refuses, one space between words."""
    text = text.replace("\x00", " ").encode("utf-8", "ignore").decode()
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def read(text: str) -> Iterator[Word]:
    """The words of a text, those that find nothing left out. « article 12 » is one, « bien-être » too."""
    known = french()
    held: Word | None = None  # « article », until what follows is known to be no number
    before = ""
    for found in WORD.finditer(text):
        plain = _folded(found[0][:LONGEST_WORD])
        if not plain:
            continue
        start, end = found.span()
        if held:
            if plain.isdecimal():
                yield Word(article(int(plain)), plain, held.start, end)
                held, before = None, plain
                continue
            yield held
            held = None
        if plain in ARTICLE:
            held = Word(known.stem(plain), plain, start, end)
        elif (before, plain) in known.joined:
            yield Word(before + plain, before + plain, end - len(found[0]) - len(before) - 1, end)
        elif plain not in known.empty:
            yield Word(known.stem(plain), plain, start, end)
        before = plain
    if held:
        yield held


def stems(text: str) -> list[str]:
    return [word.stem for word in read(text)]


def age(years: int) -> str:
    """The word by which what suits an age is found."""
    return f"age{years}"


def article(number: int) -> str:
    """The word by which what is about an article of the Convention is found."""
    return f"art{number}"
