"""A table, XLSX or CSV, into rows of text. It is read, never run: a formula is named, not computed."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from marelle.documents.checks import DOCUMENTS, Accepted, UploadRefused, check
from marelle.documents.checks.names import extension_of

MOST_BYTES = 10 * 1024 * 1024
MOST_XML = 20 * 1024 * 1024
"""Once unpacked, pictures aside: what a spreadsheet program holds in memory is many times that."""
MOST_ROWS, MOST_COLUMNS = 2_000, 80
LONGEST_CELL = 50_000
WORKBOOK = Accepted("un tableur XLSX ou un fichier CSV", {"xlsx": DOCUMENTS.types["xlsx"]})


@dataclass
class Row:
    """`number` as the spreadsheet shows it; `wrong`: what is wrong with a cell, by its place."""

    number: int
    cells: list[str]
    wrong: dict[int, str] = field(default_factory=dict)


def read_table(content: bytes, name: str) -> list[Row]:
    """The rows that hold something, the header first. Raises `UploadRefused`, in words."""
    if not content:
        raise UploadRefused(_("Ce fichier est vide."))
    if len(content) > MOST_BYTES:
        raise UploadRefused(
            _("Ce tableau pèse plus de {most} Mo. Retirez-en les images, ou coupez-le en plusieurs tableaux.").format(
                most=MOST_BYTES // (1024 * 1024)
            )
        )
    kind = extension_of(name)
    if kind == "xlsx":
        rows = _xlsx(content, name)
    elif kind in {"csv", "txt", "tsv"}:
        rows = _csv(content)
    else:
        raise UploadRefused(
            _("Ce n’est pas un tableau que nous savons lire. Enregistrez-le en XLSX ou en CSV, puis joignez-le.")
        )
    kept = [row for row in rows if row.wrong or any(row.cells)]
    if not kept:
        raise UploadRefused(_("Ce tableau est vide. Partez du modèle, il a les bonnes colonnes."))
    if len(kept) < 2:
        raise UploadRefused(_("Ce tableau n’a que ses titres de colonnes. Ajoutez une ligne par fiche."))
    if len(kept) > MOST_ROWS + 1:
        raise UploadRefused(
            _("Ce tableau a plus de {most} lignes. Coupez-le en plusieurs\u202f: chacun s’importe à son tour.").format(
                most=MOST_ROWS
            )
        )
    return kept


# --- CSV --------------------------------------------------------------------------------------------------------


def _csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL * 4))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise UploadRefused(_("Ce fichier CSV est abîmé. Enregistrez-le de nouveau, ou en XLSX.")) from None
    for number, cells in enumerate(rows, start=1):
        yield _row(number, [_unescaped(cell.strip()) for cell in cells[:MOST_COLUMNS]])


def _decoded(content: bytes) -> str:
    """UTF-8 when it is, else what Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise UploadRefused(_("Ce fichier n’est pas du texte. Enregistrez le tableau en CSV (UTF-8) ou en XLSX."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _delimiter(text: str) -> str:
    """What cuts the first line that holds something into most pieces; a semicolon when nothing does."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,\t", key=lambda sign: (first.count(sign), sign == ";"))


def _unescaped(cell: str) -> str:
    """Our own exports put an apostrophe before what a spreadsheet would compute."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


# --- XLSX -------------------------------------------------------------------------------------------------------


def _xlsx(content: bytes, name: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="marelle-") as folder:
        path = Path(folder) / "table.xlsx"
        path.write_bytes(content)
        check(path, name=name, accept=WORKBOOK)
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xml")) > MOST_XML:
                raise UploadRefused(
                    _("Ce tableau est trop grand une fois ouvert. Copiez les lignes utiles dans un classeur neuf.")
                )
        try:
            book = load_workbook(path, keep_links=False)
            sheet = book.worksheets[0]
        except Exception:  # A workbook breaks in more ways than one can name, and none of them is ours.
            raise UploadRefused(_("Ce classeur est abîmé. Enregistrez-le de nouveau, puis joignez-le.")) from None
    merged = _merged(sheet)
    for number, cells in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)), start=1):
        values, wrong = [], dict(merged.get(number, {}))
        for place, cell in enumerate(cells):
            try:
                values.append(_text(cell))
            except _WrongCell as problem:
                values.append("")
                wrong.setdefault(place, str(problem))
        yield _row(number, values, wrong)


class _WrongCell(Exception):
    pass


def _merged(sheet: Any) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for area in sheet.merged_cells.ranges:
        words = _(
            "les cellules {area} sont fusionnées. Défusionnez-les, et écrivez la valeur dans chaque ligne."
        ).format(area=area.coord)
        for number in range(area.min_row, min(area.max_row, area.min_row + MOST_ROWS) + 1):
            found.setdefault(number, {})[area.min_col - 1] = words
    return found


def _text(cell: Any) -> str:
    value = cell.value
    if cell.data_type == "f":
        raise _WrongCell(_("c’est une formule. Copiez la colonne, puis collez-la en «\u202fvaleurs seules\u202f»."))
    if cell.data_type == "e":
        raise _WrongCell(_("le tableur affiche une erreur ({value}). Corrigez-la.").format(value=value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime | date):
        raise _WrongCell(
            _("le tableur en a fait une date ({value}). Écrivez «\u202f8 à 12\u202f» plutôt que «\u202f8-12\u202f», ou mettez la "
              "colonne au format texte.").format(value=value.strftime("%d/%m/%Y"))
        )  # fmt: skip
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _row(number: int, cells: list[str], wrong: dict[int, str] | None = None) -> Row:
    wrong = wrong or {}
    for place, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            cells[place] = ""
            wrong[place] = _("plus de {n} signes. Mettez le document dans les fichiers.").format(n=LONGEST_CELL)
    return Row(number, ["".join(c for c in cell if c >= " " or c in "\n\t") for cell in cells], wrong)
