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
    most_bytes: int = 0
    """A smaller limit than that of the installation; 0: the same."""


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
SOUNDS = Accepted(
    "un son (MP3, OGG ou M4A)",
    {"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4"},
    most_bytes=1_500_000,
)
"""A question read aloud: a minute and a half in good quality, and light on a bad connection."""
PICTURES = Accepted(
    "une image (JPEG, PNG, WebP ou AVIF)",
    {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"},
)
"""Of the public site. No SVG, which can carry a script; no GIF, which moves and cannot be stopped (RGAA 13.8)."""
FILMS = Accepted("un film (MP4 ou WebM)", {"mp4": "video/mp4", "webm": "video/webm"})
CAPTIONS = Accepted("des sous-titres WebVTT (.vtt)", {"vtt": "text/vtt"}, most_bytes=500_000)
