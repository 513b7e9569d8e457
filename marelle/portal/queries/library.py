"""What the pages of the site say of the library: how much it holds, what an editor picked in it, ways in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.library.enums import Kind
from marelle.library.models import Guide, Practice, Resource, ResourceFile, Theme
from marelle.library.queries.facets import AGE_BANDS, BAND
from marelle.portal.enums import Counted, Way
from marelle.ui.components.words import people

HOLDS: dict[str, Any] = {Counted.RESOURCES: Resource, Counted.PRACTICES: Practice, Counted.GUIDES: Guide}


def counting() -> dict[str, Any]:
    """How much is public, by nature, as what another query may bring along."""
    return {
        name: model.objects.public().order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
        for name, model in HOLDS.items()
    }


def counts() -> dict[str, int]:
    """The same, in one query of its own."""
    each = [rows.annotate(what=Value(str(name))).values_list("what", "n") for name, rows in counting().items()]
    return dict(each[0].union(*each[1:], all=True))


@dataclass(frozen=True)
class Figure:
    """A count of today: what it counts, and both said at once."""

    count: int
    label: str
    square: str
    in_words: str


def figure(name: str, count: int) -> Figure:
    """The words of a count."""
    label, square, words = {
        Counted.TITLED: (
            _("collectivités titrées"), "join",
            ngettext("{n} collectivité titrée", "{n} collectivités titrées", count),
        ),
        Counted.NETWORK: (_("membres du réseau"), "listen", ngettext("{n} membre", "{n} membres", count)),
        Counted.MADE: (
            _("propositions d’enfants"), "listen",
            ngettext("{n} proposition d’enfants", "{n} propositions d’enfants", count),
        ),
        Counted.ANSWERED: (_("ont reçu une réponse"), "govern", ngettext("{n} réponse", "{n} réponses", count)),
        Counted.DONE: (_("sont réalisées"), "act", ngettext("{n} réalisée", "{n} réalisées", count)),
        Counted.RESOURCES: (_("ressources"), "act", ngettext("{n} ressource", "{n} ressources", count)),
        Counted.PRACTICES: (
            _("pratiques racontées"), "share", ngettext("{n} pratique", "{n} pratiques", count),
        ),
        Counted.GUIDES: (_("guides"), "measure", ngettext("{n} guide", "{n} guides", count)),
    }[Counted(name)]  # fmt: skip
    return Figure(count, label, square, words.format(n=people(count)))


@dataclass(frozen=True)
class WayIn:
    """A way into the catalogue, and how much is behind it."""

    label: str
    url: str
    count: int


def ways_in(way: str) -> list[WayIn]:
    """Those that lead somewhere, in one query."""
    public_ones = Resource.objects.public().order_by()
    if way == Way.KIND:
        found = dict(public_ones.values_list("kind").annotate(n=Count("pk")))
        return [_way(kind.label.capitalize(), found.get(kind, 0), nature=kind.value) for kind in Kind if kind in found]
    if way == Way.AGE:
        row = public_ones.aggregate(
            **{
                f"from_{band.low}": Count("pk", filter=Q(age_from__lte=band.high, age_to__gte=band.low))
                for band in AGE_BANDS.values()
            }
        )
        return [
            _way(_("{low} à {high} ans").format(low=band.low, high=band.high), row[f"from_{band.low}"], **{BAND: key})
            for key, band in AGE_BANDS.items()
            if row[f"from_{band.low}"]
        ]
    themes = Theme.objects.annotate(n=Count("resources", filter=Q(resources__live=True))).filter(n__gt=0)
    return [_way(theme.name, theme.n, theme=theme.slug) for theme in themes]


def _way(label: str, count: int, **asked: str) -> WayIn:
    return WayIn(label, f"{reverse('library:catalogue')}?{urlencode(asked)}", count)


@dataclass(frozen=True)
class Pick:
    """Something of the library that an editor chose."""

    kind: str
    title: str
    summary: str
    url: str
    ages: str
    square: str
    is_demonstration: bool


FOLDERS = {"resource": "ressources", "practice": "pratiques", "guide": "guides"}
SQUARES = {"resource": "act", "practice": "share", "guide": "measure"}


def pick(noun: str, thing: Any) -> Pick:
    kind = thing.get_kind_display() if noun == "resource" else str(thing._meta.verbose_name)
    ages = _("{low} à {high} ans").format(low=thing.age_from, high=thing.age_to)
    return Pick(
        kind=kind.capitalize(),
        title=thing.title,
        summary=thing.summary,
        url=f"/{FOLDERS[noun]}/{thing.public_id}-{thing.slug}/",
        ages=ages if noun == "resource" else "",
        square=SQUARES[noun],
        is_demonstration=thing.is_demonstration,
    )


@dataclass(frozen=True)
class Download:
    """A file of a resource, in its version of today."""

    resource: str
    label: str
    url: str


def downloads(resources: Any) -> list[Download]:
    """The files of these resources that are public today, in their order. One query."""
    titles = {one.pk: one.title for one in resources if one is not None and one.live}
    if not titles:
        return []
    order = list(titles)
    rows = ResourceFile.objects.filter(resource__in=order, withdrawn_at__isnull=True).order_by("position", "pk")
    found = sorted(rows, key=lambda row: order.index(row.resource_id))
    return [Download(titles[row.resource_id], row.label, f"/ressources/fichiers/{row.public_id}/") for row in found]
