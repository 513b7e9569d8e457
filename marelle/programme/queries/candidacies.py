"""Where a candidacy stands: its way, its next date, its history; and what may be begun today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation, User
from marelle.audit.queries import Line, actors_of, history_of
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy, RouteVersion


def open_candidacy(organisation: Organisation, version: RouteVersion) -> Candidacy | None:
    """The candidacy that a collectivité has under way on this route."""
    return Candidacy.objects.open().filter(organisation=organisation, route=version.route_id).first()


@dataclass(frozen=True)
class Stage:
    """A step of the way, as this candidacy lives it."""

    name: str
    description: str
    state: str  # "done" | "current" | "later"


def way(candidacy: Candidacy) -> list[Stage]:
    """The steps that a candidacy goes through, those behind it done. Probation appears only to who is on it.

    Steps without a state are life after the title: they are not the candidacy's.
    """
    steps = [step for step in candidacy.version.definition.steps if step.statuses]
    if candidacy.status != Status.PROBATION:
        steps = [step for step in steps if set(step.statuses) != {Status.PROBATION}]
    here = next((i for i, step in enumerate(steps) if candidacy.status in step.statuses), None)
    if here is None:  # Closed: what was done before is told by the history.
        return []
    arrived = candidacy.status == Status.TITLED
    return [
        Stage(step.name, step.description, "done" if i < here or arrived else "current" if i == here else "later")
        for i, step in enumerate(steps)
    ]


@dataclass(frozen=True)
class NextDate:
    label: str
    on: date | datetime


def next_dates(candidacy: Candidacy) -> list[NextDate]:
    """What falls due, the nearest first."""
    status = candidacy.status
    found: list[tuple[str, date | datetime | None]] = []
    if status in {Status.INTERESTED, Status.DRAFT}:
        found = [(_("Dossier à déposer avant le"), candidacy.deadline)]
    elif status == Status.CORRECTION:
        asked = candidacy.corrections.filter(closed_at__isnull=True).first()
        found = [(_("Corrections à renvoyer avant le"), asked.due_on if asked else None)]
    elif status in {Status.FILED, Status.UNDER_REVIEW}:
        found = [(_("Instruction à finir avant le"), candidacy.review_due_on)]
    elif status == Status.COMMISSION:
        found = [(_("Audition le"), candidacy.hearing_at), (_("Commission le"), candidacy.commission_on)]
    elif status == Status.PROBATION:
        decision = candidacy.decisions.filter(probation_ends_on__isnull=False).last()
        found = [(_("Fin de la période probatoire le"), decision.probation_ends_on if decision else None)]
    elif status == Status.TITLED:
        found = [(_("Titre valable jusqu’au"), candidacy.route.mandate.ends_on)]
    return [NextDate(label, on) for label, on in found if on]


TOLD_TO_ALL = (
    "programme.candidacy.", "programme.submission.", "programme.file.", "programme.review.", "programme.correction.",
    "programme.probation.", "programme.deliberation.", "programme.agreement.", "programme.title.",
)  # fmt: skip
"""What the collectivité reads of its file's history. Everything else (notes, opinions, conflicts) is the team's."""


def history(candidacy: Candidacy, *, for_team: bool) -> list[Line]:
    """What happened, in sentences, the latest first."""
    people = User.objects.filter(public_id__in=actors_of(candidacy))
    lines = history_of(candidacy, names={one.public_id: one.short_name for one in people})
    return [one for one in lines if for_team or one.entry.kind.startswith(TOLD_TO_ALL)]
