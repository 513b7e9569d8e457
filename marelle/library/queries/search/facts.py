"""What every process keeps in memory of the index: which entry is of what kind, theme, age, article; which is fresher.

Read again when the index changed (one small row says so). Twenty thousand entries take some 60 ms to read.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.db import connection

from marelle.library.definition.search.french import WORD, folded, stems
from marelle.library.models import SearchEntry, SearchWord, Theme
from marelle.library.queries.engines import engine

from .bits import bits_of

WORDS_KEPT = 600
"""Words whose entries are remembered, those asked lately: 10 kB each at twenty thousand entries."""
Places = tuple[int, int, int, int]
"""The entries that hold a word in their title, keywords, summary, body: a set each."""
NOWHERE: Places = (0, 0, 0, 0)


class Facts:
    """The index at one version. An entry is a place: the freshest is 0."""

    def __init__(self, version: int):
        self.version = version
        rows = sorted(
            SearchEntry.objects.order_by().values_list("pk", "kind", "facets", "title", "dated", "key"),
            key=lambda row: (-row[4].toordinal() if row[4] else 0, row[1], row[5]),
        )
        self.pks = [row[0] for row in rows]
        self.size = len(rows)
        self.places = {pk: place for place, pk in enumerate(self.pks)}
        self.all = (1 << self.size) - 1
        self.titles = [row[3] for row in rows]
        values: dict[str, list[int]] = defaultdict(list)
        for place, (_pk, kind, facets, *_rest) in enumerate(rows):
            values[f"kind:{kind}"].append(place)
            for facet in facets.split():
                values[facet].append(place)
        self.values = {facet: bits_of(places, self.size) for facet, places in values.items()}
        self.themes = dict(Theme.objects.order_by("position", "name").values_list("slug", "name"))
        self._words: OrderedDict[str, Places] = OrderedDict()
        self._lock = threading.Lock()

    def words(self, asked: Iterable[str]) -> dict[str, Places]:
        """Where each word stands. One query for those not asked lately, none when all were."""
        with self._lock:
            found = {word: self._words[word] for word in asked if word in self._words}
            for word in found:
                self._words.move_to_end(word)
        missing = [word for word in dict.fromkeys(asked) if word not in found]
        if missing:
            read: dict[str, list[int]] = {word: [0, 0, 0, 0] for word in missing}
            places = self.places
            for word, field, pks in engine().places_of(missing):
                read[word][field] = bits_of([places[pk] for pk in pks if pk in places], self.size)
            fresh: dict[str, Places] = {word: (sets[0], sets[1], sets[2], sets[3]) for word, sets in read.items()}
            found |= fresh
            with self._lock:
                self._words |= fresh
                while len(self._words) > WORDS_KEPT:
                    self._words.popitem(last=False)
        return found

    def forget_words(self) -> None:
        """Ask the engine again for every word: for the bench."""
        with self._lock:
            self._words.clear()

    @cached_property
    def by_length(self) -> dict[int, int]:
        """Titles of so many words: a set each. Short titles alone; read when first asked."""
        lengths: dict[int, list[int]] = defaultdict(list)
        for place, title in enumerate(self.titles):
            if len(title) < 60:
                lengths[len(set(stems(title)))].append(place)
        return {length: bits_of(places, self.size) for length, places in lengths.items()}

    @cached_property
    def vocabulary(self) -> list[tuple[str, str, str, int]]:
        """(word without accents, as written, stem, uses), in order of the alphabet."""
        return sorted(SearchWord.objects.values_list("word", "written", "stem", "uses"))

    @cached_property
    def plain_words(self) -> list[str]:
        return [row[0] for row in self.vocabulary]

    @cached_property
    def beginnings(self) -> list[tuple[str, int]]:
        """(word of a title without accents, place), in order: what is proposed while typing."""
        return sorted(
            (word, place) for place, title in enumerate(self.titles) for word in set(WORD.findall(folded(title)))
        )

    def titles_with(self, prefix: str) -> set[int]:
        """The places of the titles in which a word begins so."""
        first = bisect_left(self.beginnings, (prefix, 0))
        last = bisect_left(self.beginnings, (prefix + "\U0010ffff", 0))
        return {place for _word, place in self.beginnings[first:last]}


_lock = threading.Lock()
_facts: Facts | None = None


def index_version() -> int:
    """Another number after each change of the index, which may also be read anew without anything being done."""
    with connection.cursor() as cursor:  # By hand, as `audit.queries.last_number` and for the same reason.
        cursor.execute('SELECT "version" FROM "library_searchstate" WHERE "id" = 1')
        row = cursor.fetchone()
    return row[0] if row else 0


def facts() -> Facts:
    """Those of now: one query to know that they still hold."""
    global _facts
    version = index_version()
    here = _facts
    if here is None or here.version != version:
        with _lock:
            here = _facts
            if here is None or here.version != version:
                here = _facts = Facts(version)
    return here


def forget_facts() -> None:
    """Read the index again at the next search."""
    global _facts
    _facts = None
