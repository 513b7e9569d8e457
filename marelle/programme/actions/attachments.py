"""Documents joined to a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.documents.actions import store_upload
from marelle.programme.models import Attachment, Candidacy
from marelle.programme.rules import files as rules

from .moving import locked

MOST = 20
"""Documents joined for one requirement: beyond, it is a folder, not a document."""


@transaction.atomic
def add(*, candidacy: Candidacy, requirement: str, uploads: Iterable, by, at: datetime) -> list[Attachment]:
    """Join documents for one requirement. All are taken, or none: `UploadRefused` says which one and why."""
    candidacy = locked(candidacy)
    wanted = _wanted(candidacy, requirement)
    require(rules.can_write(by, candidacy, requirement))
    uploads = list(uploads)
    if not uploads:
        raise Refused(_("Choisissez un fichier."))
    here = candidacy.attachments.filter(requirement=requirement, removed_at__isnull=True).count()
    if not wanted.several and (here or len(uploads) > 1):
        raise Refused(_("Une seule pièce est attendue ici : remplacez celle qui est jointe."))
    if here + len(uploads) > MOST:
        raise Refused(_("Pas plus de %(most)d fichiers ici.") % {"most": MOST})
    return [_join(candidacy, requirement, upload, by, at) for upload in uploads]


@transaction.atomic
def replace(*, attachment: Attachment, upload, by, at: datetime) -> Attachment:
    """Put another document in the place of this one. The old one can be put back."""
    candidacy = locked(attachment.candidacy)
    require(rules.can_write(by, candidacy, attachment.requirement))
    if upload is None:
        raise Refused(_("Choisissez un fichier."))
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if attachment.removed_at is not None:
        raise Refused(_("Cette pièce a été retirée entre-temps."))
    new = _join(candidacy, attachment.requirement, upload, by, at)
    _take_off(attachment, by, at)
    return new


@transaction.atomic
def remove(*, attachment: Attachment, by, at: datetime) -> Attachment:
    """Take a document off the file. What was submitted keeps it, and it can be put back."""
    candidacy = locked(attachment.candidacy)
    require(rules.can_write(by, candidacy, attachment.requirement))
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if attachment.removed_at is None:
        _take_off(attachment, by, at)
        _seen(candidacy, at)
    return attachment


@transaction.atomic
def put_back(*, attachment: Attachment, by, at: datetime) -> Attachment:
    """Undo a removal."""
    candidacy = locked(attachment.candidacy)
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    attachment.candidacy = candidacy
    require(rules.can_restore(by, attachment))
    others = candidacy.attachments.filter(requirement=attachment.requirement, removed_at__isnull=True)
    if not _wanted(candidacy, attachment.requirement).several and others.exists():
        raise Refused(_("Une autre pièce a pris sa place : retirez-la d’abord."))
    attachment.removed_at = attachment.removed_by = None
    attachment.save(update_fields=["removed_at", "removed_by"])
    record("programme.attachment.put_back", on=attachment, by=by, at=at, requirement=attachment.requirement)
    _seen(candidacy, at)
    return attachment


def _join(candidacy: Candidacy, requirement: str, upload, by, at: datetime) -> Attachment:
    file = store_upload(upload, by=by, at=at)
    attachment = Attachment.objects.create(
        candidacy=candidacy, requirement=requirement, file=file, added_at=at, added_by=by
    )
    record("programme.attachment.added", on=attachment, by=by, at=at, requirement=requirement, sha256=file.sha256)
    _seen(candidacy, at)
    return attachment


def _take_off(attachment: Attachment, by, at: datetime) -> None:
    attachment.removed_at, attachment.removed_by = at, by
    attachment.save(update_fields=["removed_at", "removed_by"])
    record("programme.attachment.removed", on=attachment, by=by, at=at, requirement=attachment.requirement)


def _seen(candidacy: Candidacy, at: datetime) -> None:
    candidacy.last_activity_at = at
    candidacy.save(update_fields=["last_activity_at"])


def _wanted(candidacy: Candidacy, requirement: str):
    for document in candidacy.version.definition.documents:
        if document.key == requirement:
            return document
    raise Refused(_("Cette pièce n’est pas demandée dans ce dossier."))
