"""A whole table, read: for each line what it says, or what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from marelle.documents.checks import UploadRefused, shown_name
from marelle.library.definition.imports.archives import Archive
from marelle.library.definition.imports.cells import ERASE, Known, Unread, one_line, plain
from marelle.library.definition.imports.columns import FILES, REFERENCE, TABLES, Column, column_named
from marelle.library.definition.imports.tables import Row

Line = dict[str, Any]
"""As `Import.lines` keeps it."""


def read(
    kind: str, rows: list[Row], *, known: Known, already: Mapping[str, set[str]], archive: Archive | None
) -> tuple[list[Line], list[str]]:
    """Each line, and remarks about the table as a whole. `already`: the references imported before, with the names of
    their files. Raises `UploadRefused` when the table is not one of these."""
    header, *content = rows
    places, remarks = _columns(kind, header)
    seen: dict[str, int] = {}
    lines = [_line(row, places, known=known, already=already, archive=archive) for row in content]
    for line in lines:
        reference = plain(line["reference"])
        if not reference:
            continue
        if reference in seen:
            line["errors"].append(
                [str(_("Référence")), _("«\u202f{reference}\u202f» est déjà celle de la ligne {line}. Une référence nomme une seule fiche.").format(reference=line["reference"], line=seen[reference])]
            )  # fmt: skip
        else:
            seen[reference] = line["line"]
    return lines, remarks


def _columns(kind: str, header: Row) -> tuple[dict[int, Column], list[str]]:
    if header.wrong:
        raise UploadRefused(
            _("La première ligne, celle des titres, ne se lit pas\u202f: {why}").format(
                why=next(iter(header.wrong.values()))
            )
        )
    places: dict[int, Column] = {}
    unknown, twice = [], []
    for place, title in enumerate(header.cells):
        column = column_named(kind, title) if title.strip() else None
        if column is None:
            unknown += [one_line(title)[:60]] if title.strip() else []
        elif column in places.values():
            twice.append(str(column.header))
        else:
            places[place] = column
    if twice:
        raise UploadRefused(_("Colonne en double\u202f: {names}. Gardez-en une.").format(names=", ".join(twice)))
    missing = [str(one.header) for one in TABLES[kind] if one.required and one not in places.values()]
    if missing:
        raise UploadRefused(
            _("Il manque une colonne\u202f: {names}. La première ligne doit porter les titres du modèle.").format(
                names=", ".join(missing)
            )
        )
    remarks = []
    if unknown:
        remarks.append(
            _("Colonnes que l’import ne connaît pas, et n’a pas lues\u202f: {names}.").format(names=", ".join(unknown))
        )
    absent = [str(one.header) for one in TABLES[kind] if one not in places.values()]
    if absent:
        remarks.append(
            _("Colonnes absentes, donc laissées telles quelles\u202f: {names}.").format(names=", ".join(absent))
        )
    return places, remarks


def _line(
    row: Row, places: Mapping[int, Column], *, known: Known, already: Mapping[str, set[str]], archive: Archive | None
) -> Line:
    values: dict[str, Any] = {}
    errors: list[list[str]] = []
    files: list[dict[str, str]] = []
    cells = {column.key: row.cells[place] if place < len(row.cells) else "" for place, column in places.items()}
    reference = one_line(cells.get(REFERENCE, ""))[:60]
    new = reference not in already
    for place, column in places.items():
        text = cells[column.key]
        name = str(column.header)
        if place in row.wrong:
            errors.append([name, row.wrong[place]])
        elif column.required and (not text or plain(text) == ERASE) and (new or text):
            errors.append([name, _("cette case ne peut pas rester vide.")])
        elif not text:
            continue
        elif plain(text) == ERASE:
            values[column.key] = column.blank
        elif column.key == FILES:
            files = _files(text, already.get(reference, set()), archive, errors, name)
        else:
            try:
                values[column.key] = column.read(text, known)
            except Unread as problem:
                errors.append([name, str(problem)])
    errors += [[_("hors des colonnes"), words] for place, words in row.wrong.items() if place not in places]
    values.pop(REFERENCE, None)
    return {"line": row.number, "reference": reference, "values": values, "errors": errors, "files": files}


def _files(
    text: str, already: set[str], archive: Archive | None, errors: list[list[str]], column: str
) -> list[dict[str, str]]:
    """« fiche.pdf = La fiche », one a line (or between semicolons)."""
    found: list[dict[str, str]] = []
    for piece in (one.strip() for one in text.replace("\n", ";").split(";")):
        if not piece:
            continue
        said, _equal, label = piece.partition("=")
        name = shown_name(said.strip())
        label = (
            one_line(label)[:120] or name.rpartition(".")[0].replace("_", " ").replace("-", " ").strip().capitalize()
        )
        if archive is None and name in already:
            continue  # Imported before, and nothing new was brought.
        if any(one["name"] == name for one in found):
            errors.append([column, _("«\u202f{name}\u202f» est nommé deux fois.").format(name=name)])
            continue
        if archive is None:
            errors.append(
                [column, _("«\u202f{name}\u202f» est nommé, mais aucune archive ZIP n’a été jointe.").format(name=name)]
            )
            continue
        try:
            found.append({"name": name, "label": label or name, "print": archive.look_into(name).print})
        except UploadRefused as refused:
            errors.append([column, f"{name} : {refused}"])
    return found
