"""From what an app tells of a thing to what is indexed of it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from .french import HERE, OLDEST, YOUNGEST, age, article, folded, read, stems

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


def fields(*, title: str, keywords: str, summary: str, body: str, facets: str) -> tuple[list[str], ...]:
    """The words of each field, each once, in order: what the engine stores. The ages and the articles of the Convention
    stand among the keywords."""
    named = [_of_facet(facet) for facet in facets.split()]
    return (
        sorted({*stems(title)}),
        sorted({*stems(keywords), *filter(None, named)}),
        sorted({*stems(summary)}),
        sorted({*stems(body)}),
    )


def _of_facet(facet: str) -> str:
    name, _colon, value = facet.partition(":")
    return {"age": age, "article": article}[name](int(value)) if name in {"age", "article"} else ""


def vocabulary(*texts: str) -> dict[str, tuple[str, str]]:
    """The words of a text that may be proposed: without accents → (as written, stem)."""
    found: dict[str, tuple[str, str]] = {}
    for text in texts:
        for word in read(text):
            if word.plain.isalpha() and SHORTEST <= len(word.plain) <= LONGEST:
                written = text[word.start : word.end].lower()
                if folded(written) == word.plain:
                    found.setdefault(word.plain, (written[:LONGEST], word.stem))
    return found
