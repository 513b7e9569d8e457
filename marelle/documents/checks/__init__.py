"""What an uploaded file must be: checked by its content, never by its name alone.

Knows no database. `check(path, name=…, accept=…)` gives the MIME type, or raises `UploadRefused` in French.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from .captions import check_captions
from .families import CAPTIONS, DOCUMENTS, FILMS, PDF_ONLY, PICTURES, SOUNDS, Accepted, UploadRefused
from .films import check_film
from .names import extension_of, shown_name
from .office import check_office
from .pdf import check_pdf
from .pictures import check_picture, without_metadata
from .signatures import kind_by_content, words_for
from .sounds import check_sound

__all__ = [
    "CAPTIONS",
    "DOCUMENTS",
    "FILMS",
    "PDF_ONLY",
    "PICTURES",
    "SOUNDS",
    "Accepted",
    "UploadRefused",
    "check",
    "check_name",
    "shown_name",
    "without_metadata",
]

CHECKS = {
    "pdf": check_pdf,
    "png": check_picture,
    "jpg": check_picture,
    "webp": check_picture,
    "avif": check_picture,
    "mp3": check_sound,
    "ogg": check_sound,
    "m4a": check_sound,
    "mp4": check_film,
    "webm": check_film,
    "vtt": check_captions,
}


def check_name(name: str, accept: Accepted) -> str:
    """The extension, in lower case, when it is one we take."""
    extension = extension_of(name)
    if extension not in accept.types:
        raise UploadRefused(_("Ce fichier n’est pas accepté. Joignez %(words)s.") % {"words": accept.words})
    return extension


def check(path: Path, *, name: str, accept: Accepted) -> str:
    """The MIME type of a file whose content is what its name says, and holds nothing that runs."""
    extension = check_name(name, accept)
    found = kind_by_content(path)
    if found == "m4a" and extension == "mp4":
        found = "mp4"  # one container for sounds and films: which it is, the check tells
    if found != ("jpg" if extension == "jpeg" else extension):
        raise UploadRefused(
            _("Ce fichier s’appelle « .%(extension)s », mais il contient %(found)s. Joignez %(words)s.")
            % {"extension": extension, "found": words_for(found, path), "words": accept.words}
        )
    CHECKS.get(found, check_office)(path, found)
    return accept.types[extension]
