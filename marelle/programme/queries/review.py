"""A file as those who study it read it: what was submitted, and beside each answer what the team says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from marelle.programme.definition import Definition, Question, RequiredDocument, Section
from marelle.programme.enums import Side
from marelle.programme.models import Candidacy, Correction, Message, Note, Opinion, RouteVersion, Submission

from .changes import Change, Changes, DocumentChange, changes
from .clock import Clock, clock
from .values import words as said
from .waiting import awaited


@dataclass(frozen=True)
class Beside:
    """What is said about one question or document."""

    notes: tuple[Note, ...] = ()
    messages: tuple[Message, ...] = ()
    to_correct: str = ""
    """The reason, while a correction of it is awaited."""
    was_asked: str = ""
    """The reason, when this submission answers a correction that named it."""
    typed: str = ""
    """The reason being typed, so that a refusal loses nothing."""


@dataclass(frozen=True)
class Line:
    question: Question
    said: str
    change: Change | None
    beside: Beside


@dataclass(frozen=True)
class Paper:
    document: RequiredDocument
    files: tuple[dict[str, Any], ...]
    change: DocumentChange | None
    beside: Beside


@dataclass(frozen=True)
class SectionRead:
    section: Section
    lines: tuple[Line, ...]

    @property
    def changed(self) -> int:
        return sum(line.change is not None for line in self.lines)


@dataclass(frozen=True)
class Reading:
    """One submission of a file, with all that is around it and that one person may read: what they may not was
    never fetched, so that no template can show it."""

    candidacy: Candidacy
    definition: Definition
    submission: Submission
    submissions: tuple[Submission, ...]
    changes: Changes
    corrections: tuple[Correction, ...]
    notes: tuple[Note, ...]
    messages: tuple[Message, ...]
    opinions: tuple[Opinion, ...]
    clock: Clock | None
    twins: tuple[Candidacy, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def is_latest(self) -> bool:
        return self.submission.number == self.submissions[-1].number

    @property
    def previous(self) -> Submission | None:
        return next((one for one in self.submissions if one.number == self.submission.number - 1), None)

    @property
    def open_correction(self) -> Correction | None:
        return next((one for one in self.corrections if one.closed_at is None), None)

    @property
    def answered_correction(self) -> Correction | None:
        """The correction that this submission answers."""
        return next((one for one in self.corrections if one.answered_with_id == self.submission.pk), None)

    @property
    def awaited(self) -> Message | None:
        return awaited(list(self.messages))

    @property
    def team_is_awaited(self) -> bool:
        return self.awaited is not None and self.awaited.side == Side.COLLECTIVITE

    @property
    def general_notes(self) -> list[Note]:
        known = {*self.definition.questions, *(one.key for one in self.definition.documents)}
        return [note for note in self.notes if note.question not in known]

    @property
    def people(self) -> int | None:
        return self.candidacy.territory.population

    @cached_property
    def _beside(self) -> dict[str, Beside]:
        notes, messages = defaultdict(list), defaultdict(list)
        for note in self.notes:
            notes[note.question].append(note)
        for message in self.messages:
            messages[message.question].append(message)
        now, before = _reasons(self.open_correction), _reasons(self.answered_correction)
        return {
            key: Beside(
                tuple(notes[key]), tuple(messages[key]), now.get(key, ""), before.get(key, ""), self.typed.get(key, "")
            )
            for key in {*notes, *messages, *now, *before, *self.typed}
        }

    @cached_property
    def sections(self) -> list[SectionRead]:
        """Questions that were asked of this file, given its answers."""
        answers = self.submission.content.get("answers", {})
        return [
            SectionRead(
                section,
                tuple(
                    Line(
                        question,
                        said(question, answers.get(question.key)),
                        self.changes.answers.get(question.key),
                        self._beside.get(question.key, Beside()),
                    )
                    for question in section.questions
                    if self.definition.asked(question, answers) or question.key in answers
                ),
            )
            for section in self.definition.sections
        ]

    @cached_property
    def papers(self) -> list[Paper]:
        answers, joined = self.submission.content.get("answers", {}), self.submission.content.get("documents", {})
        return [
            Paper(
                document,
                tuple(joined.get(document.key, ())),
                self.changes.documents.get(document.key),
                self._beside.get(document.key, Beside()),
            )
            for document in self.definition.documents
            if self.definition.asked(document, answers) or document.key in joined
        ]

    @property
    def corrected(self) -> list[tuple[str, str, Change | DocumentChange | None]]:
        """What this submission did with each point of the correction it answers: label, reason, change or None."""
        labels = {key: question.label for key, question in self.definition.questions.items()}
        labels |= {document.key: document.label for document in self.definition.documents}
        return [
            (
                labels.get(key, key),
                reason,
                self.changes.answers.get(key) or self.changes.documents.get(key),
            )
            for key, reason in _reasons(self.answered_correction).items()
        ]


def _reasons(correction: Correction | None) -> dict[str, str]:
    return {item.question: item.reason for item in correction.items.all()} if correction else {}


def reading(
    candidacy: Candidacy, user: Any, *, on: date, number: int | None = None,
    opinions: Iterable[Opinion], with_notes: bool, with_messages: bool, typed: dict[str, str] | None = None,
) -> Reading | None:  # fmt: skip
    """A submission of a file (the last, or the one of a number), in a constant number of queries; None when there is
    no such submission. The caller asked the rules which opinions, notes and messages the person may read."""
    submissions = tuple(candidacy.submissions.select_related("submitted_by").order_by("number"))
    found = [one for one in submissions if number in (None, one.number)]
    if not found:
        return None
    submission = found[-1]
    before = next((one for one in submissions if one.number == submission.number - 1), None)
    definition = _definition_of(submission, candidacy)
    corrections = tuple(candidacy.corrections.prefetch_related("items").select_related("asked_by"))
    return Reading(
        candidacy=candidacy,
        definition=definition,
        submission=submission,
        submissions=submissions,
        changes=changes(definition, before.content, submission.content) if before else Changes({}, {}),
        corrections=corrections,
        notes=tuple(candidacy.notes.select_related("by")) if with_notes else (),
        messages=tuple(candidacy.messages.select_related("by", "file")) if with_messages else (),
        opinions=tuple(opinions),
        clock=clock(candidacy, on=on, submissions=submissions, corrections=corrections),
        twins=tuple(twins(candidacy, user)),
        typed=typed or {},
    )


def _definition_of(submission: Submission, candidacy: Candidacy) -> Definition:
    """What the route asked when the file was handed over."""
    number = submission.content.get("version")
    if number == candidacy.version.number:
        return candidacy.version.definition
    version = RouteVersion.objects.filter(route=candidacy.route_id, number=number).first()
    return (version or candidacy.version).definition


def twins(candidacy: Candidacy, user: Any):
    """Files of the intercommunalité of a commune, or of the communes of an intercommunalité, on the same route."""
    territory = candidacy.territory
    near = Q(territory__epci=territory.pk) | Q(territory__ept=territory.pk)
    if territory.epci_id:
        near |= Q(territory=territory.epci_id)
    if territory.ept_id:
        near |= Q(territory=territory.ept_id)
    return (
        Candidacy.objects.visible_to(user)
        .filter(near, route=candidacy.route_id)
        .exclude(pk=candidacy.pk)
        .select_related("territory")
        .order_by("-territory__population", "pk")[:20]
    )


def was_submitted(candidacy: Candidacy, file_id: str) -> bool:
    """Whether a file, by its public id, is part of what was handed over at some time."""
    return any(
        one.get("file") == file_id
        for content in candidacy.submissions.values_list("content", flat=True)
        for files in content.get("documents", {}).values()
        for one in files
    )
