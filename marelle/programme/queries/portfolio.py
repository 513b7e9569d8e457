"""The files a person accompanies: whose turn it is, what falls due, who went silent. All of it in the database,
so that a portfolio of a thousand costs as many queries as one of three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.programme.enums import Side, Status
from marelle.programme.models import Candidacy, Correction, Decision, Opinion, RouteVersion

from .waiting import with_waiting

SOON = timedelta(days=7)
ON_THE_COLLECTIVITE = frozenset({Status.DRAFT, Status.CORRECTION, Status.PROBATION, Status.AWARDED})
"""The next step is the collectivité's: there, silence means something."""
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


def with_turns(files: QuerySet[Candidacy], *, user: Any, at: datetime) -> QuerySet[Candidacy]:
    """Adds to each file `awaits_me`, `waits_since`, `falls_due_on`, `is_due`, `is_silent`, `goes_alone`, and what
    explains them (`opinion_asked_at`, `opinion_due_on`, `correction_due_on`, `has_resubmitted`). One query more."""
    who, today = standing(user), timezone.localdate(at)
    versions = list(RouteVersion.objects.filter(pk__in=files.order_by().values("version")).select_related("route"))
    silent_since = {v.pk: at - timedelta(days=silent_days(v)) for v in versions}
    corrections = Correction.objects.filter(candidacy=OuterRef("pk"))
    opinions = Opinion.objects.filter(candidacy=OuterRef("pk"), given_at__isnull=True, revoked_at__isnull=True)
    mine = opinions.filter(asked_of=who.user)
    files = with_waiting(files).annotate(
        opinion_asked_at=Subquery(mine.values("asked_at")[:1]),
        opinion_due_on=Subquery(mine.values("due_on")[:1]),
        next_opinion_due_on=Subquery(opinions.order_by("due_on").values("due_on")[:1]),
        correction_due_on=Subquery(corrections.filter(closed_at__isnull=True).values("due_on")[:1]),
        has_resubmitted=Exists(corrections.filter(answered_with__isnull=False)),
        probation_ends_on=Subquery(
            Decision.objects.filter(candidacy=OuterRef("pk"), probation_ends_on__isnull=False)
            .order_by("-recorded_at")
            .values("probation_ends_on")[:1]
        ),
    )
    files = files.annotate(
        falls_due_on=_falls_due_on(versions) if who.is_national_staff else _falls_due_on(versions, F("opinion_due_on")),
        awaits_me=_yes(_my_turn(who)),
        waits_since=Case(
            When(opinion_asked_at__isnull=False, then=F("opinion_asked_at")),
            When(awaited_side=Side.TEAM, then=F("awaited_since")),
            default=F("status_since"),
            output_field=DateTimeField(),
        ),
        is_silent=_yes(_silent(silent_since)),
    )
    files = files.annotate(is_due=_yes(Q(falls_due_on__lte=today + SOON)))
    return files.annotate(goes_alone=_yes(Q(awaits_me=False, is_due=False, is_silent=False)))


VIEWS = {
    "reponse": Q(awaits_me=True),
    "echeances": Q(is_due=True),
    "silence": Q(is_silent=True),
    "seules": Q(goes_alone=True),
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


def counts(files: QuerySet[Candidacy]) -> Counts:
    """One query, on files that `with_turns` went through."""
    found = files.order_by().aggregate(
        all=Count("pk"), **{name: Count("pk", filter=view) for name, view in VIEWS.items()}
    )
    return Counts(found["reponse"], found["echeances"], found["silence"], found["seules"], found["all"])


def silence(files: QuerySet[Candidacy]) -> int | None:
    """The number of days after which a file is silent, when all its routes agree."""
    versions = RouteVersion.objects.filter(pk__in=files.order_by().values("version")).select_related("route")
    days = {silent_days(version) for version in versions}
    return days.pop() if len(days) == 1 else None


def silent_days(version: RouteVersion) -> int:
    deadlines = version.definition.deadlines
    return deadlines.silent_after_days if deadlines else SILENT_BY_DEFAULT


def what_waits(file: Candidacy, *, on: date) -> str:
    """In a few words, what a file annotated by `with_turns` waits for."""
    if file.opinion_asked_at:
        return _("Avis attendu de vous")
    if file.awaited_side == Side.TEAM:
        return _("Message sans réponse")
    return {
        Status.INTERESTED: _("Intention à confirmer"),
        Status.DRAFT: _("Dossier en cours d’écriture"),
        Status.FILED: _("Dossier déposé, à ouvrir"),
        Status.UNDER_REVIEW: _("Corrections reçues") if file.has_resubmitted else _("Dossier à étudier"),
        Status.CORRECTION: _("Corrections demandées"),
        Status.COMMISSION: _("Décision de la commission"),
        Status.PROBATION: _("Engagements à tenir"),
        Status.AWARDED: _("Délibération et convention"),
        Status.TITLED: _("Rien, le titre est publié"),
    }.get(Status(file.status), file.get_status_display())


def _my_turn(who) -> Q:
    asked = Q(opinion_asked_at__isnull=False)
    if not who.is_national_staff:
        return asked
    turn = asked | Q(awaited_side=Side.TEAM) | Q(status__in=[Status.FILED, Status.UNDER_REVIEW])
    return turn | Q(status=Status.INTERESTED) if who.is_manager else turn


def _silent(since: dict[int, datetime]) -> Q:
    silent = Q(pk__in=[])
    for version, moment in since.items():
        silent |= Q(version=version, last_activity_at__lt=moment)
    return silent & (Q(status__in=ON_THE_COLLECTIVITE) | Q(awaited_side=Side.COLLECTIVITE))


def _falls_due_on(versions: list[RouteVersion], instead: F | None = None):
    """The next day that matters in a file's state."""
    if instead is not None:
        return Coalesce(instead, Value(None), output_field=DateField())
    routes = [
        When(version=version.pk, then=Value(timezone.localdate(version.definition.deadlines.file_due_at)))
        for version in versions
        if version.definition.deadlines
    ]
    file_due_on = Coalesce(TruncDate("due_at"), Case(*routes, default=Value(None), output_field=DateField()))
    return Case(
        When(status__in=[Status.INTERESTED, Status.DRAFT], then=file_due_on),
        When(status=Status.CORRECTION, then=F("correction_due_on")),
        When(status__in=[Status.FILED, Status.UNDER_REVIEW], then=Coalesce("review_due_on", "next_opinion_due_on")),
        When(status=Status.COMMISSION, then=F("commission_on")),
        When(status=Status.PROBATION, then=F("probation_ends_on")),
        default=Value(None),
        output_field=DateField(),
    )


def _yes(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
