"""A page of results as it is read: each with its kind, what of it answers, what it may be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marelle.library.definition.search import entries
from marelle.library.definition.search.french import folded
from marelle.library.definition.search.question import question
from marelle.library.models import SearchEntry
from marelle.library.registry import Found, owns, sources
from marelle.territories.queries import Hit, search

from .facts import Facts
from .finding import Answer, Chosen
from .marking import extract, marked

PER_PAGE = 12
OWN_SHOWN = 5
SUGGESTED = 8
BANDS = {"3-5": range(3, 6), "6-8": range(6, 9), "9-11": range(9, 12), "12-14": range(12, 15), "15-18": range(15, 19)}


@dataclass(frozen=True)
class Result:
    """One thing found."""

    key: str
    kind: str
    title: SafeString
    summary: SafeString
    extract: SafeString
    address: str
    dated: date | None
    is_demonstration: bool
    is_full: bool = True
    """It says every word."""


@dataclass(frozen=True)
class Value:
    """A value of a facet: how many answers it leaves, whether it is chosen, the values that the link asks for."""

    key: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: tuple[Value, ...]

    @property
    def is_used(self) -> bool:
        return any(value.is_chosen for value in self.values)


def results(answer: Answer, skip: int) -> list[Result]:
    """One page, in one query."""
    pks = answer.page(skip, PER_PAGE)
    rows = SearchEntry.objects.in_bulk(pks)
    full = answer.full
    return [
        _result(rows[pk], answer.stems, is_full=bool(full >> answer.facts.places[pk] & 1)) for pk in pks if pk in rows
    ]


def _result(row: SearchEntry, stems: frozenset[str], *, is_full: bool) -> Result:
    summary = marked(row.summary, stems)
    return Result(
        key=f"{row.kind}:{row.key}",
        kind=str(sources[row.kind].label) if row.kind in sources else "",
        title=marked(row.title, stems),
        summary=summary,
        extract=extract(row.body, stems) if "<mark>" not in summary else SafeString(""),
        address=row.address,
        dated=row.dated,
        is_demonstration=row.is_demonstration,
        is_full=is_full,
    )


def facets(answer: Answer) -> list[Facet]:
    """Those by which this answer can be narrowed, with how many each value leaves: no value that leaves none."""
    values = answer.facts.values
    articles = sorted((v.partition(":")[2] for v in values if v.startswith("article:")), key=int)
    named: list[tuple[str, str, dict[str, str], Mapping[str, Any]]] = [
        ("kind", _("Nature"), {k: str(s.plural) for k, s in sources.items()}, {k: [k] for k in sources}),
        ("theme", _("Thème"), answer.facts.themes, {slug: [slug] for slug in answer.facts.themes}),
        ("age", _("Âge"), {b: _("%(band)s ans") % {"band": b.replace("-", "\N{EN DASH}")} for b in BANDS},
         {b: [str(year) for year in years] for b, years in BANDS.items()}),
        ("article", _("Article de la Convention"), {a: _("article %(number)s") % {"number": a} for a in articles},
         {a: [a] for a in articles}),
    ]  # fmt: skip
    found: list[Facet] = []
    for name, label, labels, groups in named:
        chosen = set(answer.chosen.get(name, ()))
        counts = answer.counts(name, groups)
        shown = [
            Value(key, labels[key], counts[key], bool(chosen) and set(members) <= chosen)
            for key, members in groups.items()
        ]
        kept = tuple(value for value in shown if value.count or value.is_chosen)
        if len(kept) > 1 or any(value.is_chosen for value in kept):
            found.append(Facet(name, label, kept))
    return found


def towns(text: str) -> list[Hit]:
    """The territories that bear exactly this name, code or postcode: at most three, the biggest first."""
    said = folded(text).replace("-", " ").split()
    if not said:
        return []
    hits = [hit for hit in search(text, limit=12) if _is(hit, said, text)]
    return hits[:3]


def _is(hit: Hit, said: list[str], text: str) -> bool:
    names = [
        folded(name).replace("-", " ").replace("’", " ").replace("'", " ").split() for name in (hit.name, hit.known_as)
    ]
    digits = text.replace(" ", "")
    return (
        said in names or said == names[0][1:] or (digits.isdigit() and digits in {*hit.postcodes, hit.code, hit.siren})
    )


def own_results(user: Any, text: str) -> list[Result]:
    """What is this person's own, or their work, and says every word. Each app is asked, through its `visible_to`."""
    asked = question(text)
    if not asked.ideas or not getattr(user, "is_authenticated", False):
        return []
    found: list[tuple[int, str, Result]] = []
    for source in owns.values():
        for told in source.find(user, asked.text):
            score = _score(told, asked.ideas)
            if score:
                stems = asked.words
                summary = marked(told.summary, stems)
                shown = Result(f"{source.kind}:{told.key}", str(source.label), marked(told.title, stems), summary,
                               SafeString(""), told.address, told.dated, told.is_demonstration)  # fmt: skip
                found.append((-score, shown.key, shown))
    return [shown for _score_, _key, shown in sorted(found, key=lambda row: row[:2])[:OWN_SHOWN]]


def _score(told: Found, ideas: Any) -> int:
    words = entries.reading(
        title=told.title, keywords=told.keywords, summary=told.summary, body=told.body, facets=""
    ).fields
    total = 0
    for idea in ideas:
        best = max(
            (weight for weight, here in zip((4, 3, 2, 1), map(set, words), strict=True)
             for expression in (*idea.exact, *idea.synonyms) if here.issuperset(expression)),
            default=0,
        )  # fmt: skip
        if not best:
            return 0
        total += best
    return total


def suggestions(text: str, facts: Facts) -> list[str]:
    """Titles in which each word typed begins a word; those that begin as typed first, then the freshest."""
    typed = folded(" ".join(text.split()))
    words = [word for word in typed.replace("’", " ").replace("'", " ").split() if len(word) > 1 or word.isdigit()]
    if not words or len(typed) < 2:
        return []
    places = set.intersection(*(facts.titles_with(word) for word in words[:6]))
    titles = sorted(places, key=lambda place: (not folded(facts.titles[place]).startswith(typed), place))
    return list(dict.fromkeys(facts.titles[place] for place in titles))[:SUGGESTED]


def chosen_from(asked: Mapping[str, list[str]]) -> Chosen:
    """Facets from an address, read with care: what is not a value is nothing."""
    ages = [str(year) for band in asked.get("age", []) if band in BANDS for year in BANDS[band]]
    return {
        "kind": tuple(value for value in asked.get("kind", []) if value in sources),
        "theme": tuple(value[:50] for value in asked.get("theme", [])[:20]),
        "age": tuple(dict.fromkeys(ages)),
        "article": tuple(value for value in asked.get("article", [])[:54] if value.isdecimal() and len(value) < 3),
    }


def query_of(asked: Mapping[str, Any]) -> str:
    """The same, as an address is written."""
    return urlencode(asked, doseq=True)
