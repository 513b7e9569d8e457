"""Documents of a file: join, replace, take off, put back, download."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.checks import DOCUMENTS, UploadRefused
from marelle.documents.responses import serve
from marelle.programme.actions import attachments
from marelle.programme.models import Attachment, Candidacy
from marelle.programme.queries import files
from marelle.programme.queries.hats import hats
from marelle.programme.queries.readers import file_for
from marelle.programme.queries.review import was_submitted
from marelle.programme.rules import files as rules

from .file_pages import find, shell


@require_safe
def documents(request, public_id: str):
    return _page(request, find(request, public_id))


@require_POST
def add(request, public_id: str, key: str):
    candidacy = find(request, public_id)
    if key not in {document.key for document in candidacy.version.definition.documents}:
        raise Http404
    try:
        joined = attachments.add(
            candidacy=candidacy,
            requirement=key,
            uploads=request.FILES.getlist("file"),
            by=request.user,
            at=timezone.now(),
        )
    except (Refused, UploadRefused) as refusal:
        return _page(request, candidacy, key=key, refused=str(refusal))
    messages.success(request, _("Jointe : %(names)s") % {"names": ", ".join(a.file.name for a in joined)})
    return _back(candidacy, key)


@require_POST
def replace(request, public_id: str):
    attachment = _seen(request, public_id)
    try:
        new = attachments.replace(
            attachment=attachment, upload=request.FILES.get("file"), by=request.user, at=timezone.now()
        )
    except (Refused, UploadRefused) as refusal:
        return _page(request, attachment.candidacy, key=attachment.requirement, refused=str(refusal))
    messages.success(request, _("Remplacée par : %(name)s") % {"name": new.file.name})
    return _back(attachment.candidacy, attachment.requirement)


@require_POST
def remove(request, public_id: str):
    attachment = _seen(request, public_id)
    try:
        attachments.remove(attachment=attachment, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, attachment.candidacy, key=attachment.requirement, refused=str(refusal))
    messages.success(request, _("Pièce retirée. Vous pouvez la remettre, sur cette page."))
    return _back(attachment.candidacy, attachment.requirement)


@require_POST
def put_back(request, public_id: str):
    attachment = _seen(request, public_id)
    try:
        attachments.put_back(attachment=attachment, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, attachment.candidacy, key=attachment.requirement, refused=str(refusal))
    messages.success(request, _("Pièce remise au dossier."))
    return _back(attachment.candidacy, attachment.requirement)


@require_safe
def download(request, public_id: str):
    """A document, to those who may see the file. What was not handed over yet is a draft: a volunteer or an expert
    does not fetch it, and one taken off is its collectivité's own."""
    attachment = _seen(request, public_id)
    worn = hats(request.user, attachment.candidacy)
    on_file = not attachment.removed_at and (worn.is_national or worn.is_head)
    if not (worn.is_collectivite or on_file or was_submitted(attachment.candidacy, attachment.file.public_id)):
        raise Http404
    return serve(attachment.file, inline="voir" in request.GET)


def _seen(request, public_id: str) -> Attachment:
    rows = Attachment.objects.select_related(
        "file", "candidacy__organisation", "candidacy__territory", "candidacy__version", "candidacy__route__mandate"
    ).filter(candidacy__in=Candidacy.objects.visible_to(request.user))
    return get_object_or_404(rows, public_id=public_id)


def _back(candidacy: Candidacy, key: str):
    return redirect(f"{files.documents_url(candidacy)}#d-{key}")


def _page(request, candidacy: Candidacy, *, key: str = "", refused: str = ""):
    file = file_for(request.user, candidacy)
    may_write = rules.can_write(request.user, candidacy)
    removed: dict[str, list[Attachment]] = {}
    if may_write:
        for one in candidacy.attachments.filter(removed_at__isnull=False).select_related("file", "removed_by"):
            removed.setdefault(one.requirement, []).append(one)
    rows = [
        {
            "document": document,
            "joined": file.attachments.get(document.key, []),
            "removed": removed.get(document.key, [])[-3:],
            "can_write": rules.can_write(request.user, candidacy, document.key, open_keys=file.open_keys),
            "to_correct": file.to_correct.get(document.key, ""),
            "is_changed": document.key in file.changed,
            "refused": refused if document.key == key else "",
        }
        for document in file.documents_asked
    ]
    context = shell(request, candidacy, file, rows=rows, current="pieces", accepted=DOCUMENTS)
    context["largest"] = settings.UPLOAD_MAX_BYTES // 2**20
    context["accept"] = ",".join(f".{extension}" for extension in DOCUMENTS.types)
    context |= {"previous": file.parts[-2] if len(file.parts) > 1 else None}
    context["check_url"] = reverse("programme:file_check", args=[candidacy.public_id])
    return render(request, "programme/file/documents.html", context)
