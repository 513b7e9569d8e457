"""Files of a resource: added, put right by a new version, put in order, withdrawn. What was put online once keeps its
address for ever."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.documents.actions import store_upload
from marelle.documents.checks import DOCUMENTS
from marelle.documents.models import File
from marelle.library.emails import resources as emails
from marelle.library.enums import Language, PreviewState, Variant
from marelle.library.models import FileVersion, Resource, ResourceFile, Watch
from marelle.library.rules import files as rules
from marelle.notifications.actions import send_on_commit

TAKEN = DOCUMENTS
PDF = "application/pdf"


@transaction.atomic
def add(
    *,
    resource: Resource,
    content: UploadedFile | File,
    label: str,
    by: Any,
    at: datetime,
    language: str = Language.FR,
    variant: str = Variant.COLOUR,
) -> ResourceFile:
    """Give a resource one more file, with its first version. `content`: what somebody brought (checked first; raises
    `UploadRefused` with words), or a file that Marelle made."""
    resource = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    require(rules.can_add(by, resource))
    last = resource.files.aggregate(last=Max("position"))["last"]
    file = ResourceFile.objects.create(
        resource=resource, label=label, language=language, variant=variant, position=0 if last is None else last + 1
    )
    version = _keep(file, content, number=1, changes="", by=by, at=at)
    record("library.file.added", on=resource, by=by, at=at, file=file.public_id, version=version.public_id)
    return file


@transaction.atomic
def add_version(
    *, file: ResourceFile, content: UploadedFile | File, changes: str, by: Any, at: datetime
) -> FileVersion:
    """Put a file right: the new version is what people find from now on; the ones before keep their own addresses. Who
    asked to be told is told what changes."""
    file = ResourceFile.objects.select_for_update(of=("self",)).select_related("resource").get(pk=file.pk)
    require(rules.can_change(by, file))
    number = (file.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = _keep(file, content, number=number, changes=changes, by=by, at=at)
    record("library.file.versioned", on=file.resource, by=by, at=at, file=file.public_id, number=number)
    for watch in Watch.objects.filter(resource=file.resource).select_related("person"):
        send_on_commit(
            emails.new_version, to=watch.person, at=at, collapse=f"resource-{file.resource_id}", watch=watch,
            since=at.isoformat(),
        )  # fmt: skip
    return version


@transaction.atomic
def describe(*, file: ResourceFile, label: str, language: str, variant: str, by: Any, at: datetime) -> ResourceFile:
    """Call it otherwise; its address and its versions stay."""
    file = _locked(file)
    require(rules.can_change(by, file))
    file.label, file.language, file.variant = label, language, variant
    file.save(update_fields=["label", "language", "variant"])
    record("library.file.changed", on=file.resource, by=by, at=at, file=file.public_id)
    return file


@transaction.atomic
def move(*, file: ResourceFile, up: bool, by: Any, at: datetime) -> ResourceFile:
    """One place up or down among those that stand. At the end already: nothing moves."""
    file = _locked(file)
    require(rules.can_change(by, file))
    files = list(file.resource.files.filter(withdrawn_at=None))
    here = next(n for n, one in enumerate(files) if one.pk == file.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(files):
        files[here], files[there] = files[there], files[here]
        for place, one in enumerate(files):
            ResourceFile.objects.filter(pk=one.pk).update(position=place)
        record("library.file.changed", on=file.resource, by=by, at=at, file=file.public_id)
    return file


@transaction.atomic
def withdraw(*, file: ResourceFile, by: Any, at: datetime) -> ResourceFile:
    """Nobody takes it any more: its addresses say that it was withdrawn, and lead to the resource."""
    file = _locked(file)
    require(rules.can_change(by, file))
    file.withdrawn_at = at
    file.save(update_fields=["withdrawn_at"])
    record("library.file.withdrawn", on=file.resource, by=by, at=at, file=file.public_id)
    return file


@transaction.atomic
def restore(*, file: ResourceFile, by: Any, at: datetime) -> ResourceFile:
    """Back at its place, with all its versions."""
    file = _locked(file)
    require(rules.can_restore(by, file))
    file.withdrawn_at = None
    file.save(update_fields=["withdrawn_at"])
    record("library.file.restored", on=file.resource, by=by, at=at, file=file.public_id)
    return file


def _locked(file: ResourceFile) -> ResourceFile:
    return ResourceFile.objects.select_for_update(of=("self",)).select_related("resource").get(pk=file.pk)


def _keep(
    file: ResourceFile, content: UploadedFile | File, *, number: int, changes: str, by: Any, at: datetime
) -> FileVersion:
    from marelle.library.tasks import draw_pages

    stored = content if isinstance(content, File) else store_upload(content, by=by, at=at, accept=TAKEN)
    drawable = stored.mime == PDF
    version = FileVersion.objects.create(
        file=file, number=number, stored=stored, changes=changes, added_at=at, added_by=by,
        preview=PreviewState.WAITING if drawable else PreviewState.NONE,
    )  # fmt: skip
    if drawable:
        transaction.on_commit(lambda: draw_pages.enqueue(version.pk))
    return version
