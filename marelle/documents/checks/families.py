"""Families of files a place of the product takes in."""

from __future__ import annotations

from dataclasses import dataclass


class UploadRefused(Exception):
    """The file cannot be taken; the message says why and what to do, in French."""


@dataclass(frozen=True)
class Accepted:
    """A family of files, in words, with extensions and MIME types."""

    words: str
    types: dict[str, str]  # extension → MIME


DOCUMENTS = Accepted(
    "un PDF, une image (PNG, JPEG) ou un document bureautique (DOCX, XLSX, ODT, ODS)",
    {
        "pdf": "application/pdf",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    },
)
PDF_ONLY = Accepted("un PDF", {"pdf": "application/pdf"})
