"""The files a person accompanies: whose turn it is, what falls due, who went silent.

The database says what is so, in as many queries for a portfolio of a thousand as for one of three; what follows
from it is worked out here, in words one can read. (In SQL it was fifteen thousand characters, and most of the
page's time went into writing them.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marelle.accounts.queries import Standing, standing
from marelle.programme.enums import Side, Status
from marelle.programme.models import Candidacy, Correction, Decision, Opinion, RouteVersion
from marelle.territories.models import Kind

from .waiting import awaited_side, with_last_message

SOON = timedelta(days=7)
ON_THE_COLLECTIVITE = frozenset({Status.DRAFT, Status.CORRECTION, Status.PROBATION, Status.AWARDED})
"""The next step is the collectivité's: there, silence means something."""
ON_THE_TEAM = frozenset({Status.FILED, Status.UNDER_REVIEW})
SILENT_BY_DEFAULT = 60


def accompanied(user: Any) -> QuerySet[Candidacy]:
    """Open files that a person accompanies: their portfolio for an adviser, all of them for a manager, those of
    their territory for a delegation. Empty for anyone else."""
    who = standing(user)
    seen = Candidacy.objects.visible_to(user).open()
    if who.is_adviser and not who.is_manager:
        return seen.filter(adviser=who.user)
    if who.is_manager:
        return seen
    if who.is_delegation_head or who.is_volunteer:
        near = Q(territory__in=who.covered_ids) | Q(territory__departement__in=who.covered_ids)
        mine = Opinion.objects.filter(asked_of=who.user, revoked_at__isnull=True).values("candidacy")
        return seen.filter(near | Q(pk__in=mine)).exclude(organisation__in=who.collectivite_ids)
    return seen.none()


def may_accompany(user: Any) -> bool:
    who = standing(user)
    return who.is_national_staff or who.is_delegation_head or who.is_volunteer


@dataclass(frozen=True, slots=True)
class Facts:
    """One open file as the database tells it: its row and its territory's, and the last message."""

    pk: int
    public_id: str
    version: int
    route: str
    status: str
    status_since: datetime
    due_at: datetime | None
    review_due_on: date | None
    commission_on: date | None
    last_activity_at: datetime
    is_demonstration: bool
    name: str
    slug: str
    kind: str
    code: str
    population: int | None
    departement: str | None
    region_code: str | None
    region: str | None
    delegation_id: str | None
    delegation: str | None
    adviser: str | None
    last_side: str | None
    last_at: datetime | None
    settled_at: datetime | None

    @property
    def awaited_side(self) -> str | None:
        return awaited_side(self.last_side, self.settled_at)

    @property
    def status_label(self) -> str:
        return str(Status(self.status).label)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)


COLUMNS = (
    "pk", "public_id", "version", "route__name", "status", "status_since", "due_at", "review_due_on", "commission_on",
    "last_activity_at", "is_demonstration", "territory__name", "territory__slug", "territory__kind", "territory__code",
    "territory__population", "territory__departement__name", "territory__region__code", "territory__region__name",
    "delegation__public_id", "delegation__name", "adviser__name", "last_side", "last_at", "settled_at",
)  # fmt: skip
"""In the order of `Facts`."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One open file, and what it means today to the person who accompanies it."""

    facts: Facts
    asked_at: datetime | None
    """Since when their opinion is awaited, if it is."""
    has_resubmitted: bool
    awaits_me: bool
    waits_since: datetime
    falls_due_on: date | None
    is_due: bool
    is_silent: bool
    silent_after: int

    @property
    def goes_alone(self) -> bool:
        return not (self.awaits_me or self.is_due or self.is_silent)


def followed(user: Any, *, at: datetime) -> list[Followed]:
    """All that a person accompanies, in no order, in five queries at most."""
    who, today = standing(user), timezone.localdate(at)
    files = [Facts(*row) for row in with_last_message(accompanied(user)).order_by().values_list(*COLUMNS)]
    if not files:
        return []
    beside = _beside(files, who)
    return [_as_seen(file, beside, who, at, today) for file in files]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What other tables tell of these files, by file (and by version)."""

    versions: dict[int, RouteVersion]
    mine: dict[int, tuple[datetime, date]]
    """Opinions awaited of this person: since when, until when."""
    opinions: dict[int, date]
    """The first day an opinion is awaited, from anyone."""
    corrections: dict[int, date | None]
    resubmitted: set[int]
    probations: dict[int, date]


def _beside(files: list[Facts], who: Standing) -> _Beside:
    here = [file.pk for file in files]
    versions = RouteVersion.objects.filter(pk__in={f.version for f in files}).defer("content").order_by()
    mine: dict[int, tuple[datetime, date]] = {}
    opinions: dict[int, date] = {}
    waiting = Opinion.objects.filter(candidacy__in=here, given_at__isnull=True, revoked_at__isnull=True)
    for pk, asked_of, asked_at, due_on in waiting.order_by().values_list("candidacy", "asked_of", "asked_at", "due_on"):
        opinions[pk] = min(due_on, opinions.get(pk, due_on))
        if asked_of == who.user.pk:
            mine[pk] = (asked_at, due_on)
    corrections: dict[int, date | None] = {}
    resubmitted: set[int] = set()
    corrected = [file.pk for file in files if file.status in {Status.CORRECTION, Status.UNDER_REVIEW}]
    told = ("candidacy", "due_on", "closed_at", "answered_with")
    for pk, day, closed_at, answer in (
        Correction.objects.filter(candidacy__in=corrected).order_by("asked_at").values_list(*told) if corrected else ()
    ):
        if closed_at is None:
            corrections.setdefault(pk, day)
        if answer is not None:
            resubmitted.add(pk)
    on_probation = [file.pk for file in files if file.status == Status.PROBATION]
    decisions = Decision.objects.filter(candidacy__in=on_probation, probation_ends_on__isnull=False)
    ends: Any = decisions.order_by("recorded_at").values_list("candidacy", "probation_ends_on") if on_probation else ()
    return _Beside({v.pk: v for v in versions}, mine, opinions, corrections, resubmitted, dict(ends))


def _as_seen(file: Facts, beside: _Beside, who: Standing, at: datetime, today: date) -> Followed:
    asked_at, opinion_due_on = beside.mine.get(file.pk, (None, None))
    days = silent_days(beside.versions[file.version])
    due_on = _falls_due_on(file, beside) if who.is_national_staff else opinion_due_on
    awaited_side = file.awaited_side
    is_theirs = file.status in ON_THE_COLLECTIVITE or awaited_side == Side.COLLECTIVITE
    return Followed(
        facts=file,
        asked_at=asked_at,
        has_resubmitted=file.pk in beside.resubmitted,
        awaits_me=asked_at is not None or _is_the_teams_turn(file, awaited_side, who),
        waits_since=asked_at or (awaited_side == Side.TEAM and file.last_at) or file.status_since,
        falls_due_on=due_on,
        is_due=due_on is not None and due_on <= today + SOON,
        is_silent=is_theirs and file.last_activity_at < at - timedelta(days=days),
        silent_after=days,
    )


def _is_the_teams_turn(file: Facts, awaited_side: str | None, who: Standing) -> bool:
    if not who.is_national_staff:
        return False
    if file.status == Status.INTERESTED and who.is_manager:
        return True
    return awaited_side == Side.TEAM or file.status in ON_THE_TEAM


def _falls_due_on(file: Facts, beside: _Beside) -> date | None:
    """The next day that matters in a file's state."""
    if file.status in {Status.INTERESTED, Status.DRAFT}:
        deadlines = beside.versions[file.version].definition.deadlines
        moment = file.due_at or (deadlines.file_due_at if deadlines else None)
        return timezone.localdate(moment) if moment else None
    if file.status in ON_THE_TEAM:
        return file.review_due_on or beside.opinions.get(file.pk)
    if file.status == Status.CORRECTION:
        return beside.corrections.get(file.pk)
    if file.status == Status.PROBATION:
        return beside.probations.get(file.pk)
    return file.commission_on if file.status == Status.COMMISSION else None


VIEWS: dict[str, Callable[[Followed], bool]] = {
    "reponse": lambda file: file.awaits_me,
    "echeances": lambda file: file.is_due,
    "silence": lambda file: file.is_silent,
    "seules": lambda file: file.goes_alone,
}
"""What each of the four counts leads to."""


@dataclass(frozen=True)
class Counts:
    """Four figures one can act on; a file may be in several of the first three."""

    answers: int
    due: int
    silent: int
    alone: int
    all: int


def counts(files: list[Followed]) -> Counts:
    figures = [sum(map(view, files)) for view in VIEWS.values()]
    return Counts(*[*figures, len(files)])


def silence(files: Iterable[Followed]) -> int | None:
    """The number of days after which a file is silent, when all its routes agree."""
    days = {file.silent_after for file in files}
    return days.pop() if len(days) == 1 else None


def silent_days(version: RouteVersion) -> int:
    deadlines = version.definition.deadlines
    return deadlines.silent_after_days if deadlines else SILENT_BY_DEFAULT


WAITS = {
    Status.INTERESTED: gettext_lazy("Intention à confirmer"),
    Status.DRAFT: gettext_lazy("Dossier en cours d’écriture"),
    Status.FILED: gettext_lazy("Dossier déposé, à ouvrir"),
    Status.UNDER_REVIEW: gettext_lazy("Dossier à étudier"),
    Status.CORRECTION: gettext_lazy("Corrections demandées"),
    Status.COMMISSION: gettext_lazy("Décision de la commission"),
    Status.PROBATION: gettext_lazy("Engagements à tenir"),
    Status.AWARDED: gettext_lazy("Délibération et convention"),
    Status.TITLED: gettext_lazy("Rien, le titre est publié"),
}


def what_waits(file: Followed) -> str:
    """In a few words, what a file waits for."""
    if file.asked_at:
        return _("Avis attendu de vous")
    if file.facts.awaited_side == Side.TEAM:
        return _("Message sans réponse")
    if file.has_resubmitted and file.facts.status == Status.UNDER_REVIEW:
        return _("Corrections reçues")
    waits = WAITS.get(Status(file.facts.status))
    return str(waits) if waits else file.facts.status_label
