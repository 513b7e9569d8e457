"""Finding practices: the public list with its facets, what a territory wrote and takes up, titles that look alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, utils

from marelle.accounts.models import Organisation
from marelle.library.enums import PracticeState
from marelle.library.models import Article, Comment, Practice, TakingUp, Theme
from marelle.library.models.base import OLDEST, YOUNGEST
from marelle.territories.models import Territory

BANDS = (
    ("2000", gettext_lazy("moins de 2 000 habitants"), None, 2_000),
    ("10000", gettext_lazy("de 2 000 à 10 000"), 2_000, 10_000),
    ("50000", gettext_lazy("de 10 000 à 50 000"), 10_000, 50_000),
    ("150000", gettext_lazy("de 50 000 à 150 000"), 50_000, 150_000),
    ("plus", gettext_lazy("150 000 et plus"), 150_000, None),
)
"""Sizes of towns: key, words, from (included), to (excluded)."""
ALIKE = 82
"""Out of 100: from here two titles may well tell the same thing."""
FACETS = ("theme", "age", "taille", "departement", "article")


@dataclass(frozen=True)
class Choice:
    """One value of a facet, and how many practices it would leave, the other facets being as they are."""

    value: str
    label: str
    count: int
    is_chosen: bool


def narrowed(rows: QuerySet[Practice], asked: Mapping[str, Any], *, but: str = "") -> QuerySet[Practice]:
    """What the facets leave, one of them left aside when its own choices are counted."""
    asked = {name: value for name, value in asked.items() if value and name != but}
    if asked.get("theme"):
        rows = rows.filter(themes__slug=asked["theme"])
    if asked.get("age"):
        rows = rows.filter(age_from__lte=asked["age"], age_to__gte=asked["age"])
    if asked.get("taille"):
        rows = rows.filter(_sized(asked["taille"]))
    if asked.get("departement"):
        rows = rows.filter(_in_departement(asked["departement"]))
    if asked.get("article"):
        rows = rows.filter(articles=asked["article"])
    return rows


def listed(rows: QuerySet[Practice]) -> QuerySet[Practice]:
    """With what a list shows of each, `taken_up` being how many collectivités take it up."""
    return (
        rows.annotate(taken_up=Count("takings_up", distinct=True))
        .select_related("organisation__territory__departement")
        .prefetch_related("themes")
        .order_by(F("last_published_at").desc(nulls_last=True), "title", "pk")
    )


def facets(rows: QuerySet[Practice], asked: Mapping[str, Any]) -> dict[str, list[Choice]]:
    """Each facet with its counts: one query each."""
    return {
        "theme": _counted(
            asked, "theme", rows, "themes__slug",
            [(theme.slug, theme.name) for theme in Theme.objects.all()],
        ),
        "age": _ages(rows, asked),
        "taille": _sizes(rows, asked),
        "departement": _counted(asked, "departement", rows, "organisation__territory__departement__code", _departements(rows)),
        "article": _counted(
            asked, "article", rows, "articles",
            [(str(one.pk), str(one)) for one in Article.objects.all()],
        ),
    }  # fmt: skip


def page_of(public_id: str, rows: QuerySet[Practice]) -> Practice | None:
    """One practice with all that its page shows, in four queries."""
    takings = TakingUp.objects.select_related("organisation__territory__departement").order_by("said_at", "pk")
    return (
        rows.filter(public_id=public_id)
        .select_related("organisation__territory__departement", "contact")
        .prefetch_related("themes", "articles", Prefetch("takings_up", takings, to_attr="taken_up_by"))
        .first()
    )


def with_practices(territories: Any) -> Any:
    """Territories that know whether there is anything to show of them, from the query that finds them."""
    public = Practice.objects.public()
    here = Q(organisation__territory=OuterRef("pk")) | Q(takings_up__organisation__territory=OuterRef("pk"))
    return territories.annotate(has_practices=Exists(public.filter(here)))


def of_territory(territory: Territory) -> tuple[list[Practice], list[Practice]]:
    """What a territory wrote, and what it takes up from others: public ones, one query; none for a territory that
    `with_practices` found without any."""
    if not getattr(territory, "has_practices", True):
        return [], []
    here = Q(organisation__territory=territory) | Q(takings_up__organisation__territory=territory)
    rows = Practice.objects.public().filter(here).select_related("organisation").order_by("title", "pk").distinct()
    found = list(rows)
    written = [one for one in found if one.organisation and one.organisation.territory_id == territory.pk]
    return written, [one for one in found if one not in written]


def desk(organisations: set[int]) -> tuple[list[Practice], list[TakingUp]]:
    """What these collectivités write, whatever its state, and what they take up."""
    mine = (
        Practice.objects.filter(organisation__in=organisations)
        .annotate(
            taken_up=Count("takings_up", distinct=True),
            remarks=Count(
                "comments", filter=Q(comments__settled_at=None, comments__reply_to=None), distinct=True
            ),
        )
        .select_related("organisation__territory", "locked_by", "latest_revision")
        .order_by(F("state_since").desc(nulls_last=True), "pk")
    )  # fmt: skip
    takings = TakingUp.objects.filter(organisation__in=organisations, practice__live=True).select_related(
        "practice__organisation", "organisation"
    )
    return list(mine), list(takings.order_by("-said_at", "-pk"))


def queue() -> Any:
    """What waits for a reviewer, the longest first; `open_remarks` counts those not settled."""
    return (
        Practice.objects.filter(state=PracticeState.SUBMITTED)
        .annotate(open_remarks=Count("comments", filter=Q(comments__settled_at=None, comments__reply_to=None)))
        .select_related("organisation__territory", "locked_by")
        .order_by("submitted_at", "pk")
    )


def alike(title: str, *, besides: Practice | None = None, organisation: Organisation | None = None) -> list[Practice]:
    """Practices whose title says about the same: public ones, and one's own drafts. The closest first, five at most."""
    words = utils.default_process(title)
    if not words:
        return []
    rows = Practice.objects.filter(Q(live=True) | Q(organisation=organisation)).exclude(state=PracticeState.ARCHIVED)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    scored = [
        (fuzz.token_sort_ratio(words, utils.default_process(known)), pk)
        for pk, known in rows.values_list("pk", "title")
    ]
    best = [pk for score, pk in sorted(scored, reverse=True) if score >= ALIKE][:5]
    found = Practice.objects.select_related("organisation").in_bulk(best)
    return [found[pk] for pk in best]


def threads(practice: Practice) -> list[tuple[Comment, list[Comment]]]:
    """Remarks with their answers, those not settled first."""
    rows = list(practice.comments.select_related("by"))
    answers: dict[int, list[Comment]] = {}
    for one in rows:
        if one.reply_to_id:
            answers.setdefault(one.reply_to_id, []).append(one)
    found = [(one, answers.get(one.pk, [])) for one in rows if not one.reply_to_id]
    return sorted(found, key=lambda thread: (thread[0].settled_at is not None, thread[0].at))


def _sized(band: str) -> Q:
    for key, _label, low, high in BANDS:
        if key == band:
            found = Q(organisation__territory__population__isnull=False)
            if low is not None:
                found &= Q(organisation__territory__population__gte=low)
            if high is not None:
                found &= Q(organisation__territory__population__lt=high)
            return found
    return Q()


def _in_departement(code: str) -> Q:
    return Q(organisation__territory__departement__code=code)


def _departements(rows: QuerySet[Practice]) -> list[tuple[str, str]]:
    name = "organisation__territory__departement__name"
    code = "organisation__territory__departement__code"
    found = rows.exclude(**{f"{code}__isnull": True}).order_by(code).values_list(code, name).distinct()
    return [(key, f"{label} ({key})") for key, label in found]


def _counted(
    asked: Mapping[str, Any], facet: str, rows: QuerySet[Practice], column: str, choices: list[tuple[str, str]]
) -> list[Choice]:
    counts = dict(
        narrowed(rows, asked, but=facet)
        .exclude(**{f"{column}__isnull": True})
        .order_by()
        .values_list(column)
        .annotate(n=Count("pk", distinct=True))
    )
    chosen = str(asked.get(facet) or "")
    shown = [Choice(key, label, counts.get(_same(key, column), 0), key == chosen) for key, label in choices]
    return [one for one in shown if one.count or one.is_chosen]


def _same(key: str, column: str) -> Any:
    return int(key) if column == "articles" else key


def _ages(rows: QuerySet[Practice], asked: Mapping[str, Any]) -> list[Choice]:
    spans = list(narrowed(rows, asked, but="age").values_list("pk", "age_from", "age_to").distinct())
    chosen = asked.get("age")
    return [
        Choice(
            str(age), _("{age} ans").format(age=age), sum(low <= age <= high for _pk, low, high in spans), age == chosen
        )
        for age in range(YOUNGEST, OLDEST + 1)
    ]


def _sizes(rows: QuerySet[Practice], asked: Mapping[str, Any]) -> list[Choice]:
    scope = narrowed(rows, asked, but="taille")
    counts = scope.order_by().aggregate(
        **{f"n{key}": Count("pk", filter=_sized(key), distinct=True) for key, *_rest in BANDS}
    )
    return [
        Choice(key, str(label), counts[f"n{key}"], asked.get("taille") == key)
        for key, label, _low, _high in BANDS
        if counts[f"n{key}"] or asked.get("taille") == key
    ]
