"""The only door by which a file comes in, and the one by which a PDF is made."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from .checks import DOCUMENTS, Accepted, UploadRefused
from .models import File, Origin


def store_upload(upload: UploadedFile, *, by: Any, at: datetime, accept: Accepted = DOCUMENTS) -> File:
    """Take in a file a person brought, after checking size and content. Raises `UploadRefused` with words."""
    extension = (upload.name or "").rpartition(".")[2].lower()
    if extension not in accept.types:
        raise UploadRefused(f"Ce fichier n’est pas accepté. Joignez {accept.words}.")
    return _keep(upload.read(), name=upload.name, mime=accept.types[extension], origin=Origin.UPLOADED, by=by, at=at)


def make_pdf(template: str, data: dict[str, Any], *, name: str, title: str, by: Any, at: datetime) -> File:
    """Make a tagged PDF/UA-1 from a Typst template (`programme/typst/receipt.typ`) and JSON data, and keep it."""
    from .typesetting import pdf

    return _keep(
        pdf(template, data, title=title), name=name, mime="application/pdf", origin=Origin.GENERATED, by=by, at=at
    )


def store_bytes(content: bytes, *, name: str, mime: str, by: Any, at: datetime) -> File:
    """Keep a file that Marelle made (an export, a PDF)."""
    return _keep(content, name=name, mime=mime, origin=Origin.GENERATED, by=by, at=at)


def _keep(content: bytes, *, name: str, mime: str, origin: str, by: Any, at: datetime) -> File:
    file = File(
        name=name[:200], mime=mime, size=len(content), sha256=hashlib.sha256(content).hexdigest(),
        origin=origin, created_at=at, created_by=by,
    )  # fmt: skip
    file.content.save(name, ContentFile(content), save=False)
    file.save()
    return file
