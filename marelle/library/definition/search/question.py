"""What somebody asks, in groups of words: each group is one idea, said in one way or another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from .french import HERE, OLDEST, YOUNGEST, Word, age, clean, folded, french, read, stems

LONGEST = 200
"""Characters of a question that are read."""
MOST = 8
"""Ideas of a question that are looked for: nobody types more, and a page pasted whole must cost no more."""

Expression = tuple[str, ...]
"""Words that must all stand in the same field."""
AGES = re.compile(
    r"\b(?:(?P<from>\d{1,2})\s*(?:a|-|–|et|ou)\s*(?P<to>\d{1,2})|(?P<way>moins de|plus de|des|jusqu.?a)?\s*(?P<one>\d{1,2}))\s*ans?\b"
)


@dataclass(frozen=True)
class Idea:
    """One thing asked: the words as typed, what finds it, and what means the same."""

    said: str
    exact: tuple[Expression, ...]
    synonyms: tuple[Expression, ...] = ()
    plain: str = ""
    """The word itself without accents, when it is one word: the only kind that may hold a typo."""
    is_age: bool = False

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for expression in (*self.exact, *self.synonyms) for word in expression)


@dataclass(frozen=True)
class Question:
    """What was typed, and the ideas in it. None: nothing can be looked for."""

    text: str
    ideas: tuple[Idea, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for idea in self.ideas for word in idea.words)


@dataclass(frozen=True)
class Synonyms:
    """Expressions, each with what means the same."""

    same: dict[Expression, tuple[Expression, ...]] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def of(cls, lines: list[str]) -> Synonyms:
        same: dict[Expression, list[Expression]] = {}
        for line in lines:
            group = [e for e in dict.fromkeys(tuple(stems(str(part))) for part in str(line).split("|")) if e]
            for one in group:
                known = same.setdefault(one, [])
                known += [other for other in group if other != one and other not in known]
        return cls({one: tuple(others) for one, others in same.items()}, max(map(len, same), default=1))


@dataclass(frozen=True)
class Weights:
    """Whole numbers of `weights.yaml`."""

    fields: tuple[int, ...]
    synonym: int
    all_in_title: int
    exact_title: int


FIELDS = ("title", "keywords", "summary", "body")


@lru_cache(maxsize=1)
def synonyms() -> Synonyms:
    return Synonyms.of(yaml.safe_load((HERE / "synonyms.yaml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def weights() -> Weights:
    data: dict[str, Any] = yaml.safe_load((HERE / "weights.yaml").read_text(encoding="utf-8"))
    fields = tuple(int(data["fields"][name]) for name in FIELDS)
    return Weights(fields, data["synonym"], data["all_in_title"], data["exact_title"])


def question(text: str) -> Question:
    """Read what was typed. Nothing in it can be an operator: it is only words."""
    text = clean(text[:LONGEST])
    ideas, rest = _ages(text)
    words = list(read(rest))
    if not words and not ideas:
        words = _even_empty(rest)
    ideas += _ideas(words, rest)
    kept: dict[tuple[Expression, ...], Idea] = {}
    for idea in ideas:
        kept.setdefault(idea.exact, idea)
    return Question(text, tuple(kept.values())[:MOST])


def _even_empty(text: str) -> list[Word]:
    """« qui », « être »: only words that find nothing. They are looked for all the same, for titles made of them."""
    found = [folded(word) for word in re.findall(r"[^\W_]+", text)]
    return [Word(french().stem(word), word, 0, 0) for word in found if len(word) > 1]


def _ages(text: str) -> tuple[list[Idea], str]:
    """« 8 ans », « de 6 à 8 ans », « dès 12 ans »: ages, taken out of the text."""
    flat = "".join(folded(letter) if len(folded(letter)) == 1 else letter for letter in text)
    found = AGES.search(flat)
    if not found:
        return [], text
    said = text[found.start() : found.end()].strip()
    if found["from"]:
        first, last = sorted((int(found["from"]), int(found["to"])))
    else:
        first = last = int(found["one"])
        way = found["way"] or ""
        if way == "moins de":
            first, last = YOUNGEST, first - 1
        elif way.startswith("jusqu"):
            first = YOUNGEST
        elif way:
            last = OLDEST
    idea = _of_ages(said, first, last)
    return ([idea] if idea else []), f"{text[: found.start()]} {text[found.end() :]}"


def _of_ages(said: str, first: int, last: int) -> Idea | None:
    years = range(max(first, YOUNGEST), min(last, OLDEST) + 1)
    return Idea(said, tuple((age(year),) for year in years), is_age=True) if years else None


def _ideas(words: list[Word], text: str) -> list[Idea]:
    known, same = french(), synonyms()
    ideas: list[Idea] = []
    place = 0
    while place < len(words):
        for length in range(min(same.longest, len(words) - place), 0, -1):
            expression = tuple(word.stem for word in words[place : place + length])
            if length == 1 or expression in same.same:
                break
        here = words[place : place + length]
        said = text[here[0].start : here[-1].end] or here[0].plain
        others = same.same.get(expression, ())
        if length == 1 and (ages := known.levels.get(here[0].plain)):
            others += tuple((age(year),) for year in range(ages[0], ages[1] + 1))
        if length > 1:
            # « conseil municipal des enfants » is also words that may stand apart; what means the same stands for each.
            ideas += [Idea(said, ((word.stem,),), others, word.plain) for word in here]
        else:
            ideas.append(Idea(said, (expression,), others, here[0].plain))
        place += length
    return ideas
