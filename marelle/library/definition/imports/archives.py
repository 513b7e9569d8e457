"""A ZIP of files named by a table. Only what a row names is unpacked, one at a time, never to a path that the archive
chose, and never more of it than we take."""

from __future__ import annotations

import hashlib
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from marelle.documents.checks import DOCUMENTS, UploadRefused, check, shown_name

MOST_ENTRIES = 2_000
MOST_UNPACKED = 1024 * 1024 * 1024
HIGHEST_RATIO, SMALL = 300, 1024 * 1024
UNSEEN = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.I)


@dataclass(frozen=True)
class Packed:
    """A file that was found and looked into."""

    name: str
    print: str
    """SHA-256 of what the archive holds."""


class Archive:
    """Open for reading. Names are those that people read in their folders, whatever folder they are in."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._twice: set[str] = set()
        for entry in archive.infolist():
            if entry.is_dir() or UNSEEN.search(entry.filename):
                continue
            name = shown_name(entry.filename).casefold()
            if name in self._entries:
                self._twice.add(name)
            self._entries[name] = entry

    def look_into(self, name: str) -> Packed:
        """Check what it is. Raises `UploadRefused`, in words."""
        content = self.content(name)
        with tempfile.TemporaryDirectory(prefix="marelle-") as folder:
            path = Path(folder) / "packed"
            path.write_bytes(content)
            check(path, name=shown_name(name), accept=DOCUMENTS)
        return Packed(shown_name(name), hashlib.sha256(content).hexdigest())

    def content(self, name: str) -> bytes:
        wanted = shown_name(name).casefold()
        entry = self._entries.get(wanted)
        if entry is None:
            raise UploadRefused(_("«\u202f{name}\u202f» n’est pas dans l’archive ZIP.").format(name=shown_name(name)))
        if wanted in self._twice:
            raise UploadRefused(
                _("l’archive a deux fichiers «\u202f{name}\u202f». Renommez l’un d’eux.").format(name=shown_name(name))
            )
        most = settings.UPLOAD_MAX_BYTES
        with self._archive.open(entry) as packed:
            content = packed.read(most + 1)  # Whatever size it claims.
        if len(content) > most:
            raise UploadRefused(
                _("«\u202f{name}\u202f» pèse plus de {most} Mo.").format(
                    name=shown_name(name), most=most // (1024 * 1024)
                )
            )
        if not content:
            raise UploadRefused(_("«\u202f{name}\u202f» est vide.").format(name=shown_name(name)))
        return content


@contextmanager
def opened(file: IO[bytes] | Any) -> Iterator[Archive]:
    """Refuses, in words, what is no archive, or not one that an honest hand packs."""
    try:
        with zipfile.ZipFile(file) as archive:
            _honest(archive.infolist())
            yield Archive(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UploadRefused(_("Cette archive ZIP est abîmée ou protégée. Refaites-la, puis joignez-la.")) from None


def _honest(entries: list[zipfile.ZipInfo]) -> None:
    swollen = any(
        entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED or swollen:
        raise UploadRefused(_("Cette archive est anormalement volumineuse une fois ouverte. Elle n’a pas été lue."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise UploadRefused(_("Cette archive est protégée par un mot de passe. Refaites-la sans protection."))
    for entry in entries:
        parts = re.split(r"[\\/]", entry.filename)
        if entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise UploadRefused(
                _("Cette archive contient un chemin interdit («\u202f{name}\u202f»). Elle n’a pas été lue.").format(
                    name=entry.filename[:80]
                )
            )
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UploadRefused(_("Cette archive contient un raccourci vers un autre dossier. Elle n’a pas été lue."))
