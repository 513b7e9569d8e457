"""Tables and archives, as people make them, and as nobody should."""

import csv
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADER = ["Référence", "Nature", "Titre", "Résumé", "Âges", "Thèmes", "Articles", "Cadres", "Texte", "Fichiers"]
ROW = {
    "Référence": "A1", "Nature": "activité", "Titre": "La carte des cachettes", "Résumé": "On dessine, puis on sort voir.",
    "Âges": "8 à 12 ans", "Thèmes": "Participation", "Articles": "12", "Cadres": "en classe",
    "Texte": "# Pourquoi\nPour **voir**.\n\n1. Dessiner (10 min) : chacun le sien.",
}  # fmt: skip


def row(**said):
    """`row(Titre="…")`: the usual one, with this said otherwise."""
    return {**ROW, **{name.replace("_", " "): value for name, value in said.items()}}


def grid(rows):
    names = list(dict.fromkeys([*HEADER, *(name for one in rows for name in one)]))
    names = [name for name in names if any(name in one for one in rows)]
    return [names, *([one.get(name, "") for name in names] for one in rows)]


def xlsx(rows, *, merge=(), name="table.xlsx"):
    book = Workbook()
    sheet = book.active
    for one in grid(rows):
        sheet.append(one)
    for area in merge:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def csv_file(rows, *, encoding="utf-8", delimiter=";", name="table.csv"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(grid(rows))
    return SimpleUploadedFile(name, out.getvalue().encode(encoding))


def packed(entries, name="fichiers.zip"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries.items():
            archive.writestr(path, content)
    return SimpleUploadedFile(name, out.getvalue())
