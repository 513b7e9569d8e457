"""The questionnaire in preparation is changed: one act at a time, never over somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.frozen import digest
from marelle.core.rules import Refused, require
from marelle.documents.actions import store_upload
from marelle.documents.checks import SOUNDS
from marelle.participation.definition import editing
from marelle.participation.models import Consultation, Recording
from marelle.participation.rules import consultations as rules
from marelle.territories.models import Territory

from .consultations import Stale, create, locked

__all__ = ["Stale", "change", "duplicate", "record_question"]


@transaction.atomic
def change(
    *,
    consultation: Consultation,
    revision: int,
    edit: Callable[[dict[str, Any]], dict[str, Any]],
    question: tuple[str, str] | None = None,
    by: Any,
    at: datetime,
) -> Consultation:
    """Do one act of `definition.editing` on the questionnaire, as it was at `revision`.

    With `question` (its key, the digest of what was read of it), two people may write two questions at once: only a
    change to that question makes the save come too late.
    """
    consultation = locked(consultation)
    require(rules.can_edit(by, consultation))
    if revision != consultation.draft_revision and not _is_as_read(consultation, question):
        raise Stale
    try:
        new = edit(consultation.draft)
    except editing.Gone:
        raise Refused(_("Cette question ou cette partie n’existe plus : quelqu’un l’a retirée.")) from None
    if new == consultation.draft:
        return consultation
    consultation.draft = new
    consultation.draft_revision += 1
    consultation.save(update_fields=["draft", "draft_revision"])
    record("participation.questionnaire.changed", on=consultation, by=by, at=at, revision=consultation.draft_revision)
    return consultation


def _is_as_read(consultation: Consultation, question: tuple[str, str] | None) -> bool:
    if question is None:
        return False
    key, seen = question
    try:
        return digest(editing.question_in(consultation.draft, key)) == seen
    except editing.Gone:
        return False


@transaction.atomic
def record_question(
    *, consultation: Consultation, question: str, language: str, upload: UploadedFile, by: Any, at: datetime
) -> Recording:
    """Keep a question read aloud. Raises `UploadRefused` when the file is not a short sound."""
    consultation = locked(consultation)
    require(rules.can_edit(by, consultation))
    file = store_upload(upload, by=by, at=at, accept=SOUNDS)
    recording = Recording.objects.create(consultation=consultation, file=file, added_at=at)
    asked = editing.question_in(consultation.draft, question)
    consultation.draft = editing.change_question(
        consultation.draft, question, audio={**asked.get("audio", {}), language: file.public_id}
    )
    consultation.draft_revision += 1
    consultation.save(update_fields=["draft", "draft_revision"])
    record("participation.questionnaire.recorded", on=consultation, by=by, at=at, question=question, language=language)
    return recording


@transaction.atomic
def duplicate(
    *, source: Consultation, organisation: Organisation, territory: Territory | None = None, by: Any, at: datetime
) -> Consultation:
    """Begin a consultation from another: its words and its questions, none of its dates, people or answers."""
    content = source.draft if source.version is None else source.version.content
    new = create(
        organisation=organisation,
        territory=territory,
        title=_("%s (copie)") % source.title[:110],
        why=source.why,
        draft={"sections": content.get("sections") or []},
        age_bands=list(source.age_bands),
        languages=list(source.languages) or ["fr"],
        cell_threshold=source.cell_threshold,
        own_results_from=source.own_results_from,
        by=by,
        at=at,
    )
    Recording.objects.bulk_create(
        Recording(consultation=new, file_id=file, added_at=at)
        for file in source.recordings.values_list("file", flat=True)
    )
    return new
