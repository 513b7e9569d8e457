"""The resources that are online, as bits: which ones answer a choice, and how many would answer one more.

Each process keeps one `Snapshot`: a number per resource, and for each value of each facet the set of those that have
it, as a whole number of which each bit is a resource. Choosing is `&` and `|`, counting is `bit_count`: at 20 000
resources all the counts of the page take less time than one query. One small query says whether anything changed since
(`queries.changes`); then only what changed is read again. Nothing to show is kept here: the list draws the cards
that it has not drawn yet (`templatetags.facets`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import Any

from marelle.library.models import Article, Change, Resource, Theme
from marelle.territories.words import folded

from .changes import last_change, rows_changed
from .facets import AGE, AGE_BANDS, ARTICLE, BY_KEY, FACETS, THEME, Row, Value

Bits = int
Key = tuple[str, Value]
Chosen = dict[str, frozenset[Value]]
FEW = 60
"""Resources: up to so many, sorting them costs less than going through all those that are online."""

RECENT, TITLE, DURATION, FIT = "recentes", "titre", "duree", "pertinence"
ORDERS: dict[str, Callable[[Row], Any]] = {
    RECENT: lambda row: (-row.published, row.sorted_as, row.pk),
    TITLE: lambda row: (row.sorted_as, row.pk),
    DURATION: lambda row: (row.minutes_from or row.minutes_to or 10_000, row.sorted_as, row.pk),
}


@dataclass(frozen=True)
class Snapshot:
    """The catalogue as it stood after change `number`. Never changed: the next one is made from it."""

    number: int
    places: dict[int, int] = field(default_factory=dict)
    """Primary key → its bit, for ever in this line of snapshots: what goes offline leaves its place empty."""
    rows: list[Row | None] = field(default_factory=list)
    live: Bits = 0
    bits: dict[Key, Bits] = field(default_factory=dict)
    orders: dict[str, list[int]] = field(default_factory=dict)
    """Places of what is online, by order."""
    labels: dict[str, dict[Value, Any]] = field(default_factory=dict)
    """Of each facet, its values in words, themes and articles included."""

    def of(self, keys: Iterable[int]) -> Bits:
        """The set of these primary keys; what is not online is left out."""
        return reduce(or_, (1 << self.places[key] for key in keys if key in self.places), 0) & self.live

    def row(self, key: int) -> Row | None:
        place = self.places.get(key)
        return self.rows[place] if place is not None else None

    def having(self, facet: str, values: Collection[Value]) -> Bits:
        return reduce(or_, (self.bits.get((facet, value), 0) for value in values), 0)

    def keys(self, found: Bits, order: Iterable[int]) -> Iterator[int]:
        """Primary keys of a set, in the order given."""
        mask = f"{found:b}"[::-1]
        size = len(mask)
        for place in order:
            row = self.rows[place]
            if place < size and mask[place] == "1" and row is not None:
                yield row.pk

    def sorted_keys(self, found: Bits, order: str) -> Iterator[int]:
        """The same, in one of `ORDERS`: a few are put in order, many are met on the way through the whole list."""
        if found.bit_count() > FEW:
            yield from self.keys(found, self.orders[order])
            return
        rows = (self.rows[place] for place in _places_of(found))
        yield from (row.pk for row in sorted((row for row in rows if row is not None), key=ORDERS[order]))


@dataclass(frozen=True)
class Results:
    """What a choice finds: how many, and for each facet how many each value would find."""

    snapshot: Snapshot
    chosen: Chosen
    found: Bits
    without: dict[str, Bits]
    """For each facet, what is found when nothing is chosen in it."""
    among: tuple[int, ...] | None

    @property
    def total(self) -> int:
        return self.found.bit_count()

    def count(self, facet: str, value: Value) -> int:
        """How many one would get by choosing this value in this facet, all else being equal."""
        return (self.without[facet] & self.snapshot.bits.get((facet, value), 0)).bit_count()

    def count_of_band(self, band: str) -> int:
        return (self.without[AGE.key] & self.snapshot.having(AGE.key, ages_between(*AGE_BANDS[band][:2]))).bit_count()

    def lifting(self) -> list[tuple[str, int]]:
        """Choices that, given up alone, would find something: the most first."""
        gains = [(key, self.without[key].bit_count()) for key in self.chosen]
        return sorted((gain for gain in gains if gain[1]), key=lambda gain: -gain[1])

    def keeping(self) -> list[tuple[str, int]]:
        """Choices that, kept alone, would find something: the most first. For when giving one up is not enough."""
        base = self.snapshot.live if self.among is None else self.snapshot.of(self.among)
        gains = [(key, (base & self.snapshot.having(key, values)).bit_count()) for key, values in self.chosen.items()]
        return sorted((gain for gain in gains if gain[1]), key=lambda gain: -gain[1])

    def keys(self, order: str, start: int = 0, stop: int | None = None) -> list[int]:
        """Primary keys, best first."""
        return list(islice(self._ordered(order), start, stop))

    def _ordered(self, order: str) -> Iterator[int]:
        snapshot = self.snapshot
        if order == FIT and self.among is not None:
            yield from snapshot.keys(self.found, (snapshot.places[key] for key in self.among if key in snapshot.places))
            return
        if order != FIT:
            yield from snapshot.sorted_keys(self.found, order if order in ORDERS else RECENT)
            return
        for level in self._by_fit():
            yield from snapshot.sorted_keys(level, RECENT)

    def _by_fit(self) -> list[Bits]:
        """Sets of what is found, from what has all the values that were ticked down to what has one of each facet."""
        levels = [self.found]
        for facet, values in self.chosen.items():
            for value in values:
                having = self.snapshot.bits.get((facet, value), 0)
                with_it = [level & having for level in levels]
                without = [level & ~having for level in levels]
                levels = [a | b for a, b in zip([*with_it, 0], [0, *without], strict=True)]
        return [level for level in levels if level]


def _places_of(found: Bits) -> Iterator[int]:
    while found:
        lowest = found & -found
        yield lowest.bit_length() - 1
        found ^= lowest


def ages_between(low: int, high: int) -> frozenset[Value]:
    return frozenset(map(str, range(low, high + 1)))


def results(chosen: Chosen, *, among: Collection[int] | None = None, snapshot: Snapshot | None = None) -> Results:
    """What is online and answers a choice: any value inside a facet, all the facets together.

    `chosen` maps a facet's key to values (`facets.FACETS`); `among` narrows to these primary keys, best first, as a
    search found them. `snapshot`: of which catalogue, when it was asked for already.
    """
    here = snapshot or snapshot_of_now()
    chosen = {key: values for key, values in chosen.items() if values and key in BY_KEY}
    base = here.live if among is None else here.of(among)
    sets = {key: here.having(key, values) for key, values in chosen.items()}
    found = reduce(and_, sets.values(), base)
    without = {
        facet.key: found
        if facet.key not in sets
        else reduce(and_, (bits for key, bits in sets.items() if key != facet.key), base)
        for facet in FACETS
    }
    return Results(here, chosen, found, without, None if among is None else tuple(among))


def facets(chosen: Chosen, *, among: Collection[int] | None = None) -> dict[str, dict[Value, int]]:
    """Of each facet, how many each of its values would find."""
    done = results(chosen, among=among)
    return {key: {value: done.count(key, value) for value in values} for key, values in done.snapshot.labels.items()}


def page(
    chosen: Chosen, *, order: str = RECENT, among: Collection[int] | None = None, start: int = 0, stop: int = 20
) -> tuple[list[int], int]:
    """Primary keys of one page, and how many there are in all."""
    done = results(chosen, among=among)
    return done.keys(order, start, stop), done.total


# --- Keeping the snapshot of now ------------------------------------------------------------------------------

COLUMNS = (
    "pk", "public_id", "title", "kind", "age_from", "age_to", "minutes_from", "minutes_to", "group_from", "group_to",
    "settings", "goals", "languages", "formats", "access", "first_published_at",
)  # fmt: skip
_lock = threading.Lock()
_snapshot: Snapshot | None = None


def snapshot_of_now(*, as_of: int | None = None) -> Snapshot:
    """The catalogue of now. The number is read before the rows: they can only be newer than it says. `as_of`: the
    number, when the page has just read it with something else."""
    global _snapshot
    number = last_change() if as_of is None else as_of
    here = _snapshot
    if here is None or here.number != number:
        with _lock:
            here = _snapshot
            if here is None or here.number < number:
                here = _snapshot = _next(here, number)
            elif here.number > number and not Change.objects.filter(number=here.number).exists():
                here = _snapshot = _whole(number)  # The database went back in time: restored, or emptied.
    return here


def forget_snapshot() -> None:
    """Read everything again at the next question."""
    global _snapshot
    _snapshot = None


def _next(here: Snapshot | None, number: int) -> Snapshot:
    if here is None:
        return _whole(number)
    written = rows_changed({"resource", "theme", "article"}, after=here.number)
    if written is None or written["theme"] or written["article"]:
        return _whole(number)
    return _changed(here, written["resource"], number) if written["resource"] else replace(here, number=number)


def _whole(number: int) -> Snapshot:
    labels = {facet.key: {value: str(label) for value, label in facet.values.items()} for facet in FACETS}
    labels[THEME] = dict(Theme.objects.values_list("slug", "name"))
    labels[ARTICLE] = {str(n): f"{n}. {title}" for n, title in Article.objects.values_list("number", "title")}
    return _changed(Snapshot(number, labels=labels), None, number)


def _changed(here: Snapshot, keys: Collection[int] | None, number: int) -> Snapshot:
    """The same with these resources read again (all of them: None)."""
    found = {row.pk: row for row in _read(keys)}
    return changed(here, found, found if keys is None else keys, number)


def changed(here: Snapshot, found: Mapping[int, Row], keys: Collection[int], number: int) -> Snapshot:
    """The same, where these keys are now what was found, and those not found are offline."""
    places, rows, bits, live = dict(here.places), list(here.rows), dict(here.bits), here.live
    gathered: dict[Key, list[int]] = {}
    for key in keys:
        place = places.get(key)
        if place is None and key in found:
            place = places[key] = len(rows)
            rows.append(None)
        if place is None:
            continue
        before, after, bit = rows[place], found.get(key), 1 << place
        if before is not None:
            live &= ~bit
            for known in _values_of(before):
                bits[known] &= ~bit
        if after is not None:
            for known in _values_of(after):
                gathered.setdefault(known, []).append(place)
            gathered.setdefault(("", ""), []).append(place)
        rows[place] = after
    live |= _set_of(gathered.pop(("", ""), ()), len(rows))
    for known, its in gathered.items():
        bits[known] = bits.get(known, 0) | _set_of(its, len(rows))
    return Snapshot(number, places, rows, live, bits, _sorted(rows, here.orders), here.labels)


def _set_of(places: Iterable[int], size: int) -> Bits:
    """Built through bytes: a number of 20 000 bits is not copied once for each bit."""
    mask = bytearray((size + 7) // 8)
    for place in places:
        mask[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(mask, "little")


def _values_of(row: Row) -> Iterator[Key]:
    for facet in FACETS:
        for value in facet.of(row):
            yield facet.key, str(value)


def _sorted(rows: list[Row | None], before: dict[str, list[int]]) -> dict[str, list[int]]:
    """Nearly sorted already, apart from what changed: that is what Python's sort likes."""
    made = {}
    for name, key in ORDERS.items():
        known = before.get(name, [])
        new = set(range(len(rows))) - set(known)
        keys = {place: key(row) for place, row in enumerate(rows) if row is not None}
        made[name] = sorted((place for place in (*known, *new) if place in keys), key=keys.__getitem__)
    return made


def _read(keys: Collection[int] | None) -> Iterator[Row]:
    """What is online among these, in three queries."""
    rows = Resource.objects.public().order_by()
    rows = rows if keys is None else rows.filter(pk__in=keys)
    cited = {
        "themes": Resource.themes.through.objects.values_list("resource_id", "theme__slug"),
        "articles": Resource.articles.through.objects.values_list("resource_id", "article_id"),
    }
    found: dict[str, dict[int, list[str]]] = {}
    for name, links in cited.items():
        its = found.setdefault(name, {})
        for key, value in links.order_by() if keys is None else links.order_by().filter(resource_id__in=keys):
            its.setdefault(key, []).append(str(value))
    for *columns, published in rows.values_list(*COLUMNS).iterator(chunk_size=2000):
        key, title = columns[0], columns[2]
        yield Row._make(
            [
                *columns,
                published.timestamp() if published else 0.0,
                folded(title),
                tuple(found["themes"].get(key, ())),
                tuple(found["articles"].get(key, ())),
            ]
        )
