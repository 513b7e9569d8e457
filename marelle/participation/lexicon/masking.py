"""What in a child's words could say who they are, or hurt somebody: offered to the moderator, who decides. Pure.

It finds what has a form (phones, addresses, accounts), common first names, names that follow « mon copain » or
« Mme », and insults. It does not know a rare name in small letters, nor « le fils du boulanger ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from marelle.participation.enums import Hidden

from .sounding import folded

LONGEST = 2000
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)*(?!\w)")
PHONE = re.compile(r"(?<!\w)(?:\+33|0033|0)\s?[1-9](?:[\s.\-/]?\d{2}){4}(?!\w)")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?!\w)")
HANDLE = re.compile(r"(?<![\w.])@[\w.]{2,30}(?!\w)")
CAPITALS = "@"
"""Where `masking.yaml` says which letters are capitals."""
WAY = r"(?:%s)\s(?:(?:de|du|des|la|le|les|l['\u2019]|d['\u2019])\s?){0,2}[0-9@][\w\u2019'-]*(?:\s[@][\w\u2019'-]*){0,4}"
ADDRESS = r"\b\d{1,4}\s?(?:bis|ter)?,?\s" + WAY
LIVES = r"habit\w{1,5}\s(?:[^\W\d]{1,4}\s){0,2}((?:\d{1,4}\s?(?:bis|ter)?,?\s)?" + WAY + ")"
NUMBERED = r"\b\d{1,4}\s?(?:bis|ter)?,?\s(?:%s)\s\w+(?:\s\w+){0,3}"
TOWN = r"(?<!\w)\d{5}\s[@][\w\u2019'-]+"
ACCOUNT = r"\b(?:%s)\b\s?(?:c['\u2019]est|est|:|=)\s?([\w.]{3,30})(?!\w)|\b(?:%s)\s([\w.]*[\d_][\w.]*)"


@dataclass(frozen=True)
class Span:
    """One thing that might be hidden: `text[start:end]`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Known:
    """The data of `masking.yaml`, ready to be matched. Words are folded."""

    first_names: frozenset[str]
    also_words: frozenset[str]
    before_name: frozenset[str]
    titles: frozenset[str]
    slurs: frozenset[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def known() -> Known:
    data = yaml.safe_load((Path(__file__).parent / "masking.yaml").read_text(encoding="utf-8"))
    lists = {
        name: frozenset(folded(word) for word in words.split()) for name, words in data.items() if name != "capitals"
    }
    ways, networks = ("|".join(map(re.escape, data[name].split())) for name in ("ways", "networks"))
    capitals = data["capitals"]
    patterns = (
        (Hidden.EMAIL, EMAIL),
        (Hidden.PHONE, PHONE),
        (Hidden.ADDRESS, re.compile(ADDRESS.replace(CAPITALS, capitals) % ways)),
        (Hidden.ADDRESS, re.compile(LIVES.replace(CAPITALS, capitals) % ways)),
        (Hidden.ADDRESS, re.compile(NUMBERED % ways, re.IGNORECASE)),
        (Hidden.ADDRESS, re.compile(TOWN.replace(CAPITALS, capitals))),
        (Hidden.ACCOUNT, HANDLE),
        (Hidden.ACCOUNT, re.compile(ACCOUNT % (networks, networks), re.IGNORECASE)),
    )
    return Known(
        first_names=lists["first_names"],
        also_words=lists["also_words"],
        before_name=lists["before_name"],
        titles=lists["titles"],
        slurs=lists["slurs"],
        patterns=patterns,
    )


def suggestions(text: str) -> list[Span]:
    """What to offer for hiding, in order, never one over another; the longer of two that meet."""
    found = [*_by_form(text[:LONGEST]), *_by_word(text[:LONGEST])]
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda one: one.start)


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with what is hidden named between brackets: « [prénom] »."""
    for span in sorted(spans, key=lambda one: -one.start):
        text = f"{text[: span.start]}[{Hidden(span.kind).label}]{text[span.end :]}"
    return text


def _by_form(text: str) -> Iterator[Span]:
    for kind, pattern in known().patterns:
        for found in pattern.finditer(text):
            group = next((n for n in range(1, (pattern.groups or 0) + 1) if found[n]), 0)
            yield Span(kind, found.start(group), found.end(group))


def _by_word(text: str) -> Iterator[Span]:
    data, before = known(), ("", "")
    for found in WORD.finditer(text):
        word, plain = found[0], folded(found[0])
        starts = not text[: found.start()].rstrip() or text[: found.start()].rstrip()[-1:] in ".!?"
        if plain in data.slurs:
            yield Span(Hidden.INSULT, found.start(), found.end())
        elif before[0] in data.titles and word[0].isupper():
            yield Span(Hidden.NAME, found.start(), found.end())
        elif (plain in data.first_names and (plain not in data.also_words or (word[0].isupper() and not starts))) or (
            word[0].isupper() and len(word) > 1 and not word.isupper() and data.before_name & {*before}
        ):
            yield Span(Hidden.FIRST_NAME, found.start(), found.end())
        before = (plain, before[0])
