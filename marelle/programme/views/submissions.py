"""Checking a file, handing it over, its receipt, and the whole of it on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marelle.accounts.enums import WRITES_FILE
from marelle.accounts.queries import standing
from marelle.core.rules import Refused
from marelle.documents.responses import serve
from marelle.documents.typesetting import pdf
from marelle.programme.actions import submissions
from marelle.programme.enums import Status
from marelle.programme.queries import papers
from marelle.programme.queries.readers import file_for

from .file_pages import find, shell


@require_safe
def check(request, public_id: str):
    return _check(request, find(request, public_id))


@require_POST
def submit(request, public_id: str):
    candidacy = find(request, public_id)
    try:
        submission = submissions.hand_over(candidacy=candidacy, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _check(request, find(request, public_id), refusal)
    messages.success(request, _("Votre dossier est déposé."))
    return redirect("programme:submission", public_id, submission.number)


def _check(request, candidacy, refusal=None):
    file = file_for(request.user, candidacy)
    labels = {q.key: q.label for q in file.definition.questions.values()}
    labels |= {d.key: d.label for d in file.definition.documents}
    changed = [label for key, label in labels.items() if key in file.changed]
    untouched = [label for key, label in labels.items() if key in file.to_correct and key not in file.changed]
    context = shell(request, candidacy, file, refusal=refusal, changed=changed, untouched=untouched, current="verifier")
    return render(request, "programme/file/check.html", context)


@require_safe
def submission(request, public_id: str, number: int):
    """A submission as it was frozen: the confirmation, and later the proof."""
    candidacy = find(request, public_id)
    one = _submission(candidacy, number)
    documents = {}
    for attachment in candidacy.attachments.select_related("file"):
        documents[attachment.file.public_id] = attachment
    definition = candidacy.version.definition
    latest = candidacy.submissions.order_by("-number").values_list("number", flat=True).first()
    writes = standing(request.user).has_role_in(candidacy.organisation, WRITES_FILE)
    context = {
        "candidacy": candidacy,
        "latest": latest,
        "is_waiting": writes and latest == number and candidacy.status in {Status.FILED, Status.UNDER_REVIEW},
        "submission": one,
        "sections": papers.frozen_answers(definition, one.content),
        "documents": [
            (document, [(each, documents.get(each["file"])) for each in one.content["documents"].get(document.key, [])])
            for document in definition.documents
            if one.content["documents"].get(document.key)
        ],
    }
    return render(request, "programme/file/submission.html", context)


@require_safe
def receipt(request, public_id: str, number: int):
    one = _submission(find(request, public_id), number)
    if one.receipt is None:
        raise Http404
    return serve(one.receipt, inline="voir" in request.GET)


@require_safe
def whole(request, public_id: str):
    """The whole file on one page, to print: what the collectivité wrote, nothing of the team's notes."""
    candidacy = find(request, public_id)
    file = file_for(request.user, candidacy)
    context = shell(request, candidacy, file, paper=papers.whole(file), title=papers.whole_title(file))
    return render(request, "programme/file/whole.html", context)


@require_safe
def whole_pdf(request, public_id: str):
    candidacy = find(request, public_id)
    file = file_for(request.user, candidacy)
    title = papers.whole_title(file)
    content = pdf("programme/typst/file.typ", papers.whole(file), title=title)
    name = f"dossier-{candidacy.territory.code}-{candidacy.route.mandate.key}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _submission(candidacy, number: int):
    rows = candidacy.submissions.select_related("submitted_by", "receipt")
    return get_object_or_404(rows, number=number)
