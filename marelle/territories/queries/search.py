"""Find a commune or an intercommunalité as people type it."""

from __future__ import annotations

import re
import threading
from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Subquery

from marelle.territories.models import Edition, Kind, Territory
from marelle.territories.words import folded, words

from .index import Hit, Index

ELIGIBLE = (Kind.COMMUNE, Kind.EPCI, Kind.EPT)
LONGEST = 100
"""Characters of a query that are read: the longest name of a commune has 45."""
ARTICLES = {"l", "le", "la", "les"}
LINKS = ARTICLES | {"d", "de", "du", "des", "en", "et", "a", "au", "aux", "sur", "sous", "cedex"}
TITLES = {"ville", "mairie", "commune"}
GROUPS = {
    "cc", "ca", "cu", "communaute", "communes", "agglo", "agglomeration", "urbaine", "metropole", "interco",
    "intercommunalite", "epci",
}  # fmt: skip
ORDINAL = re.compile(r"[0-9]+(er|e|eme)|arr|arrondissements?")


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, best first, out of `total`. `approximate`: nothing is written so; these are close."""

    hits: tuple[Hit, ...]
    total: int
    approximate: bool = False

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


def search(
    q: str, *, kinds: Collection[str] = ELIGIBLE, departement: str = "", limit: int = 20, offset: int = 0
) -> Results:
    """Communes, EPCI and EPT of today by name, former name, postcode, INSEE code, SIREN or SIRET.

    An empty query finds all of them. One query to the database, to know that the list in memory still holds.
    """
    found = _index_of_today().find(q, frozenset(kinds), departement)
    page = found.places[offset : offset + limit]
    return Results(tuple(found.hit(place) for place in page), len(found.places), found.approximate)


class Hits:
    """All the hits of a search as a sequence that a paginator can cut: only the page shown is made."""

    def __init__(self, q: str, *, kinds: Collection[str] = ELIGIBLE, departement: str = ""):
        self.found = _index_of_today().find(q, frozenset(kinds), departement)
        self.approximate = self.found.approximate

    def __len__(self) -> int:
        return len(self.found.places)

    def __getitem__(self, part: slice) -> list[Hit]:
        return [self.found.hit(place) for place in self.found.places[part]]


@dataclass(frozen=True, slots=True)
class Found:
    searcher: Searcher
    places: array[int]
    """Numbers of names, one per territory, best first."""
    approximate: bool

    def hit(self, place: int) -> Hit:
        name = self.searcher.index.names[place]
        hit = self.searcher.index.hits[name.hit]
        return replace(hit, known_as=name.other) if name.other else hit


class Searcher:
    """One index, and the answers it gave lately."""

    def __init__(self, version: tuple):
        self.version = version
        self.index = Index()
        self.first_name = {name.hit: n for n, name in reversed(list(enumerate(self.index.names))) if not name.other}
        self.find = lru_cache(maxsize=512)(self._find)

    def _find(self, q: str, kinds: frozenset[str], departement: str) -> Found:
        hits, names = self.index.hits, self.index.names
        order = self.index.towns_first if Kind.COMMUNE in kinds else self.index.biggest_first
        places, approximate = self.places(q[:LONGEST], order)
        seen: set[int] = set()
        kept = array("I")
        for place in places:
            number = names[place].hit
            hit = hits[number]
            if number not in seen and hit.kind in kinds and departement in ("", hit.departement_code):
                seen.add(number)
                kept.append(place)
        return Found(self, kept, approximate)

    def places(self, q: str, order: list[int]) -> tuple[Iterable[int], bool]:
        """Numbers of names, best first, and whether a typo had to be forgiven."""
        text = folded(q)
        bare = text.replace(" ", "")
        if not bare:
            return ([] if q.strip() else self.by_size(range(len(order)), order)), False
        if bare.isdigit():
            return self.by_number(bare, order)
        if (number := self.index.codes.get(bare.upper())) is not None:
            return [self.first_name[number]], False
        return self.by_name(text, order)

    def by_number(self, digits: str, order: list[int]) -> tuple[Iterable[int], bool]:
        """A postcode or its beginning, an INSEE code, a SIREN or a SIRET."""
        if len(digits) > 5:
            number = self.index.codes.get(digits[:9]) if len(digits) in {9, 14} else None
            return ([self.first_name[number]] if number is not None else []), False
        numbers = self.index.postcodes.beginning(digits)
        if len(digits) == 5 and (number := self.index.codes.get(digits)) is not None:
            numbers.add(number)
        if numbers or len(digits) < 5:
            return self.by_size(numbers, order), False
        # A CEDEX is no one's address: show its surroundings.
        return self.by_size(self.index.postcodes.beginning(digits[:3]), order), True

    def by_size(self, numbers: Iterable[int], order: list[int]) -> list[int]:
        return [self.first_name[n] for n in sorted(numbers, key=order.__getitem__)]

    def by_name(self, text: str, order: list[int]) -> tuple[Iterable[int], bool]:
        typed = text.split()
        numbers = [word for word in typed if word.isdigit()]
        asked = [word for word in typed if not word.isdigit()]
        spare = LINKS | TITLES | GROUPS
        short = [w for w in asked if w not in spare and not ORDINAL.fullmatch(w)]
        for tried in (asked, short) if short != asked else (asked,):
            if tried and (found := self.exactly(tried, numbers, order)):
                if tried is short and not GROUPS.isdisjoint(asked):
                    found = self.groups_first(found)
                return found, False
        for tried in (asked, short) if short != asked else (asked,):
            if tried and (found := self.nearly(tried, order)):
                return found, True
        return [], False

    def groups_first(self, places: list[int]) -> list[int]:
        """Who typed "agglo" or "métropole" means the intercommunalité."""
        names, hits = self.index.names, self.index.hits
        return sorted(places, key=lambda place: hits[names[place].hit].kind == Kind.COMMUNE)

    def exactly(self, asked: list[str], numbers: list[str], order: list[int]) -> list[int]:
        """Names in which each word typed begins a word, or says the département."""
        names, index = self.index.names, self.index
        begun = [index.words.beginning(word) | index.words.beginning(_long(word)) for word in asked]
        found = set.intersection(*begun)
        said = asked
        if not found:
            found, said = self.with_departement(asked, begun)
        if not found:
            found = index.joined.beginning("".join(map(_long, asked)))
        if numbers and found:
            near = set.intersection(*(index.postcodes.beginning(n) | index.places.beginning(n) for n in numbers))
            # "Paris 15" or "Rouen 76037 cedex": the number helps when it can, and never hides the town.
            found = {place for place in found if names[place].hit in near} or found
        return self.ranked(found, said, order)

    def with_departement(self, asked: list[str], begun: list[set[int]]) -> tuple[set[int], list[str]]:
        """ "Saint-Denis Réunion", "Valence Drôme", "Ajaccio 2A": some words name the town, the others where it is."""
        names = self.index.names
        for split in range(len(asked) - 1, 0, -1):
            there = set.intersection(*(self.index.places.beginning(word) for word in asked[split:]))
            found = {place for place in set.intersection(*begun[:split]) if names[place].hit in there}
            if found:
                return found, asked[:split]
        return set(), asked

    def nearly(self, asked: list[str], order: list[int]) -> list[int]:
        """Names that differ from what was typed by a keystroke or two."""
        known = [self.index.words.beginning(_long(word)) for word in asked]
        near: list[dict[int, int]] = [{} for _ in asked]
        places: set[int] = set()
        # First take each word that begins a real one as it stands; then doubt them all.
        for doubted in ([not k for k in known], [bool(k) for k in known]):
            for n, word in enumerate(asked):
                if doubted[n]:
                    near[n] = dict(self.index.words.near(_long(word), _keystrokes(word)))
            choices = sorted((k | n.keys() if n else k for k, n in zip(known, near, strict=True)), key=len)
            places = set.intersection(*choices)
            if places:
                break
        away = {p: sum(0 if p in k else n.get(p, 0) for k, n in zip(known, near, strict=True)) for p in places}
        if not away:
            joined = "".join(map(_long, asked))
            away = dict(self.index.joined.near(joined, _keystrokes(joined)))
        keys = [(far, self.longer(p, asked), order[self.index.names[p].hit], p) for p, far in away.items()]
        return [key[-1] for key in sorted(keys)]

    def longer(self, place: int, asked: list[str]) -> bool:
        """Whether the name says more than what was typed, an article aside."""
        name = self.index.names[place]
        own = name.words[1:] if name.words[0] in ARTICLES and asked[0] not in ARTICLES else name.words
        return bool(name.other) or len(own) != len(asked)

    def ranked(self, found: Iterable[int], asked: list[str], order: list[int]) -> list[int]:
        """How well the name fits, then the biggest first."""
        said = [_long(word) for word in asked]
        keys = [(self.fit(place, said), order[self.index.names[place].hit], place) for place in found]
        return [key[-1] for key in sorted(keys)]

    def fit(self, place: int, said: list[str]) -> int:
        """0 the very name, 1 it begins so or holds each word whole, 2 each word begins one, 3 a former name."""
        name = self.index.names[place]
        own = list(name.words)
        if own == said or (own and own[0] in ARTICLES and own[1:] == said):
            return 1 if name.other else 0
        if name.other:
            return 3
        if " ".join(own).startswith(" ".join(said)) or set(said) <= set(own):
            return 1
        return 2


def _long(word: str) -> str:
    return words(word)[0]


def _keystrokes(word: str) -> int:
    """How many wrong keystrokes a word of this length is forgiven."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


_lock = threading.Lock()
_searcher: Searcher | None = None


def _version() -> tuple:
    """Changes whenever the list does: the last edition, and the last row."""
    return (
        Territory.objects.order_by("-pk")
        .annotate(edition=Subquery(Edition.objects.order_by("-pk").values("pk")[:1]))
        .values_list("pk", "code", "name", "edition")
        .first()
        or ()
    )


def _index_of_today() -> Searcher:
    global _searcher
    version = _version()
    here = _searcher
    if here is None or here.version != version:
        with _lock:
            here = _searcher
            if here is None or here.version != version:
                here = _searcher = Searcher(version)
    return here


def forget_index() -> None:
    """Read the names again at the next search."""
    global _searcher
    _searcher = None
