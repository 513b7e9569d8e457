"""What the printed papers of a file say: the receipt of a submission, the whole file."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from marelle.programme.definition import Definition
from marelle.programme.models import Submission

from . import values
from .files import FileState, moment


def receipt_title(submission: Submission) -> str:
    return _("Récépissé de dépôt n° %(number)d : %(territory)s") % {
        "number": submission.number,
        "territory": submission.candidacy.territory.name,
    }


def receipt(submission: Submission) -> dict[str, Any]:
    """Who handed over what, when, and the fingerprint by which it can be checked. JSON, in words."""
    candidacy = submission.candidacy
    definition = candidacy.version.definition
    return {
        "territory": candidacy.territory.name,
        "code": candidacy.territory.code,
        "route": candidacy.route.name,
        "mandate": candidacy.route.mandate.key,
        "number": submission.number,
        "version": candidacy.version.number,
        "submitted_at": moment(submission.submitted_at),
        "submitted_by": submission.submitted_by.name or submission.submitted_by.email,
        "digest": submission.digest,
        "demonstration": candidacy.is_demonstration,
        "sections": [
            {"title": section.title, "questions": [q.label for q in section.questions if q.key in answers]}
            for answers in [submission.content["answers"]]
            for section in definition.sections
            if any(q.key in answers for q in section.questions)
        ],
        "documents": [
            {"label": document.label, "name": one["name"], "sha256": one["sha256"]}
            for document in definition.documents
            for one in submission.content["documents"].get(document.key, [])
        ],
    }


def whole_title(file: FileState) -> str:
    return _("Dossier de %(territory)s") % {"territory": file.candidacy.territory.name}


def whole(file: FileState) -> dict[str, Any]:
    """The whole file to print: questions, answers and documents. Nothing of the team's notes or messages."""
    candidacy = file.candidacy
    last = file.submission
    state = _("Brouillon, non déposé")
    if last:
        state = _("Déposé le %(moment)s, empreinte %(digest)s") % {
            "moment": moment(last.submitted_at),
            "digest": last.digest,
        }
    return {
        "territory": candidacy.territory.name,
        "code": candidacy.territory.code,
        "route": candidacy.route.name,
        "mandate": candidacy.route.mandate.key,
        "state": state,
        "is_changed": bool(file.changed),
        "demonstration": candidacy.is_demonstration,
        "sections": [
            {
                "title": section.title,
                "questions": [
                    {
                        "label": q.label,
                        "answer": values.words(q, file.value(q.key)),
                        "is_changed": q.key in file.changed,
                    }
                    for q in file.questions_asked(section)
                ],
            }
            for section in file.definition.sections
        ],
        "documents": [
            {
                "label": document.label,
                "files": [
                    {"name": a.file.name, "size": filesizeformat(a.file.size), "sha256": a.file.sha256}
                    for a in file.attachments.get(document.key, [])
                ],
            }
            for document in file.documents_asked
        ],
    }


def frozen_answers(definition: Definition, content: dict[str, Any]) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """A submission's answers in words, by section: [(section, [(question, words)])]."""
    answers = content["answers"]
    return [
        (section, [(q, values.words(q, answers[q.key])) for q in section.questions if q.key in answers])
        for section in definition.sections
    ]
