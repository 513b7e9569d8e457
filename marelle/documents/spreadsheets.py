"""Rows as files that spreadsheets open: CSV as French ones read it, XLSX. Text stays text: a cell that begins
like a formula is not one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet compute, full-width forms included (OWASP, « CSV injection »)."""

Row = Sequence[Any]


def csv_of(header: Row, rows: Iterable[Row]) -> bytes:
    """Semicolons and a byte order mark: what opens with accents in a French spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(sheets: Sequence[tuple[str, Row, Iterable[Row]]]) -> bytes:
    """One sheet per (name, header, rows), written row by row."""
    book = Workbook(write_only=True)
    for name, header, rows in sheets:
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, title, bold=True) for title in header])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counted(rows: Iterable[Row], total: int, progress: Callable[[int, int], None]) -> Iterable[Row]:
    """The same rows, saying how far one is."""
    for number, row in enumerate(rows, start=1):
        yield row
        progress(number, total)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _cell(sheet: Any, value: Any, bold: bool = False) -> Any:
    if isinstance(value, datetime):
        value = timezone.make_naive(value)
    elif isinstance(value, bool):
        value = _text(value)
    elif value is not None and not isinstance(value, date | int | float):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # Never "f": what begins with « = » is what somebody wrote.
    if bold:
        cell.font = Font(bold=True)
    return cell
