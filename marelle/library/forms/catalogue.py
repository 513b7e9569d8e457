"""What a reader chose in the catalogue, as the address says it. Whatever means nothing is left out: an old link, or one
cut by a mail, still opens a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from marelle.library import words
from marelle.library.models.base import OLDEST, YOUNGEST
from marelle.library.queries.catalogue import DURATION, FIT, RECENT, TITLE, Chosen, ages_between
from marelle.library.queries.facets import AGE, AGE_BANDS, BAND, FACETS

AGE_FROM, AGE_TO, ORDER = "age_de", "age_a", "tri"


@dataclass(frozen=True)
class Chip:
    """One thing that is chosen, and the address of the list without it."""

    facet: str
    label: Any
    without: str


@dataclass(frozen=True)
class Choice:
    """The address, read."""

    ages: tuple[int, int] | None
    bands: tuple[str, ...]
    ticked: dict[str, tuple[str, ...]]
    order: str
    kept: QueryDict = field(repr=False)
    """Only what means something: what a link of the page carries on."""

    @property
    def chosen(self) -> Chosen:
        """As the catalogue asks for it: an age is chosen by the slider or by band, one or the other suits."""
        chosen = {key: frozenset(values) for key, values in self.ticked.items()}
        years: set[str] = set(ages_between(*self.ages)) if self.ages else set()
        for band in self.bands:
            years |= ages_between(*AGE_BANDS[band][:2])
        return {**chosen, AGE.key: frozenset(years)} if years else chosen

    def has(self, key: str, value: str) -> bool:
        return value in (self.bands if key == BAND else self.ticked.get(key, ()))

    def chips(self, labels: dict[str, dict[str, Any]]) -> Iterator[Chip]:
        if self.ages:
            yield Chip(AGE.key, words.ages(*self.ages), self.without(AGE_FROM, AGE_TO))
        for band in self.bands:
            yield Chip(AGE.key, AGE_BANDS[band].label, self.without_value(BAND, band))
        for key, values in self.ticked.items():
            for value in values:
                yield Chip(key, labels[key][value], self.without_value(key, value))

    def lifted(self, facet: str) -> str:
        """The address without anything of this facet."""
        return self.without(AGE_FROM, AGE_TO, BAND) if facet == AGE.key else self.without(facet)

    def only(self, facet: str) -> str:
        """The address with nothing but this facet."""
        ages = {AGE_FROM, AGE_TO, BAND}
        kept = ages if facet == AGE.key else {facet}
        return self.without(*({*self.kept} - kept - {ORDER}))

    def without(self, *keys: str) -> str:
        query = self.kept.copy()
        for key in keys:
            query.pop(key, None)
        return query.urlencode()

    def without_value(self, key: str, value: str) -> str:
        query = self.kept.copy()
        query.setlist(key, [other for other in query.getlist(key) if other != value])
        return query.urlencode()

    def with_order(self, order: str) -> str:
        query = self.kept.copy()
        query[ORDER] = order
        return query.urlencode()


def orders() -> dict[str, str]:
    return {
        FIT: _("les plus proches de vos choix"),
        RECENT: _("les plus récentes"),
        TITLE: _("par titre"),
        DURATION: _("les plus courtes"),
    }


def read(query: QueryDict, labels: dict[str, dict[str, Any]]) -> Choice:
    """`labels`: of each facet, the values there are today (`Snapshot.labels`)."""
    ages = _ages(query.get(AGE_FROM, ""), query.get(AGE_TO, ""))
    bands = tuple(band for band in AGE_BANDS if band in query.getlist(BAND))
    ticked = {}
    for facet in FACETS:
        asked = query.getlist(facet.key)
        values = tuple(value for value in labels[facet.key] if value in asked) if asked and facet is not AGE else ()
        if values:
            ticked[facet.key] = values
    order = query.get(ORDER, "")
    kept = QueryDict(mutable=True)
    if ages:
        kept[AGE_FROM], kept[AGE_TO] = str(ages[0]), str(ages[1])
    for key, values in ((BAND, bands), *ticked.items()):
        if values:
            kept.setlist(key, list(values))
    if order in orders():
        kept[ORDER] = order
    return Choice(ages, bands, ticked, order if order in orders() else "", kept)


def _ages(low: str, high: str) -> tuple[int, int] | None:
    """« 8 » alone means from 8 on; the wrong way round is put right; the whole range chooses nothing."""
    first, last = _age(low), _age(high)
    if first is None and last is None:
        return None
    ends = sorted((first if first is not None else YOUNGEST, last if last is not None else OLDEST))
    return None if ends == [YOUNGEST, OLDEST] else (ends[0], ends[1])


def _age(text: str) -> int | None:
    text = text.strip()
    return min(max(int(text), YOUNGEST), OLDEST) if text.isdecimal() and len(text) < 4 else None
