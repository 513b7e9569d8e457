"""The only door by which a file comes in, and the one by which a PDF is made."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File as DjangoFile
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from . import queries
from .checks import DOCUMENTS, Accepted, UploadRefused, check, check_name, shown_name, without_metadata
from .models import File, Origin

ORPHANS_KEPT = timedelta(days=2)
"""A file nothing refers to may still be on its way to the row that will."""


MOST_FILES_A_DAY = 300
"""Files one person brings in a day, all places together: a disk is not filled by one account, even an honest one."""


def store_upload(
    upload: UploadedFile, *, by: Any, at: datetime, accept: Accepted = DOCUMENTS, most_bytes: int = 0
) -> File:
    """Take in a file a person brought, after checking size and content. Raises `UploadRefused` with words.

    `most_bytes`: a place that takes larger files than the rest of the installation says how large.
    Pictures are written anew, so that the place where a photograph was taken stays with who took it.
    """
    name = shown_name(upload.name)
    check_name(name, accept)
    _check_pace(by, at)
    most = most_bytes or min(accept.most_bytes or settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
    _check_size(upload.size or 0, most)
    with tempfile.TemporaryDirectory(prefix="marelle-") as folder:
        path = Path(folder) / "upload"
        _check_size(_write(upload.chunks(), path, most), most)
        mime = check(path, name=name, accept=accept)
        if mime.startswith("image/"):
            clean = Path(folder) / "clean"
            without_metadata(path, mime, clean)
            path = clean
        with path.open("rb") as content:
            return _keep(DjangoFile(content), name=name, mime=mime, origin=Origin.UPLOADED, by=by, at=at)


def make_pdf(template: str, data: dict[str, Any], *, name: str, title: str, by: Any, at: datetime) -> File:
    """Make a tagged PDF/UA-1 from a Typst template (`programme/typst/receipt.typ`) and JSON data, and keep it."""
    from .typesetting import pdf

    return store_bytes(pdf(template, data, title=title), name=name, mime="application/pdf", by=by, at=at)


def store_bytes(content: bytes, *, name: str, mime: str, by: Any, at: datetime) -> File:
    """Keep a file that Marelle made (an export, a PDF)."""
    return _keep(ContentFile(content), name=shown_name(name), mime=mime, origin=Origin.GENERATED, by=by, at=at)


def store_stream(content: DjangoFile, *, name: str, mime: str, by: Any, at: datetime) -> File:
    """Keep a file that Marelle made and that does not fit in memory."""
    return _keep(content, name=shown_name(name), mime=mime, origin=Origin.GENERATED, by=by, at=at)


def purge_orphans(*, at: datetime) -> int:
    """Delete files that nothing refers to any more: rows first, then bytes. Gives how many."""
    orphans = list(queries.orphans(older_than=at - ORPHANS_KEPT)[:1000])
    for file in orphans:
        forget(file=file)
    return len(orphans)


@transaction.atomic
def forget(*, file: File) -> None:
    """Delete a file: its row now, its bytes once that is committed. The caller knows that nothing needs it."""
    storage, path = file.content.storage, str(file.content.name)
    file.delete()
    transaction.on_commit(lambda: storage.delete(path))


def _check_pace(by: Any, at: datetime) -> None:
    recent = File.objects.filter(created_by=by, origin=Origin.UPLOADED, created_at__gt=at - timedelta(days=1))
    if by is not None and recent.count() >= MOST_FILES_A_DAY:
        raise UploadRefused(_("Vous avez déjà joint %d fichiers en un jour. Continuez demain.") % MOST_FILES_A_DAY)


def _check_size(size: int, most: int) -> None:
    if not size:
        raise UploadRefused(_("Ce fichier est vide."))
    if size > most:
        raise UploadRefused(
            _("Ce fichier pèse %(size)s Mo ; il ne doit pas dépasser %(most)s Mo. Réduisez-le, puis joignez-le.")
            % {"size": _megabytes(size), "most": _megabytes(most)}
        )


def _megabytes(size: int) -> str:
    """« 1,5 », « 20 »: rounded up, as whoever is told that it is too much expects."""
    if size < 10_000_000:
        return f"{-(-size // 100_000) / 10:g}".replace(".", ",")
    return str(-(-size // (1024 * 1024)))


def _write(chunks: Iterable[bytes], path: Path, most: int) -> int:
    """To disk piece by piece, stopping as soon as it is too much; gives the size written."""
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                break
            file.write(chunk)
    return size


def _keep(content: DjangoFile, *, name: str, mime: str, origin: str, by: Any, at: datetime) -> File:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    file = File(
        name=name, mime=mime, size=content.size, sha256=digest.hexdigest(), origin=origin, created_at=at, created_by=by
    )
    file.content.save(name, content, save=False)
    try:
        file.save()
    except Exception:
        file.content.storage.delete(str(file.content.name))
        raise
    return file
