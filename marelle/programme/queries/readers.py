"""The file as each reader may see it."""

from __future__ import annotations

from dataclasses import replace

from marelle.programme.enums import Status
from marelle.programme.models import Answer, Attachment, Candidacy

from .files import FileState, file_of
from .hats import hats


def file_for(user, candidacy: Candidacy) -> FileState:
    """The file as it stands, to those who write it or follow it; as it was handed over, to volunteers and experts.

    The two differ while corrections are being written, and after when they were never sent back: what is not
    handed over is still a draft.
    """
    file = file_of(candidacy)
    if file.submission is None or not (file.changed or candidacy.status == Status.CORRECTION):
        return file
    found = hats(user, candidacy)
    if found.is_collectivite or found.is_national or found.is_head:
        return file
    content = file.submission.content
    frozen = {one["file"] for documents in content["documents"].values() for one in documents}
    attachments: dict[str, list[Attachment]] = {}
    for one in candidacy.attachments.filter(file__public_id__in=frozen).select_related("file", "added_by"):
        attachments.setdefault(one.requirement, []).append(one)
    answers = {key: Answer(candidacy=candidacy, question=key, value=value) for key, value in content["answers"].items()}
    return replace(file, answers=answers, attachments=attachments, correction=None)
