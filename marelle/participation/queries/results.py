"""Published results as a page shows them. Nothing here reads a ballot, nor an exact count of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.accounts.queries import standing
from marelle.ballots.enums import Gathering, Mode, Scope
from marelle.ballots.models import Tally
from marelle.ballots.suppression import margin
from marelle.jobs.models import Job, State
from marelle.participation.definition import Question
from marelle.participation.enums import AgeBand, Level, QuestionKind
from marelle.participation.models import Consultation, Publication, PublishedTable
from marelle.territories.models import Territory

SCORED = {QuestionKind.SMILEYS, QuestionKind.SCALE}
"""Their choices are numbers: a mean says something."""


@dataclass(frozen=True)
class Bar:
    """One choice: how many children, of which share, and the share elsewhere when it is compared."""

    key: str
    label: str
    picto: str
    count: int
    share: float | None
    """Of 1. None: too few answered for a share."""
    beside: float | None = None
    place: float | None = None
    """The mean place children gave it, in a ranking."""

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)

    @property
    def beside_percent(self) -> int | None:
        return None if self.beside is None else round(100 * self.beside)

    @property
    def in_words(self) -> str:
        """Rounded counts never pose as exact ones."""
        return _("environ {n}").format(n=f"{self.count:,}".replace(",", "\u202f")) if self.count else _("presque aucun")

    @property
    def out_of_ten(self) -> int:
        return round(10 * (self.share or 0))


@dataclass(frozen=True)
class Answers:
    """One question. `hidden` says in words why there are no bars."""

    key: str
    kind: str
    text: str
    bars: tuple[Bar, ...] = ()
    base: int = 0
    skipped: int | None = None
    mean: float | None = None
    beside_mean: float | None = None
    margin: int = 0
    condition: str = ""
    hidden: str = ""

    @property
    def is_ranking(self) -> bool:
        return self.kind == QuestionKind.RANKING

    @property
    def is_several(self) -> bool:
        return self.skipped is None and not self.hidden

    @property
    def most(self) -> int:
        """Of a scale: the top of it."""
        return 10 if self.kind == QuestionKind.SCALE else 5

    @property
    def best(self) -> list[Bar]:
        """The bars from the most to the least given, without what nearly nobody said."""
        return sorted((bar for bar in self.bars if bar.count), key=lambda bar: -bar.count)

    @property
    def has_places(self) -> bool:
        return any(bar.place is not None for bar in self.bars)


@dataclass(frozen=True)
class Results:
    """What is published of one place and one filter. `elsewhere`: children of this slice who are counted in a wider
    table only, because they are too few of their age or place."""

    scope: str
    place: str
    name: str
    by: str
    ballots: int
    shown: int
    questions: tuple[Answers, ...]
    bands: tuple[tuple[str, str], ...]
    gatherings: tuple[tuple[str, str], ...]
    compared_with: str = ""
    hidden: str = ""

    @property
    def elsewhere(self) -> int:
        return self.ballots - self.shown

    @property
    def margin(self) -> int:
        """How many children a count may be away from the truth."""
        return max((one.margin for one in self.questions), default=0)


# --- Publications ---------------------------------------------------------------------------------------------


def current(consultation: Consultation) -> Publication | None:
    """What everyone reads: the last one published."""
    rows = consultation.publications.public().select_related("version").order_by("-number")
    return rows.first()


def preparing(consultation: Consultation, work: str) -> Job | None:
    """The long work that prepares it now."""
    rows = Job.objects.filter(kind=work, state__in=[State.WAITING, State.RUNNING])
    return rows.filter(parameters__consultation=consultation.public_id).first()


def prepared(consultation: Consultation) -> Publication | None:
    return consultation.publications.filter(published_at=None).select_related("version").first()


def ballots_of(consultation: Consultation, scope: str = Scope.NATION, place: str = "") -> int:
    """How many children answered there."""
    if consultation.box_id is None:
        return 0
    rows = Tally.objects.filter(box=consultation.box_id, scope=scope, place=place)
    return rows.aggregate(n=Sum("ballots"))["n"] or 0


def participation(consultation: Consultation) -> dict[str, int]:
    """The sum anyone can check: ballots = tickets used + sheets + answers by an open link."""
    assert consultation.box is not None  # Opened once.
    stations = consultation.box.stations.all()
    rolled = stations.exclude(mode=Mode.LINK).aggregate(roll=Sum("roll"), unused=Sum("unused"), sheets=Sum("sheets"))
    links = stations.filter(mode=Mode.LINK).values("public_id")
    linked = Tally.objects.filter(box=consultation.box, scope=Scope.STATION, place__in=links)
    sheets = rolled["sheets"] or 0
    return {
        "ballots": ballots_of(consultation),
        "tickets": (rolled["roll"] or 0) - (rolled["unused"] or 0) - sheets,
        "sheets": sheets,
        "links": linked.aggregate(n=Sum("ballots"))["n"] or 0,
        "groups": stations.count(),
    }


def places(publication: Publication, scope: str, folded: str = "") -> list[PublishedTable]:
    """The tables of a kind of place, by name; those whose name holds `folded`. Without their counts."""
    rows = publication.tables.filter(scope=scope).defer("content")
    return list((rows.filter(folded__contains=folded) if folded else rows).order_by("folded", "place"))


def published_for(territory: Territory) -> list[PublishedTable]:
    """The published results that are about this very territory: its own consultations, and its part of wider ones.

    One query; the last publication of each consultation.
    """
    here = (
        Q(scope=territory.kind, place=territory.code)
        if territory.kind != "ept"
        else Q(scope=Scope.EPCI, place=territory.code)
    )
    own = Q(scope=Scope.NATION, publication__consultation__territory=territory)
    rows = (
        PublishedTable.objects.filter(here | own, publication__published_at__isnull=False)
        .select_related("publication__consultation")
        .defer("content", "publication__consultation__draft")
        .order_by("-publication__consultation__results_published_at", "-publication__number", "scope")
    )
    found: dict[int, PublishedTable] = {}
    for table in rows:
        kept = found.setdefault(table.publication.consultation_id, table)
        if kept.publication_id == table.publication_id and table.scope == Scope.NATION:
            found[table.publication.consultation_id] = table
    return list(found.values())


PLACES = [Scope.COMMUNE, Scope.EPCI, Scope.DEPARTEMENT]


def heard(territories: QuerySet[Territory]) -> QuerySet[Territory]:
    """Territories that know, from the same query, whether results about them are published (`was_heard`)."""
    tables = PublishedTable.objects.filter(publication__published_at__isnull=False)
    here = tables.filter(scope__in=PLACES, place=OuterRef("code"))
    own = Publication.objects.public().filter(consultation__territory=OuterRef("pk"))
    return territories.annotate(was_heard=Exists(here) | Exists(own))


def territories_of(user: Any) -> list[Territory]:
    """Those of the collectivités this person belongs to."""
    ids = standing(user).organisation_ids
    return list(Territory.objects.filter(organisations__in=ids).distinct().order_by("name")) if ids else []


# --- One page -------------------------------------------------------------------------------------------------


def results(
    publication: Publication, *, scope: str = Scope.NATION, place: str = "", by: str = "", beside: bool = True
) -> Results | None:
    """One place, one filter, and France (or the whole consultation) beside it. One query. None: no such table."""
    wanted = Q(scope=scope, place=place)
    if beside:
        wanted |= Q(scope=Scope.NATION, place="")
    tables = {(table.scope, table.place): table for table in publication.tables.filter(wanted)}
    table = tables.get((str(scope), place))
    if table is None:
        return None
    whole = tables.get((Scope.NATION.value, ""))
    slices = table.content["slices"]
    one = slices.get(by)
    other = whole.content["slices"].get("") if whole is not None and (by or whole.pk != table.pk) else None
    questionnaire = publication.version.questionnaire
    left_out = set(publication.facts.get("left_out", ()))
    consultation = publication.consultation
    asked = [q for q in questionnaire.questions.values() if not q.is_text and q.kind != QuestionKind.AGE]
    return Results(
        scope=str(scope),
        place=place,
        name=table.name or whole_name(consultation),
        by=by,
        ballots=one["ballots"] if one else 0,
        shown=one["shown"] if one else 0,
        questions=tuple(
            answers(q, one, other, publication.threshold, questionnaire.questions, q.key in left_out) for q in asked
        )
        if one
        else (),
        bands=_options(slices, "band", AgeBand),
        gatherings=_options(slices, "gathering", Gathering),
        compared_with=whole_name(consultation) if other else "",
        hidden="" if one else too_few(publication.threshold),
    )


def whole_name(consultation: Consultation) -> str:
    return _("France") if consultation.level == Level.NATIONAL else str(consultation.territory or "")


def too_few(threshold: int) -> str:
    return _("Moins de {n} enfants\u202f: non montré, pour que personne ne soit reconnu.").format(n=threshold)


def _options(slices: Mapping[str, Any], kind: str, names: Any) -> tuple[tuple[str, str], ...]:
    """The filters that lead somewhere. Where there is only one, there is nothing to choose."""
    known = {value: str(label) for value, label in names.choices}
    keys = [f"{kind}:{value}" for value in known if f"{kind}:{value}" in slices]
    found = [(key, known[key.partition(":")[2]]) for key in keys]
    if f"{kind}:" in slices:
        found.append((f"{kind}:", _("âge non dit")))
    return tuple(found) if len(found) > 1 else ()


def answers(
    question: Question,
    one: Mapping[str, Any],
    other: Mapping[str, Any] | None,
    threshold: int,
    questions: Mapping[str, Question],
    is_left_out: bool,
) -> Answers:
    text, condition = said(question.text), condition_in_words(question, questions)
    row = one["rows"].get(question.key)
    if row is None:
        hidden = (
            _(
                "Cette question dépend d’une autre d’une façon qui ferait reconnaître des enfants\u202f: elle n’est pas montrée."
            )
            if is_left_out
            else too_few(threshold)
        )
        return Answers(question.key, question.kind, text, condition=condition, hidden=hidden)
    beside = (other or {"rows": {}})["rows"].get(question.key)
    means = one.get("places", {}).get(question.key, {})
    bars = tuple(
        Bar(
            choice.key,
            said(choice.label),
            choice.picto,
            row["cells"].get(choice.key, 0),
            share(row, choice.key),
            share(beside, choice.key) if beside else None,
            means.get(choice.key),
        )
        for choice in question.choices
    )
    return Answers(
        question.key, question.kind, text, bars, row["base"], row["skipped"], mean(question, row),
        mean(question, beside) if beside else None, margin(row["groups"], threshold), condition,
    )  # fmt: skip


def share(row: Mapping[str, Any], choice: str) -> float | None:
    return min(1.0, row["cells"].get(choice, 0) / row["base"]) if row["base"] else None


def mean(question: Question, row: Mapping[str, Any]) -> float | None:
    """Of a scale, from the published counts themselves: it says nothing that they do not."""
    if question.kind not in SCORED or not row["base"]:
        return None
    return round(sum(int(choice) * count for choice, count in row["cells"].items()) / row["base"], 1)


def said(text: Mapping[str, str]) -> str:
    """French, else whatever language there is."""
    return text.get("fr") or next(iter(text.values()), "")


def condition_in_words(question: Question, questions: Mapping[str, Question]) -> str:
    """«\u202fDemandé à ceux qui ont répondu «\u202foui\u202f» à …\u202f»."""
    if question.only_if is None or question.only_if.question not in questions:
        return ""
    parent = questions[question.only_if.question]
    labels = {choice.key: said(choice.label) for choice in parent.choices}
    chosen = _(" ou ").join(f"«\u202f{labels.get(key, key)}\u202f»" for key in question.only_if.choices)
    return ngettext(
        "Demandé à ceux qui ont répondu {chosen} à la question «\u202f{parent}\u202f».",
        "Demandé à ceux qui ont répondu {chosen} à la question «\u202f{parent}\u202f».",
        len(question.only_if.choices),
    ).format(chosen=chosen, parent=said(parent.text))


def for_children(found: Results) -> list[Answers]:
    """The questions a child can read on one page, each with what was said most."""
    return [replace(one, bars=tuple(one.best[:3])) for one in found.questions if one.best]
