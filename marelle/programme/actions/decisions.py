"""What the commission decided, on what, and why. Written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.frozen import digest
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.emails import decisions as emails
from marelle.programme.enums import OUTCOME_MOVES, OutcomeKind
from marelle.programme.models import Candidacy, Decision, ProbationTask, Submission
from marelle.programme.queries import people
from marelle.programme.queries.decisions import what_is_judged
from marelle.programme.rules.moves import can_move

from .moving import change_status, locked, stated


@dataclass(frozen=True)
class Verdict:
    """A decision as the commission puts it, before it is recorded."""

    outcome: OutcomeKind
    reasons: str
    body: str
    decided_on: date
    recommendations: Sequence[str] = ()
    probation_ends_on: date | None = None
    tasks: Sequence[tuple[str, date]] = field(default=())
    """What must be done before the probation ends: wording, day."""


@transaction.atomic
def decide(*, candidacy: Candidacy, verdict: Verdict, seen: int, by: Any, at: datetime) -> Decision:
    """Record a decision with a frozen copy of what was judged, and tell the collectivité with the reasons.

    `seen` is how many decisions the person had before their eyes: when a colleague has just recorded one,
    the second is refused instead of being taken for a decision at the end of a probation.
    """
    candidacy = locked(candidacy)
    known = candidacy.decisions.count()
    if known != seen:
        raise Refused(_("Une décision vient d’être enregistrée sur cette candidature. Relisez-la avant de continuer."))
    move = OUTCOME_MOVES[OutcomeKind(verdict.outcome)]
    require(can_move(by, candidacy, move))
    _sound(verdict, candidacy, at)
    submission = candidacy.submissions.order_by("-number").first()
    if submission is None:
        raise Refused(_("Aucun dossier déposé\u202f: il n’y a rien à juger."))

    decision = _write(candidacy, submission, verdict, by, at)
    also = {"closed_reason": verdict.reasons} if verdict.outcome == OutcomeKind.REFUSAL else {}
    change_status(candidacy, move, at=at, **also)

    record(
        "programme.candidacy.decided", on=candidacy, by=by, at=at, outcome=verdict.outcome, decision=decision.public_id
    )
    for person in people.leads(candidacy.organisation, localdate(at)):
        send_on_commit(emails.decided, to=person, at=at, decision=decision)
    return decision


def _sound(verdict: Verdict, candidacy: Candidacy, at: datetime) -> None:
    """What a decision must say to be one."""
    stated(verdict.reasons)
    if verdict.outcome not in {one.kind for one in candidacy.version.definition.outcomes}:
        raise Refused(_("Ce parcours ne prévoit pas cette décision."))
    if not verdict.body.strip():
        raise Refused(_("Dites quelle instance a décidé."))
    if verdict.decided_on > localdate(at):
        raise Refused(_("La décision ne peut pas être datée d’un jour à venir."))
    if verdict.outcome == OutcomeKind.AWARD_WITH_RECOMMENDATIONS and not verdict.recommendations:
        raise Refused(_("Écrivez au moins une recommandation, ou accordez le titre sans recommandation."))
    if verdict.outcome == OutcomeKind.PROBATION:
        _sound_probation(verdict, at)


def _sound_probation(verdict: Verdict, at: datetime) -> None:
    if not verdict.probation_ends_on or verdict.probation_ends_on <= localdate(at):
        raise Refused(_("Donnez à la période probatoire une date de fin à venir."))
    if not verdict.tasks:
        raise Refused(_("Écrivez au moins un engagement à tenir pendant la période probatoire."))
    if any(due_on > verdict.probation_ends_on for _wording, due_on in verdict.tasks):
        raise Refused(_("Chaque engagement est à tenir avant la fin de la période probatoire."))


def _write(candidacy: Candidacy, submission: Submission, verdict: Verdict, by: Any, at: datetime) -> Decision:
    on_probation = verdict.outcome == OutcomeKind.PROBATION
    judged = what_is_judged(candidacy, submission)
    decision = Decision.objects.create(
        candidacy=candidacy, submission=submission, judged=judged, judged_digest=digest(judged),
        outcome=verdict.outcome, reasons=verdict.reasons.strip(), recommendations=list(verdict.recommendations),
        body=verdict.body.strip(), decided_on=verdict.decided_on, recorded_at=at, recorded_by=by,
        probation_ends_on=verdict.probation_ends_on if on_probation else None,
    )  # fmt: skip
    if on_probation:
        ProbationTask.objects.bulk_create(
            ProbationTask(decision=decision, wording=wording, due_on=due_on) for wording, due_on in verdict.tasks
        )
    return decision
