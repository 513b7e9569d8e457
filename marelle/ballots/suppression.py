"""What may be published of exact counts so that no small count can be worked out from it. Pure: no database.

The method, in one breath (docs/adr/0010): children are cut once and for all into *groups* of at least `threshold`; in
each group the answers to a question are put in a row and the row is marked every `threshold` children; only the marks
are published; every table whatsoever is a sum of groups.

**What is promised** against a reader who knows this code, how many children of which age answered in each session,
and every table ever published of the consultation:

1. of any groups, and any answers that are counted together (see `rows`), the reader never learns that 1, 2 … or
   `threshold` - 1 of these children gave them: what was published would be the same if none had, or if at least
   `threshold` had. Not the exact number, and not even that there is one child;
2. of a part of a group (the two children of another age that joined it), the reader learns nothing but what a whole
   group has in common, when all of it gave the same answer.

It holds whatever is combined, because no two groups have anything in common and nothing else is ever published: the
difference of two tables is a sum of groups too. `tests/ballots/test_suppression.py` goes through every world of small
universes and checks both. What it does not hide: that all of a large group agreed, or nearly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from math import ceil, sqrt

from .paper import ONE, RANK, Cells

LEAST = 3
"""No threshold is smaller: with two, the one who knows their own answer knows the other."""


@dataclass(frozen=True)
class Asked:
    """A question as it is counted. `of`, `when`: asked only to those who answered `of` with one of `when`; `bands`:
    only to children of these ages."""

    key: str
    kind: str
    choices: tuple[str, ...]
    most: int = 0
    of: str = ""
    when: frozenset[str] = frozenset()
    bands: frozenset[str] = frozenset()

    @property
    def is_single(self) -> bool:
        """One answer a child; of a ranking, its first place."""
        return self.kind in (ONE, RANK) or self.most == 1

    @property
    def is_limited(self) -> bool:
        """Several answers, but not all."""
        return not self.is_single and 0 < self.most < len(self.choices)


@dataclass(frozen=True)
class Unit:
    """The children of one age in one session: the smallest thing that is ever counted.

    `inside`: the places it belongs to, from the narrowest to the widest; small units are put together there first.
    """

    key: str
    band: str
    gathering: str
    inside: tuple[str, ...]
    ballots: int
    cells: Cells


@dataclass(frozen=True)
class Row:
    """One question, published: `cells` by choice (first places, for a ranking), all multiples of the threshold.

    `base`: what the shares are shares of. `skipped` is None where several answers could be given. `groups`: how many
    groups it sums, from which follows how far from the truth it can be.
    """

    base: int
    cells: Mapping[str, int]
    skipped: int | None
    groups: int = 1

    def __add__(self, other: Row) -> Row:
        skipped = None if self.skipped is None or other.skipped is None else self.skipped + other.skipped
        return Row(
            self.base + other.base,
            {choice: self.cells[choice] + other.cells[choice] for choice in self.cells},
            skipped,
            self.groups + other.groups,
        )


@dataclass(frozen=True)
class Group:
    """Children counted together, at least `threshold` of them."""

    key: str
    units: tuple[Unit, ...]
    rows: Mapping[str, Row] = field(default_factory=dict)

    @property
    def ballots(self) -> int:
        return sum(unit.ballots for unit in self.units)


@dataclass(frozen=True)
class Slice:
    """A published table: the groups that lie wholly inside. `ballots` counts every child of the slice, `shown` those
    of its groups: the few others are counted in a wider table."""

    ballots: int
    shown: int
    groups: int
    rows: Mapping[str, Row]


# --- Groups: they depend on numbers of children, never on answers -------------------------------------------


def grouped(units: Iterable[Unit], threshold: int) -> list[Group]:
    """Cut all children into groups of at least `threshold`. Empty when there are fewer of them in all.

    Each unit that is large enough is a group; small ones are put together with their like, in the narrowest place
    where they are enough; what is left of a whole country joins its smallest group, so that nobody goes uncounted.
    """
    left = sorted((unit for unit in units if unit.ballots), key=lambda unit: unit.key)
    groups = [Group(unit.key, (unit,)) for unit in left if unit.ballots >= threshold]
    left = [unit for unit in left if unit.ballots < threshold]
    depth = max((len(unit.inside) for unit in left), default=0)
    likes: list[Callable[[Unit], Hashable]] = [partial(_like, level) for level in range(depth, 0, -1)]
    likes += [lambda unit: (unit.band, unit.gathering), lambda unit: unit.band, lambda unit: ()]
    for like in likes:
        together: dict[Hashable, list[Unit]] = defaultdict(list)
        for unit in left:
            together[like(unit)].append(unit)
        left = []
        for some in together.values():
            if sum(unit.ballots for unit in some) >= threshold:
                groups.append(Group(f"{some[0].key}+{len(some)}", tuple(some)))
            else:
                left += some
    if left and groups:
        smallest = min(groups, key=lambda group: (group.ballots, group.key))
        groups[groups.index(smallest)] = Group(f"{smallest.key}+{left[0].key}", (*smallest.units, *left))
    return sorted(groups, key=lambda group: group.key)


def _like(level: int, unit: Unit) -> Hashable:
    """Same age, same kind of gathering, same place among the `level` widest."""
    return unit.inside[-level:], unit.band, unit.gathering


def published(units: Iterable[Unit], questions: Sequence[Asked], threshold: int, *, salt: str) -> list[Group]:
    """The groups with their rows: all that is ever published of answers. `salt` names the vote: the same counts of
    the same vote always give the same rows, so that asking again teaches nothing."""
    if threshold < LEAST:
        raise ValueError("no threshold under three")
    plan = Plan.of(questions)
    return [
        Group(group.key, group.units, rows(group, plan, threshold, salt=salt)) for group in grouped(units, threshold)
    ]


def sliced(groups: Iterable[Group], keep: Callable[[Unit], bool]) -> Slice:
    """The table of the units that `keep` takes."""
    ballots = shown = number = 0
    sums: dict[str, Row] = {}
    for group in groups:
        kept = [unit for unit in group.units if keep(unit)]
        ballots += sum(unit.ballots for unit in kept)
        if len(kept) == len(group.units):
            shown, number = shown + group.ballots, number + 1
            for key, row in group.rows.items():
                sums[key] = sums[key] + row if key in sums else row
    return Slice(ballots, shown, number, sums)


def margin(groups: int, threshold: int) -> int:
    """How far a published count may be from the truth: never further than this in one group, and than this 19 times
    in 20 in a sum of several. A mark falls by chance, so that a count is right on average, with a standard deviation
    of at most half the threshold a group."""
    return min(groups * (threshold - 1), ceil(threshold * sqrt(groups)))


# --- Rows: what is published of one group --------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """Questions that depend on one another are marked on the same row: `roots` first, each with its `dependents`.
    `unplaced` are left out: they depend on a question in a way that this method cannot protect."""

    roots: tuple[Asked, ...]
    dependents: Mapping[str, tuple[Asked, ...]]
    unplaced: tuple[str, ...]

    @classmethod
    def of(cls, questions: Sequence[Asked]) -> Plan:
        by_key = {question.key: question for question in questions}
        dependents: dict[str, tuple[Asked, ...]] = {}
        unplaced: list[str] = []
        for question in questions:
            if not question.of:
                continue
            parent = by_key.get(question.of)
            others = dependents.get(question.of, ())
            if parent is None or parent.key in unplaced or question.bands or not _fits(parent, question, others):
                unplaced.append(question.key)
            else:
                dependents[parent.key] = (*others, question)
        return cls(tuple(q for q in questions if not q.of), dependents, tuple(unplaced))


def _fits(parent: Asked, question: Asked, others: Sequence[Asked]) -> bool:
    """Those who were asked must stand side by side in the row of the question they were asked after."""
    if not question.when or not question.when <= {*parent.choices} or question.is_limited:
        return False
    if parent.is_single and parent.kind != RANK:
        return all(not question.when & o.when or question.when <= o.when or o.when <= question.when for o in others)
    return not parent.is_single and not parent.is_limited and len(question.when) == 1


def arranged(choices: Sequence[str], sets: Collection[frozenset[str]]) -> list[str]:
    """The choices in an order where each of the nested or disjoint `sets` stands side by side."""
    widest = [one for one in {*sets} if not any(one < other for other in sets)]
    order = [choice for choice in choices if not any(choice in one for one in widest)]
    for one in sorted(widest, key=sorted):
        inner = [other for other in sets if other < one]
        order += arranged([choice for choice in choices if choice in one], inner)
    return order


@dataclass(frozen=True)
class Ruler:
    """Marks every `step` children along a row of `length`, the first one drawn from a name: it is no secret."""

    length: int
    step: int
    offset: int

    @classmethod
    def named(cls, name: str, length: int, step: int) -> Ruler:
        return cls(length, step, int.from_bytes(sha256(name.encode()).digest()[:8], "big") % step)

    def number(self, position: int) -> int:
        """How many marks stand before this many children."""
        return (position + self.offset) // self.step

    def between(self, start: int, end: int) -> int:
        """What is published of the children between two places of the row."""
        return self.step * (self.number(end) - self.number(start))

    def furthest(self, position: int) -> int:
        """The last place that the marks do not tell from this one."""
        return min(self.length, (self.number(position) + 1) * self.step - self.offset - 1)


def rows(group: Group, plan: Plan, threshold: int, *, salt: str) -> dict[str, Row]:
    """The rows of one group. Answers counted together: those of a question with one answer, in one row, skipped ones
    included (first places, for a ranking); each choice of a question with several, in a row of its own."""
    cells: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit in group.units:
        for key, counts in unit.cells.items():
            for cell, count in counts.items():
                cells[key][cell] += count
    found: dict[str, Row] = {}
    for root in plan.roots:
        asked = sum(unit.ballots for unit in group.units if not root.bands or unit.band in root.bands)
        if asked >= threshold:
            ruler = Ruler.named(f"{salt}/{group.key}/{root.key}", asked, threshold)
            _mark(root, plan, ruler, 0, asked, cells, found)
    return found


def _mark(
    question: Asked,
    plan: Plan,
    ruler: Ruler,
    start: int,
    end: int,
    cells: Mapping[str, Mapping[str, int]],
    found: dict[str, Row],
) -> None:
    """Mark a question among the children who stand from `start` to `end`, then those that hang on it.

    Sheets typed by hand may say more than was possible (two answers to one question): then it is left out.
    """
    counts = cells.get(question.key, {})
    inner = plan.dependents.get(question.key, ())
    if question.is_single:
        first = "@1" if question.kind == RANK else ""
        order = arranged(question.choices, [one.when for one in inner])
        given = {choice: counts.get(choice + first, 0) for choice in order}
        at = end - sum(given.values())
        if at < start:
            return
        skipped, ends, marks = ruler.between(start, at), {}, {}
        for choice, count in given.items():
            marks[choice], ends[choice], at = ruler.between(at, at + count), (at, at + count), at + count
        shown = {choice: marks[choice] for choice in question.choices}
        found[question.key] = Row(sum(shown.values()), shown, skipped)
        for one in inner:
            sides = [ends[choice] for choice in one.when]
            _mark(one, plan, ruler, min(a for a, _ in sides), max(b for _, b in sides), cells, found)
        return
    given = {choice: counts.get(choice, 0) for choice in question.choices}
    if any(count > end - start for count in given.values()):
        return
    if question.is_limited and _leaves_no_doubt(question, ruler, given):
        return
    whole = ruler.length if (start, end) == (0, ruler.length) else ruler.between(start, end)
    found[question.key] = Row(whole, {c: ruler.between(end - count, end) for c, count in given.items()}, None)
    for one in inner:
        (choice,) = one.when
        _mark(one, plan, ruler, end - given[choice], end, cells, found)


def _leaves_no_doubt(question: Asked, ruler: Ruler, given: Mapping[str, int]) -> bool:
    """Two ticks allowed, and nearly all were made: with the marks, the number of ticks would then say the rest.

    The group must be large enough for such a silence to say nothing either: a rule of numbers of children alone.
    """
    choices, children = len(question.choices), ruler.length
    if children * (choices - question.most) < ruler.step * choices:
        return True
    least = sum(children - ruler.furthest(children - count) for count in given.values())
    return question.most * children - least < ruler.step
