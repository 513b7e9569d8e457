"""From a question to the entries that answer it, in order. Everything here is sets and whole numbers: whichever engine
found the words, the order is the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_, or_

from marelle.library.definition.search.question import Idea, Question, question, weights

from .bits import Scores
from .facts import NOWHERE, Facts, Places
from .forgiving import Correction, forgive

ENOUGH = 12
"""As many answers with every word, and those with only some of them are not shown."""
EVERY_WORD = 1 << 20
"""Above any sum of weights: an answer with every word comes before an answer with some."""

Chosen = Mapping[str, tuple[str, ...]]
"""Facet → values, one of which must hold: {"kind": ("resource",), "age": ("6", "7", "8")}."""


@dataclass(frozen=True)
class Where:
    """Where an idea stands: in each field, said so, or by what means the same."""

    exact: Places
    synonyms: Places

    @property
    def anywhere(self) -> int:
        return reduce(or_, (*self.exact, *self.synonyms))

    @property
    def exactly(self) -> int:
        return reduce(or_, self.exact)


@dataclass(frozen=True)
class Answer:
    """All that answers a question, ranked but not read yet. `full`: with every word; `found`: what is shown."""

    facts: Facts
    question: Question
    ideas: tuple[Idea, ...]
    """As looked for, once typos are forgiven."""
    corrections: tuple[Correction, ...] = ()
    blamed: tuple[Idea, ...] = ()
    """What nothing public says."""
    full: int = 0
    wide: int = 0
    """What answers before anything is narrowed."""
    chosen: Chosen = field(default_factory=dict)
    scores: Scores = field(default_factory=Scores)

    @cached_property
    def found(self) -> int:
        return self.narrowed(self.chosen)

    @property
    def total(self) -> int:
        return self.found.bit_count()

    @property
    def total_full(self) -> int:
        return (self.found & self.full).bit_count()

    @property
    def stems(self) -> frozenset[str]:
        """What is marked in the texts shown."""
        return frozenset(word for idea in self.ideas for word in idea.words)

    def narrowed(self, chosen: Chosen) -> int:
        left = self.wide
        for facet, values in chosen.items():
            if values:
                left &= reduce(or_, (self.facts.values.get(f"{facet}:{value}", 0) for value in values))
        return left

    def counts(self, facet: str, groups: Mapping[str, Iterable[str]]) -> dict[str, int]:
        """How many answers each value of a facet would leave, whatever is chosen in that facet itself."""
        left = self.narrowed({name: values for name, values in self.chosen.items() if name != facet})
        values = self.facts.values
        return {
            key: (left & reduce(or_, (values.get(f"{facet}:{value}", 0) for value in members), 0)).bit_count()
            for key, members in groups.items()
        }

    def page(self, skip: int, take: int) -> list[int]:
        """Ids of entries, best first."""
        return [self.facts.pks[place] for place in self.scores.best_first(self.found, skip, take)]


def answer(text: str, *, facts: Facts, chosen: Chosen | None = None, exact: bool = False) -> Answer:
    """One query to the engine; another when a word had to be forgiven. `exact`: no typo is."""
    asked = question(text)
    if not asked.ideas:
        return Answer(facts, asked, ())
    where = _where(asked.ideas, facts)
    ideas, corrections = list(asked.ideas), list[Correction]()
    if not exact:
        lost = [n for n, idea in enumerate(ideas) if not where[n].anywhere]
        for n, correction in forgive({n: ideas[n] for n in lost}, facts):
            corrections.append(correction)
            ideas[n] = correction.idea
        if corrections:
            where = _where(ideas, facts)
    blamed = tuple(idea for idea, here in zip(ideas, where, strict=True) if not here.anywhere)
    if len(blamed) == len(ideas):
        return Answer(facts, asked, tuple(ideas), tuple(corrections), blamed)
    full = reduce(and_, (here.anywhere for here in where))
    return Answer(
        facts, asked, tuple(ideas), tuple(corrections), blamed,
        full=full,
        wide=full if full.bit_count() >= ENOUGH else full | _much(ideas, where, facts),
        chosen=chosen or {},
        scores=_scores(ideas, where, full, facts, _words_in(ideas)),
    )  # fmt: skip


def _where(ideas: Iterable[Idea], facts: Facts) -> list[Where]:
    ideas = list(ideas)
    words = facts.words({word: None for idea in ideas for word in sorted(idea.words)})
    found: list[Where] = []
    for idea in ideas:
        exact = _together(idea.exact, words)
        same = _together(idea.synonyms, words)
        found.append(Where(exact, _each(same, exact)))
    return found


def _each(same: Places, exact: Places) -> Places:
    """What only a synonym finds."""
    return (same[0] & ~exact[0], same[1] & ~exact[1], same[2] & ~exact[2], same[3] & ~exact[3])


def _together(expressions: tuple[tuple[str, ...], ...], words: Mapping[str, Places]) -> Places:
    """In each field, the entries that hold every word of one of the expressions."""
    found = list(NOWHERE)
    for expression in expressions:
        for place in range(4):
            found[place] |= reduce(and_, (words[word][place] for word in expression))
    return (found[0], found[1], found[2], found[3])


def _words_in(ideas: Iterable[Idea]) -> int:
    return len({expression for idea in ideas for expression in idea.exact})


def _rarity(here: Where, facts: Facts) -> int:
    """From 1, for what stands nearly everywhere: one more each time it stands in half as many entries."""
    return max(1, (facts.size // max(1, (here.exactly or here.anywhere).bit_count())).bit_length())


def _much(ideas: list[Idea], where: list[Where], facts: Facts) -> int:
    """The entries that hold at least half of the question, its rare words counting more. An age is never enough."""
    weighed = Scores()
    total = 0
    for idea, here in zip(ideas, where, strict=True):
        if here.anywhere and not idea.is_age:
            rarity = _rarity(here, facts)
            total += rarity
            weighed.add(here.anywhere, rarity)
    return weighed.at_least(facts.all, (total + 1) // 2) if total else 0


def _each_age(idea: Idea, facts: Facts) -> list[int]:
    words = facts.words([expression[0] for expression in idea.exact])
    return [places[1] for places in words.values()]


def _scores(ideas: list[Idea], where: list[Where], full: int, facts: Facts, words: int) -> Scores:
    """Sum over the ideas of rarity × weight of the field: exact in full, by a synonym in part. All in fourths."""
    weigh, scores = weights(), Scores()
    for idea, here in zip(ideas, where, strict=True):
        rarity = _rarity(here, facts)
        if idea.is_age:  # What suits the whole range asked comes before what suits a part of it.
            for suits in _each_age(idea, facts):
                scores.add(suits, 4 * rarity * weigh.fields[1] // len(idea.exact))
            continue
        for place, weight in enumerate(weigh.fields):
            scores.add(here.exact[place], 4 * rarity * weight)
            scores.add(here.synonyms[place], weigh.synonym * rarity * weight)
    title = reduce(and_, (here.exact[0] | here.synonyms[0] for here in where))
    if title:
        scores.add(title, 4 * weigh.all_in_title)
        scores.add(title & facts.by_length.get(words, 0), 4 * weigh.exact_title)
    scores.add(full, EVERY_WORD)
    return scores
