"""The names of every territory, kept in memory by each process, so that a search reads no table.

Some 36 000 territories and 5 000 former names take about 40 MB and a second to read; they change once a year.
Order is decided here, in Python, and so is the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from marelle.territories.models import Kind, Postcode, RetiredCode, Territory
from marelle.territories.words import folded, words

LAST = "\U0010ffff"
"""After every word that begins the same."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A territory as a list shows it. `known_as` is the former name by which it was found, if any."""

    pk: int
    kind: str
    code: str
    siren: str
    name: str
    slug: str
    legal_form: str
    population: int | None
    population_year: int | None
    departement_code: str
    departement: str
    epci_code: str
    epci: str
    ept_code: str
    postcodes: tuple[str, ...]
    known_as: str = ""

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a territory, in words; `other` when it is not its present one."""

    words: tuple[str, ...]
    hit: int
    other: str


class Words:
    """A sorted vocabulary, and which names hold each word."""

    def __init__(self, pairs: Iterable[tuple[str, int]]):
        places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for word, number in pairs:
            places[word].append(number)
        self.vocabulary = sorted(places)
        self.places = [places[word] for word in self.vocabulary]

    def beginning(self, prefix: str) -> set[int]:
        """The numbers of all that hold a word beginning so."""
        found: set[int] = set()
        for place in range(bisect_left(self.vocabulary, prefix), bisect_left(self.vocabulary, prefix + LAST)):
            found.update(self.places[place])
        return found

    def near(self, word: str, distance: int) -> Iterator[tuple[int, int]]:
        """(number, distance) of all that hold a word which differs by so many keystrokes at most."""
        for _word, away, place in process.extract(
            word, self.vocabulary, scorer=OSA.distance, score_cutoff=distance, limit=40
        ):
            for number in self.places[place]:
                yield number, int(away)


class Index:
    """Built once from the database; then answers from memory."""

    def __init__(self) -> None:
        self.hits = _hits()
        numbers = {hit.pk: number for number, hit in enumerate(self.hits)}
        self.biggest_first = list(range(len(self.hits)))
        self.towns_first = _towns_first(self.hits)
        self.names = _names(self.hits, numbers)
        self.words = Words((word, number) for number, name in enumerate(self.names) for word in set(name.words))
        self.joined = Words(("".join(name.words), number) for number, name in enumerate(self.names))
        self.postcodes = Words((code, number) for number, hit in enumerate(self.hits) for code in hit.postcodes)
        self.codes = {code: number for number, hit in enumerate(self.hits) for code in (hit.siren, hit.code) if code}
        self.codes |= {c: numbers[pk] for c, pk in _retired() if pk in numbers and c not in self.codes}
        self.places = _places(self.hits)
        """Folded word of a département or région → codes of the départements it means."""


def _hits() -> list[Hit]:
    """Everything that exists today and can join, the biggest first, then by name."""
    postcodes: dict[int, list[str]] = defaultdict(list)
    for pk, code in Postcode.objects.order_by("code").values_list("territory_id", "code"):
        postcodes[pk].append(code)
    rows = Territory.objects.eligible().values_list(
        "pk", "kind", "code", "siren", "name", "slug", "legal_form", "population", "population_year",
        "departement__code", "departement__name", "epci__code", "epci__name", "ept__code",
    )  # fmt: skip
    shared: dict[str, str] = {}
    hits = [
        Hit(*[*row[:9], *(shared.setdefault(text or "", text or "") for text in row[9:]), tuple(postcodes[row[0]])])
        for row in rows.iterator()
    ]
    return sorted(hits, key=lambda hit: (-(hit.population or 0), folded(hit.name), hit.code))


def _towns_first(hits: list[Hit]) -> list[int]:
    """The place of each hit in a list of communes and intercommunalités together: one of these weighs as much as
    its biggest commune and follows it. Who types "bordea" means Bordeaux before Bordeaux Métropole."""
    numbers = {(hit.kind, hit.code): number for number, hit in enumerate(hits)}
    weight = list(range(len(hits)))
    for number, hit in reversed(list(enumerate(hits))):  # The biggest commune has the last word.
        for group in ((Kind.EPCI, hit.epci_code), (Kind.EPT, hit.ept_code)):
            if hit.kind == Kind.COMMUNE and group in numbers:
                weight[numbers[group]] = number
    order = sorted(range(len(hits)), key=lambda n: (weight[n], hits[n].kind != Kind.COMMUNE, n))
    places = [0] * len(hits)
    for place, number in enumerate(order):
        places[number] = place
    return places


def _names(hits: list[Hit], numbers: dict[int, int]) -> list[Name]:
    known: dict[str, str] = {}

    def split(name: str) -> tuple[str, ...]:
        return tuple(known.setdefault(word, word) for word in words(name))

    names = [Name(split(hit.name), number, "") for number, hit in enumerate(hits)]
    others: list[tuple[int | None, list[str]]] = list(
        Territory.objects.exclude(other_names=[]).values_list("pk", "other_names")
    )
    ended = Territory.objects.filter(ended_on__isnull=False).values_list("pk", "became_id", "name")
    became = {pk: heir for pk, heir, _ in ended}
    others += [(_last(pk, became), [name]) for pk, _, name in ended]
    for pk, other_names in others:
        if (number := numbers.get(_last(pk, became) or 0)) is not None:
            names += [Name(split(other), number, other) for other in other_names]
    return names


def _last(pk: int | None, became: Mapping[int, int | None]) -> int | None:
    for _ in range(20):  # A chain of mergers; never twenty.
        if pk is None or pk not in became:
            return pk
        pk = became[pk]
    return None


def _retired() -> Iterator[tuple[str, int]]:
    yield from RetiredCode.objects.values_list("code", "territory_id")
    ended = Territory.objects.filter(ended_on__isnull=False).values_list("pk", "became_id", "code")
    became = {pk: heir for pk, heir, _ in ended}
    for pk, _, code in ended:
        if (last := _last(pk, became)) is not None:
            yield code, last


def _places(hits: list[Hit]) -> Words:
    found: set[tuple[str, str]] = set()
    for code, name, region in Territory.objects.filter(kind=Kind.DEPARTEMENT).values_list(
        "code", "name", "region__name"
    ):
        found |= {(word, code) for word in [*words(name), *words(region or ""), code.lower()]}
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, hit in enumerate(hits):
        numbers[hit.departement_code].append(number)
    return Words((word, number) for word, code in sorted(found) for number in numbers[code])
