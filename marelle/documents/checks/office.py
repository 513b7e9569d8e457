"""A word-processor or spreadsheet file that opens, that is not a bomb, and that carries no macro."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from .families import UploadRefused
from .signatures import peek

MOST_ENTRIES = 5_000
MOST_BYTES = 300 * 1024 * 1024
"""Once unpacked."""
HIGHEST_RATIO = 300
SMALL = 1024 * 1024
"""Below this, how well an entry packs does not matter."""
MACRO = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|activex\d*\..*)$|(^|/)activex/|^(basic|scripts|dialogs)/|/macrosheets/", re.I
)
RUNS = re.compile(r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar|sh|py)$", re.I)


def check_office(path: Path, kind: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _no_bomb(archive)
            _no_lock(archive)
            _no_macro(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UploadRefused(_("Ce document est abîmé. Enregistrez-le de nouveau, puis joignez-le.")) from None


def _no_bomb(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    swollen = any(
        entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES or swollen:
        raise UploadRefused(_("Ce document est anormalement volumineux une fois ouvert. Joignez-en une copie en PDF."))
    if any(entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", entry.filename) for entry in entries):
        raise UploadRefused(_("Ce document n’est pas construit comme il le devrait. Joignez-en une copie en PDF."))


def _no_lock(archive: zipfile.ZipFile) -> None:
    if any(entry.flag_bits & 1 for entry in archive.infolist()) or b"encryption-data" in peek(
        archive, "META-INF/manifest.xml", 2_000_000
    ):
        raise UploadRefused(
            _("Ce document est protégé par un mot de passe. Enregistrez-en une copie sans protection, puis joignez-la.")
        )


def _no_macro(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if (
        any(MACRO.search(name) or RUNS.search(name) for name in names)
        or b"macroEnabled" in peek(archive, "[Content_Types].xml", 1_000_000)
        or _template_from_elsewhere(archive)
    ):
        raise UploadRefused(
            _("Ce document contient des macros ou un programme. Joignez-en une copie sans macros, ou en PDF.")
        )


def _template_from_elsewhere(archive: zipfile.ZipFile) -> bool:
    """A template fetched from the web when the document opens: the old way round a ban on macros."""
    links = peek(archive, "word/_rels/settings.xml.rels", 1_000_000)
    return b"attachedTemplate" in links and b'"External"' in links and b"http" in links
