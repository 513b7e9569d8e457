"""Submissions by hand: the instruction begins where the file was handed over."""

import hashlib
import json

from marelle.documents.models import File
from marelle.programme.models import Submission
from tests.programme.factories import COMPLETE


def submit(candidacy, *, at, answers=COMPLETE, documents=None):
    """The file as it was handed over once more; a fresh instance of the same candidacy sees it."""
    content = {"version": candidacy.version.number, "answers": answers, "documents": documents or {}}
    return Submission.objects.create(
        candidacy=candidacy, number=candidacy.submissions.count() + 1, content=content,
        digest=hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
        submitted_at=at, submitted_by=candidacy.opened_by,
    )  # fmt: skip


def paper(name="deliberation.pdf", content=b"%PDF-1.7 essai", *, at):
    """A stored file and how a submission speaks of it."""
    from django.core.files.base import ContentFile

    file = File(
        name=name, mime="application/pdf", size=len(content), sha256=hashlib.sha256(content).hexdigest(),
        origin="uploaded", created_at=at,
    )  # fmt: skip
    file.content.save(name, ContentFile(content), save=False)
    file.save()
    return {"file": file.public_id, "name": file.name, "sha256": file.sha256}
