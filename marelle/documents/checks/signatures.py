"""What a file is, from its bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import puremagic
from django.utils.translation import gettext as _

from .families import UploadRefused

ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
OOXML = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}


def kind_by_content(path: Path) -> str:
    """One of our extensions, or an empty string when it is none of them."""
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm"
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "vtt"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "avif" if head[8:12] in {b"avif", b"avis"} else "m4a"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return "mp3"
    return ""


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            return ODF.get(peek(archive, "mimetype", 100).strip(), "") or next(
                (kind for mark, kind in OOXML.items() if mark in peek(archive, "[Content_Types].xml", 1_000_000)), ""
            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UploadRefused(_("Ce fichier est abîmé. Enregistrez-le de nouveau, puis joignez-le.")) from None


def peek(archive: zipfile.ZipFile, name: str, at_most: int) -> bytes:
    """The first bytes of one entry; nothing when there is none. Never more than `at_most`, whatever it claims."""
    try:
        with archive.open(name) as entry:
            return entry.read(at_most)
    except KeyError:
        return b""


def words_for(kind: str, path: Path) -> str:
    """What the file seems to be, to tell the person."""
    known = {
        "pdf": _("un PDF"),
        "mp3": _("un son MP3"),
        "ogg": _("un son OGG"),
        "m4a": _("un son ou un film MP4"),
        "png": _("une image PNG"),
        "jpg": _("une image JPEG"),
        "webp": _("une image WebP"),
        "webm": _("un film WebM"),
        "vtt": _("des sous-titres"),
        "avif": _("une image AVIF"),
        "docx": _("un document DOCX"),
        "xlsx": _("un tableur XLSX"),
        "odt": _("un document ODT"),
        "ods": _("un tableur ODS"),
    }
    if kind in known:
        return known[kind]
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return _("un programme")
    if head.startswith(b"PK"):
        return _("une archive, ou un document d’un autre genre")
    if head.lstrip()[:1] == b"<":
        return _("une page web ou du texte balisé")
    try:
        guess = puremagic.from_string(head).lstrip(".")
    except (puremagic.PureError, ValueError):
        guess = ""
    return _("un fichier « .%(guess)s »") % {"guess": guess} if guess.isalnum() else _("autre chose")
