"""What the commission had before its eyes: put together, frozen, and shown again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marelle.accounts.models import User
from marelle.core.frozen import digest
from marelle.programme.definition import Definition, Question
from marelle.programme.enums import Advice, OutcomeKind
from marelle.programme.models import Candidacy, Decision, ProbationTask, RouteVersion, Submission

from .values import words as said


def what_is_judged(candidacy: Candidacy, submission: Submission) -> dict[str, Any]:
    """The file as handed over, what was asked, the opinions given, and what a probation has brought.

    Plain JSON, complete by itself. People are named by their opaque id.
    """
    number = submission.content.get("version")
    version = RouteVersion.objects.filter(route=candidacy.route_id, number=number).first() or candidacy.version
    opinions = candidacy.opinions.filter(given_at__isnull=False, revoked_at__isnull=True).select_related("asked_of")
    tasks = ProbationTask.objects.filter(decision__candidacy=candidacy).order_by("due_on", "pk")
    return {
        "submission": submission.number,
        "submitted_at": submission.submitted_at.isoformat(),
        "digest": submission.digest,
        "content": submission.content,
        "version": version.number,
        "definition": version.content,
        "opinions": [_opinion(one) for one in opinions],
        "tasks": [_task(one) for one in tasks],
    }


def _opinion(opinion) -> dict[str, Any]:
    return {
        "by": opinion.asked_of.public_id,
        "advice": opinion.advice,
        "text": opinion.text,
        "question": opinion.question,
        "is_confidential": opinion.is_confidential,
        "given_at": opinion.given_at.isoformat(),
    }


def _task(task: ProbationTask) -> dict[str, Any]:
    return {
        "wording": task.wording,
        "due_on": task.due_on.isoformat(),
        "done_at": task.done_at and task.done_at.isoformat(),
        "evidence": task.evidence,
        "confirmed_at": task.confirmed_at and task.confirmed_at.isoformat(),
    }


@dataclass(frozen=True)
class JudgedAnswer:
    question: Question
    said: str
    """What was answered, in words; empty when nothing was."""


@dataclass(frozen=True)
class JudgedSection:
    title: str
    answers: list[JudgedAnswer]


@dataclass(frozen=True)
class JudgedDocument:
    label: str
    files: list[dict[str, Any]]


@dataclass(frozen=True)
class JudgedOpinion:
    by: str
    advice: str
    text: str
    is_confidential: bool
    given_at: str


@dataclass(frozen=True)
class Judged:
    """What was judged, read back from the frozen copy alone."""

    decision: Decision
    is_intact: bool
    """The fingerprint computed now is the one written down that day."""
    sections: list[JudgedSection]
    documents: list[JudgedDocument]
    opinions: list[JudgedOpinion]
    tasks: list[dict[str, Any]]


def judged(decision: Decision, *, reads_opinions: bool, reads_confidential: bool) -> Judged:
    """Replay a decision's frozen copy. Opinions are for the team, confidential ones for the national team alone."""
    frozen = decision.judged
    definition = Definition.model_validate(frozen["definition"])
    answers = frozen["content"].get("answers", {})
    files = frozen["content"].get("documents", {})
    seen = [one for one in frozen["opinions"] if reads_opinions and (reads_confidential or not one["is_confidential"])]
    names = dict(User.objects.filter(public_id__in=[one["by"] for one in seen]).values_list("public_id", "name"))
    return Judged(
        decision=decision,
        is_intact=digest(frozen) == decision.judged_digest,
        sections=[
            JudgedSection(
                section.title,
                [JudgedAnswer(q, said(q, answers.get(q.key))) for q in section.questions if definition.asked(q, answers)],
            )
            for section in definition.sections
        ],
        documents=[
            JudgedDocument(one.label, files.get(one.key, [])) for one in definition.documents if definition.asked(one, answers)
        ],
        opinions=[
            JudgedOpinion(names.get(one["by"], ""), str(Advice(one["advice"]).label), one["text"], one["is_confidential"], one["given_at"])
            for one in seen
        ],
        tasks=frozen.get("tasks", []),
    )  # fmt: skip


AWARDING = {OutcomeKind.AWARD, OutcomeKind.AWARD_WITH_RECOMMENDATIONS}


def awarding_decision(candidacy: Candidacy) -> Decision | None:
    """The decision that grants the title, when the last one does."""
    last = candidacy.decisions.order_by("-recorded_at", "-pk").first()
    return last if last and last.outcome in AWARDING else None
