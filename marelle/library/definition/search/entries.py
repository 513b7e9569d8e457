"""From what an app tells of a thing to what is indexed of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from .french import HERE, OLDEST, YOUNGEST, age, article, folded, read

SHORTEST, LONGEST = 3, 40
"""Letters of the words that a typo may be corrected to."""
SOURCES = ("french.py", "entries.py", "french.yaml")
"""What the words of an entry depend on."""


def analysis() -> str:
    """A fingerprint of how entries are read."""
    return sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()


def facets(*, themes: Iterable[str], ages: tuple[int, int] | None, articles: Iterable[int]) -> str:
    """What can be narrowed by, as the entry stores it."""
    found = [f"theme:{slug}" for slug in themes]
    if ages:
        found += [f"age:{year}" for year in range(max(ages[0], YOUNGEST), min(ages[1], OLDEST) + 1)]
    found += [f"article:{number}" for number in sorted(set(articles))]
    return " ".join(found)


@dataclass(frozen=True)
class Reading:
    """An entry as read once: the words of each field that the engine stores (title, keywords, summary, body), and those
    that may be proposed, without accents → (as written, stem)."""

    fields: tuple[list[str], ...]
    vocabulary: dict[str, tuple[str, str]]


def reading(*, title: str, keywords: str, summary: str, body: str, facets: str) -> Reading:
    """The ages and the articles of the Convention stand among the keywords."""
    found: list[set[str]] = []
    vocabulary: dict[str, tuple[str, str]] = {}
    for text in (title, keywords, summary, body):
        here: set[str] = set()
        for word in read(text):
            here.add(word.stem)
            if word.plain not in vocabulary and word.plain.isalpha() and SHORTEST <= len(word.plain) <= LONGEST:
                written = text[word.start : word.end].lower()
                if folded(written) == word.plain:
                    vocabulary[word.plain] = (written[:LONGEST], word.stem)
        found.append(here)
    found[1].update(filter(None, (_of_facet(facet) for facet in facets.split())))
    return Reading(tuple(sorted(words) for words in found), vocabulary)


def _of_facet(facet: str) -> str:
    name, _colon, value = facet.partition(":")
    return {"age": age, "article": article}[name](int(value)) if name in {"age", "article"} else ""
