"""Ways to choose among resources: what each facet is called, its values in words, and which a resource has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from marelle.library.enums import Access, Format, Goal, Kind, Language, Setting
from marelle.library.models.base import OLDEST, YOUNGEST

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Value = str
AGES = range(YOUNGEST, OLDEST + 1)


class Row(NamedTuple):
    """What the catalogue knows of a resource: the columns that facets and orders need, and nothing to show."""

    pk: int
    public_id: str
    title: str
    kind: str
    age_from: int
    age_to: int
    minutes_from: int | None
    minutes_to: int | None
    group_from: int | None
    group_to: int | None
    settings: list[str]
    goals: list[int]
    languages: list[str]
    formats: list[str]
    access: list[str]
    published: float
    """First put online, in seconds."""
    sorted_as: str
    themes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facet:
    """One question a reader may answer by ticking."""

    key: str
    """In the address: `?theme=sante&theme=loisirs`."""
    label: StrOrPromise
    of: Callable[[Row], Iterable[Value]]
    values: dict[Value, StrOrPromise] = field(default_factory=dict)
    """In order. Themes and articles are read from the database: theirs come with the snapshot."""
    unfolded: bool = False


class Band(NamedTuple):
    low: int
    high: int
    label: StrOrPromise


EVER = 10_000
BAND = "tranche"
"""How an address asks for a band of ages, by its key."""
AGE_BANDS = {
    "3-5": Band(3, 5, _("3-5 ans")),
    "6-8": Band(6, 8, _("6-8 ans")),
    "9-12": Band(9, 12, _("9-12 ans")),
    "13-15": Band(13, 15, _("13-15 ans")),
    "16-18": Band(16, 18, _("16-18 ans")),
}
DURATIONS = {
    "0-15": Band(0, 15, _("15 minutes au plus")),
    "15-30": Band(15, 30, _("de 15 à 30 minutes")),
    "30-60": Band(30, 60, _("de 30 minutes à 1 heure")),
    "60-120": Band(60, 120, _("de 1 à 2 heures")),
    "120-": Band(120, EVER, _("plus de 2 heures, ou plusieurs séances")),
}
"""What lasts exactly an hour is « de 30 minutes à 1 heure »: a band holds its end and not its beginning."""
GROUPS = {
    "1": Band(1, 1, _("un enfant seul")),
    "2-5": Band(2, 5, _("de 2 à 5 enfants")),
    "6-12": Band(6, 12, _("de 6 à 12 enfants")),
    "13-30": Band(13, 30, _("de 13 à 30 enfants, une classe")),
    "31-": Band(31, EVER, _("plus de 30 enfants")),
}


def ages_of(row: Row) -> list[Value]:
    return [str(age) for age in range(row.age_from, row.age_to + 1)]


def durations_of(row: Row) -> list[Value]:
    """A lone number is both ends (« 30 minutes »). Unknown is in no band: a poster lasts no time."""
    low = row.minutes_from or row.minutes_to or 0
    high = row.minutes_to or low
    return [key for key, band in DURATIONS.items() if high > band.low and low <= band.high] if high else []


def groups_of(row: Row) -> list[Value]:
    """« À partir de 6 » has no end; « jusqu’à 6 » begins at one child."""
    if row.group_from is None and row.group_to is None:
        return []
    low, high = row.group_from or 1, row.group_to or EVER
    return [key for key, band in GROUPS.items() if high >= band.low and low <= band.high]


def _labels(choices: Any) -> dict[Value, StrOrPromise]:
    return {str(value): label for value, label in choices.choices}


AGE = Facet("age", _("Âge"), ages_of, {str(age): str(age) for age in AGES}, unfolded=True)
THEME, ARTICLE = "theme", "article"
FACETS: tuple[Facet, ...] = (
    AGE,
    Facet("nature", _("Nature"), lambda row: [row.kind], _labels(Kind), unfolded=True),
    Facet("duree", _("Durée"), durations_of, {key: band.label for key, band in DURATIONS.items()}, unfolded=True),
    Facet(THEME, _("Thème"), lambda row: row.themes, unfolded=True),
    Facet("groupe", _("Taille du groupe"), groups_of, {key: band.label for key, band in GROUPS.items()}),
    Facet("cadre", _("Cadre"), lambda row: row.settings, _labels(Setting)),
    Facet("format", _("Format"), lambda row: row.formats, _labels(Format)),
    Facet("acces", _("Accessibilité"), lambda row: row.access, _labels(Access)),
    Facet(ARTICLE, _("Article de la Convention"), lambda row: row.articles),
    Facet("objectif", _("Objectif de développement durable"), lambda row: map(str, row.goals), _labels(Goal)),
    Facet("langue", _("Langue"), lambda row: row.languages, _labels(Language)),
)
BY_KEY = {facet.key: facet for facet in FACETS}
