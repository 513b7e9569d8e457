"""A PDF that opens, that nobody locked, and in which nothing runs."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from .families import UploadRefused

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # It tells of every oddity of every file.

MOST_OBJECTS = 300_000
DEEPEST = 40
HARMLESS = {"csv", "jpeg", "jpg", "pdf", "png", "txt", "xml"}
"""Files a PDF may carry inside (an invoice carries its XML)."""
RUNS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/Movie"}


def check_pdf(path: Path, kind: str) -> None:
    if zipfile.is_zipfile(path):
        raise UploadRefused(_("Ce PDF est aussi une archive. Imprimez-le en PDF, puis joignez la copie."))
    try:
        _open(path)
    except UploadRefused:
        raise
    except Exception:  # A reader may fail in a hundred ways on a broken file, none of which is ours.
        raise UploadRefused(
            _("Ce PDF ne s’ouvre pas : il est peut-être abîmé. Ouvrez-le, enregistrez-le de nouveau, puis joignez-le.")
        ) from None


def _open(path: Path) -> None:
    with path.open("rb") as file:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise UploadRefused(
                _("Ce PDF est protégé par un mot de passe. Enregistrez-en une copie sans protection, puis joignez-la.")
            )
        if not len(reader.pages):
            raise UploadRefused(_("Ce PDF n’a aucune page."))
        for thing in _objects(reader):
            for part in _dictionaries(thing):
                _refuse_what_runs(part)


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, those that no page shows included."""
    yield reader.trailer
    ids = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    ids |= {(number, 0) for number in reader.xref_objStm}
    if len(ids) > MOST_OBJECTS:
        raise UploadRefused(_("Ce PDF est trop complexe pour être vérifié. Imprimez-le en PDF, puis joignez la copie."))
    for number, generation in sorted(ids):
        if number:
            yield reader.get_object(IndirectObject(number, generation, reader))


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[DictionaryObject]:
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(thing, DictionaryObject):
        yield thing
        parts = list(thing.values())
    elif isinstance(thing, ArrayObject):
        parts = list(thing)
    else:
        return
    for part in parts:
        if isinstance(part, DictionaryObject | ArrayObject):
            yield from _dictionaries(part, depth + 1)


def _refuse_what_runs(part: DictionaryObject) -> None:
    if "/JS" in part or part.get("/S") in RUNS or "/XFA" in part:
        raise UploadRefused(
            _("Ce PDF contient un programme (JavaScript ou lancement). Imprimez-le en PDF, puis joignez la copie.")
        )
    if "/EF" in part:
        name = str(part.get("/UF") or part.get("/F") or "")
        if name.rpartition(".")[2].lower() not in HARMLESS:
            raise UploadRefused(_("Ce PDF cache un autre fichier. Imprimez-le en PDF, puis joignez la copie."))
