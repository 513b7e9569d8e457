"""A collectivité's file as it stands: what is asked, what is answered, what is missing, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_FILE, Role
from marelle.accounts.models import User
from marelle.programme.definition import Definition, Question, RequiredDocument, Section
from marelle.programme.enums import Status
from marelle.programme.models import (
    Answer,
    AnswerRevision,
    Attachment,
    Candidacy,
    Correction,
    Submission,
    UnmergedText,
)

from . import values
from .people import managers, members

WRITING_NOW = timedelta(minutes=10)
"""Someone who saved this recently is shown as writing."""


@dataclass(frozen=True)
class Missing:
    """One thing the gate waits for (or would welcome), and the door to the field."""

    key: str
    label: str
    place: str
    reason: str
    url: str
    is_empty: bool


@dataclass(frozen=True)
class Part:
    """A section of the file, or its documents, as the index shows it. Counts are of what is required."""

    key: str
    title: str
    url: str
    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.done == self.total

    @property
    def is_begun(self) -> bool:
        return 0 < self.done < self.total


@dataclass(frozen=True)
class FileState:
    """Everything a page of the file needs to know, read in a constant number of queries."""

    candidacy: Candidacy
    definition: Definition
    answers: dict[str, Answer]
    attachments: dict[str, list[Attachment]]
    correction: Correction | None
    submission: Submission | None

    def value(self, key: str) -> Any:
        return self._values.get(key)

    @cached_property
    def _values(self) -> dict[str, Any]:
        questions = self.definition.questions
        return {
            key: values.as_asked(questions[key], answer.value)
            for key, answer in self.answers.items()
            if key in questions
        }

    @cached_property
    def asked(self) -> set[str]:
        """Keys of the questions and documents asked, given the answers; a question nobody is asked opens no other."""
        questions = self.definition.questions
        known: dict[str, bool] = {}

        def is_asked(key: str) -> bool:
            if key not in known:
                known[key] = False  # A definition that turns in circles asks nothing, rather than for ever.
                thing = questions[key]
                known[key] = (
                    (thing.only_if is None or thing.only_if.question not in questions)
                    or is_asked(thing.only_if.question)
                ) and self.definition.asked(thing, self._values)
            return known[key]

        asked = {key for key in questions if is_asked(key)}
        seen = {key: value for key, value in self._values.items() if key in asked}
        return asked | {d.key for d in self.definition.documents if self.definition.asked(d, seen)}

    def questions_asked(self, section: Section) -> list[Question]:
        return [q for q in section.questions if q.key in self.asked]

    @cached_property
    def documents_asked(self) -> list[RequiredDocument]:
        return [d for d in self.definition.documents if d.key in self.asked]

    @cached_property
    def to_correct(self) -> dict[str, str]:
        """Questions and documents named in the open correction, each with the reason given."""
        return {item.question: item.reason for item in self.correction.items.all()} if self.correction else {}

    @cached_property
    def open_keys(self) -> set[str] | None:
        """What may be written now: None for everything; during corrections, what they name and what that opens."""
        if self.candidacy.status != Status.CORRECTION:
            return None
        open_ = set(self.to_correct)
        things: list[Question | RequiredDocument] = [*self.definition.questions.values(), *self.definition.documents]
        for _step in things:
            more = {t.key for t in things if t.only_if and t.only_if.question in open_} - open_
            if not more:
                break
            open_ |= more
        return open_

    @cached_property
    def due_at(self) -> datetime | None:
        """Until when it may be handed over: this collectivité's own extension first, then the route's."""
        deadlines = self.definition.deadlines
        return self.candidacy.due_at or (deadlines.file_due_at if deadlines else None)

    @property
    def due_on(self) -> date | None:
        return timezone.localdate(self.due_at) if self.due_at else None

    @property
    def opens_at(self) -> datetime | None:
        return self.definition.deadlines.opens_at if self.definition.deadlines else None

    @cached_property
    def missing(self) -> list[Missing]:
        """Exactly what the file still needs before it can be handed over."""
        return [m for thing, m in self._gaps if thing.required or not m.is_empty]

    @cached_property
    def welcome(self) -> list[Missing]:
        """What is asked, not required and still empty."""
        return [m for thing, m in self._gaps if not thing.required and m.is_empty]

    @cached_property
    def _gaps(self) -> list[tuple[Question | RequiredDocument, Missing]]:
        found: list[tuple[Question | RequiredDocument, Missing]] = []
        for section in self.definition.sections:
            url = section_url(self.candidacy, section.key)
            for question in self.questions_asked(section):
                value = self.value(question.key)
                if not values.is_filled(value):
                    reason, at = values.problem(question, value), f"{url}#q-{question.key}"
                    missing = Missing(question.key, question.label, section.title, reason, at, not reason)
                    found.append((question, missing))
        url = documents_url(self.candidacy)
        for document in self.documents_asked:
            if not self.attachments.get(document.key):
                at = f"{url}#d-{document.key}"
                found.append((document, Missing(document.key, document.label, _("Pièces à joindre"), "", at, True)))
        return found

    @cached_property
    def parts(self) -> list[Part]:
        gaps = {m.key for thing, m in self._gaps}
        parts = []
        for section in self.definition.sections:
            required = [q.key for q in self.questions_asked(section) if q.required]
            parts.append(
                Part(
                    section.key,
                    section.title,
                    section_url(self.candidacy, section.key),
                    len([key for key in required if key not in gaps]),
                    len(required),
                )
            )
        if self.definition.documents:
            required = [d.key for d in self.documents_asked if d.required]
            done = len([key for key in required if key not in gaps])
            parts.append(Part("pieces", _("Pièces à joindre"), documents_url(self.candidacy), done, len(required)))
        return parts

    @cached_property
    def corrections(self) -> list[Missing]:
        """What the team asks to correct, each with its reason and the door to the field."""
        asked = []
        for section in self.definition.sections:
            url = section_url(self.candidacy, section.key)
            asked += [(q.key, q.label, section.title, f"{url}#q-{q.key}") for q in section.questions]
        url = documents_url(self.candidacy)
        asked += [(d.key, d.label, _("Pièces à joindre"), f"{url}#d-{d.key}") for d in self.definition.documents]
        return [
            Missing(key, label, place, self.to_correct[key], at, False)
            for key, label, place, at in asked
            if key in self.to_correct
        ]

    @property
    def done_percent(self) -> int:
        return self.done * 100 // self.total if self.total else 100

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What would be frozen if the file were handed over now: what is asked, nothing else."""
        asked = [key for key in self.definition.questions if key in self.asked]
        return {
            "version": self.candidacy.version.number,
            "answers": {key: self.value(key) for key in asked if values.is_filled(self.value(key))},
            "documents": {
                document.key: [
                    {"file": a.file.public_id, "name": a.file.name, "sha256": a.file.sha256}
                    for a in self.attachments[document.key]
                ]
                for document in self.documents_asked
                if self.attachments.get(document.key)
            },
        }

    @cached_property
    def changed(self) -> set[str]:
        """Keys of what changed since it was last handed over. Empty before the first time."""
        if self.submission is None:
            return set()
        before, now = self.submission.content, self.content
        return {
            key
            for kind in ("answers", "documents")
            for key in {*before[kind], *now[kind]}
            if before[kind].get(key) != now[kind].get(key)
        }


def file_of(candidacy: Candidacy) -> FileState:
    """The state of a file, in five queries at most whatever the number of questions."""
    answers = {a.question: a for a in candidacy.answers.select_related("saved_by")}
    attachments: dict[str, list[Attachment]] = {}
    for one in candidacy.attachments.filter(removed_at__isnull=True).select_related("file", "added_by"):
        attachments.setdefault(one.requirement, []).append(one)
    return FileState(
        candidacy=candidacy,
        definition=candidacy.version.definition,
        answers=answers,
        attachments=attachments,
        correction=open_correction(candidacy),
        submission=candidacy.submissions.select_related("submitted_by").order_by("-number").first(),
    )


def open_correction(candidacy: Candidacy) -> Correction | None:
    if candidacy.status != Status.CORRECTION:
        return None
    return candidacy.corrections.filter(closed_at__isnull=True).prefetch_related("items").first()


def open_keys(candidacy: Candidacy) -> set[str] | None:
    """What may be written now, without reading the answers. None: everything."""
    return FileState(candidacy, candidacy.version.definition, {}, {}, open_correction(candidacy), None).open_keys


def section_url(candidacy: Candidacy, key: str) -> str:
    return reverse("programme:file_section", args=[candidacy.public_id, key])


def documents_url(candidacy: Candidacy) -> str:
    return reverse("programme:file_documents", args=[candidacy.public_id])


def writers(candidacy: Candidacy, on: date):
    """People of the collectivité who may write in its file on that day."""
    return members(candidacy.organisation, WRITES_FILE, on)


def accompanying(candidacy: Candidacy, on: date):
    """Who is told when a file comes in: its adviser and the heads of its delegation; the managers when nobody is."""
    heads = members(candidacy.delegation, [Role.HEAD], on) if candidacy.delegation else User.objects.none()
    people = User.objects.filter(Q(pk=candidacy.adviser_id) | Q(pk__in=heads.values("pk")), is_active=True)
    if not people.exists():
        people = managers(on)
    return people.exclude(pk__in=candidacy.conflicts.in_force().values("user")).order_by("pk")


def also_writing(candidacy: Candidacy, section: Section, *, besides, at: datetime) -> list[str]:
    """Short names of the others who saved something in this section lately."""
    saves = AnswerRevision.objects.filter(
        answer__candidacy=candidacy,
        answer__question__in=[q.key for q in section.questions],
        saved_at__gt=at - WRITING_NOW,
    ).exclude(saved_by=besides)
    people = User.objects.filter(pk__in=saves.values("saved_by")).order_by("name", "pk")
    return [short_name(person) for person in people]


def kept_apart(candidacy: Candidacy, user) -> dict[str, UnmergedText]:
    """This person's texts that wait for their choice, by question."""
    return {text.question: text for text in UnmergedText.objects.filter(candidacy=candidacy, kept_by=user)}


def near(candidacy: Candidacy) -> QuerySet[Candidacy]:
    """Open files of the intercommunalité a commune belongs to, or of the communes of an intercommunalité."""
    territory = candidacy.territory
    around = Q(territory__epci=territory) | Q(territory__ept=territory)
    for above in (territory.epci_id, territory.ept_id):
        if above:
            around |= Q(territory=above)
    return Candidacy.objects.open().filter(around, route=candidacy.route_id).exclude(pk=candidacy.pk).order_by()


def twins(candidacy: Candidacy) -> list[Candidacy]:
    """These files, in the order of their territories' names."""
    # In order by Python: Django would compare each of the many columns with what it orders by.
    return sorted(
        near(candidacy).select_related("territory", "version").defer("version__content"),
        key=lambda twin: (twin.territory.name, twin.pk),
    )


def shared_by_twins(candidacy: Candidacy, beside: list[Candidacy]) -> dict[str, list[Answer]]:
    """What the twin files consent to show, by question, where both ask it in the same way and it is answered."""
    mine = candidacy.version.definition.questions
    by_question: dict[str, list[Answer]] = {}
    if not beside:
        return by_question
    shared = Answer.objects.filter(candidacy__in=beside, is_shared=True).select_related(
        "candidacy__territory", "candidacy__version", "saved_by"
    )
    for answer in shared.order_by("candidacy__territory__name"):
        theirs = answer.candidacy.version.definition.questions.get(answer.question)
        ours = mine.get(answer.question)
        if ours and theirs and ours.kind == theirs.kind and values.is_filled(answer.value):
            by_question.setdefault(answer.question, []).append(answer)
    return by_question


def short_name(person) -> str:
    """« Marc B. »: enough for colleagues to know each other."""
    first, _space, rest = (person.name or "").strip().partition(" ")
    return f"{first} {rest[0]}." if rest else first or _("Une personne")


def moment(value: datetime) -> str:
    """« 28 février 2027 à 18 h », as clocks show it in Paris."""
    local = timezone.localtime(value)
    return _("%(day)s à %(hour)s") % {"day": date_format(local, "j F Y"), "hour": hour(local)}


def day(value: date) -> str:
    return date_format(value, "j F Y")


def hour(value: datetime) -> str:
    local = timezone.localtime(value)
    return f"{local.hour} h {local.minute:02d}" if local.minute else f"{local.hour} h"
