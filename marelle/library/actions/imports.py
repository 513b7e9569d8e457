"""Resources and practices from a table: read, shown, then carried out line by line. Nothing that somebody wrote by hand
is ever written over (`definition.imports.law`), and nothing is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import No, Refused, require
from marelle.documents.actions import forget, store_stream
from marelle.documents.checks import UploadRefused, shown_name
from marelle.jobs import actions as jobs
from marelle.jobs.models import Job
from marelle.library.actions.import_sheets import carry_out
from marelle.library.definition.imports.archives import Archive, opened
from marelle.library.definition.imports.reading import read as read_rows
from marelle.library.definition.imports.tables import MOST_BYTES, read_table
from marelle.library.enums import ImportState
from marelle.library.models import Import
from marelle.library.queries import imports as queries
from marelle.library.queries.imports import Outcome, SheetPlan
from marelle.library.rules import imports as rules

KEPT = timedelta(days=30)
WORK = rules.WORK


class ArchiveRefused(UploadRefused):
    """The archive, not the table."""


@transaction.atomic
def read(*, kind: str, table: UploadedFile, archive: UploadedFile | None, by: Any, at: datetime) -> Import:
    """Read a table, and the archive of the files it names. Nothing of the library changes. Raises `UploadRefused`
    with words when the table as a whole cannot be read; a wrong line is kept, with what is wrong."""
    require(rules.can_import(by))
    rows = read_table(table.read(MOST_BYTES + 1), shown_name(table.name))
    found, known = queries.already(kind), queries.known()
    if archive is None:
        lines, remarks = read_rows(kind, rows, known=known, already=found, archive=None)
    else:
        with _of(archive) as packed:
            lines, remarks = read_rows(kind, rows, known=known, already=found, archive=packed)
    needed = archive is not None and any(line["files"] for line in lines)
    if archive is not None and not needed:
        remarks.append(_("L’archive ZIP n’a pas été gardée\u202f: aucune ligne lisible n’en nomme un fichier."))
    kept = None
    if archive is not None and needed:
        archive.seek(0)
        kept = store_stream(archive, name=shown_name(archive.name), mime="application/zip", by=by, at=at)
    imported = Import.objects.create(
        by=by, at=at, kind=kind, name=shown_name(table.name), lines=lines, remarks=remarks, archive=kept
    )
    record("library.import.read", on=imported, by=by, at=at, holds=kind, lines=len(lines))
    return imported


def _of(archive: UploadedFile) -> Any:
    if not (archive.name or "").lower().endswith(".zip"):
        raise ArchiveRefused(_("Les fichiers se joignent en une archive ZIP."))
    return opened(archive.file)


@transaction.atomic
def confirm(*, imported: Import, by: Any, at: datetime) -> Job:
    """Have it carried out: a long work, with its report."""
    imported = _locked(imported)
    require(rules.can_confirm(by, imported))
    imported.state = ImportState.ASKED
    imported.save(update_fields=["state"])
    record("library.import.asked", on=imported, by=by, at=at)
    label = _("Import de {name}").format(name=imported.name)
    return jobs.start(WORK, label=label, owner=by, at=at, public_id=imported.public_id)


def run(
    *, imported: Import, by: Any, at: datetime, progress: Callable[[int, int], None] = lambda done, total: None
) -> list[SheetPlan]:
    """Carry it out, line by line: one that breaks stops none of the others. Interrupted, then asked for again, it takes
    up where it was, since what is done already is « unchanged ». Gives what became of each line."""
    answer = rules.can_import(by)
    if isinstance(answer, No):
        raise Refused(answer.reason)  # Roles may have changed since it was asked.
    if imported.state == ImportState.DONE:
        raise Refused(_("Cet import est terminé."))
    if imported.archive:
        with imported.archive.content.open("rb") as file, opened(file) as packed:
            done = _run(imported, packed, by, at, progress)
    else:
        done = _run(imported, None, by, at, progress)
    _end(imported, queries.counts(done), by=by, at=at)
    return done


def _run(
    imported: Import, archive: Archive | None, by: Any, at: datetime, progress: Callable[[int, int], None]
) -> list[SheetPlan]:
    done = []
    for number, line in enumerate(imported.lines, start=1):
        done.append(_line(imported.kind, line, archive, by, at))
        progress(number, len(imported.lines))
    return done


def _line(kind: str, line: dict[str, Any], archive: Archive | None, by: Any, at: datetime) -> SheetPlan:
    try:
        return carry_out(kind=kind, line=line, archive=archive, by=by, at=at)
    except IntegrityError:
        why = _("un autre import écrivait la même fiche. Recommencez.")
    except (Refused, UploadRefused) as refused:
        why = str(refused)
    return SheetPlan(
        line["line"], line["reference"], line["values"].get("title", ""), Outcome.ERROR, errors=[[_("fiche"), why]]
    )


@transaction.atomic
def _end(imported: Import, counts: dict[str, int], *, by: Any, at: datetime) -> None:
    imported = _locked(imported)
    archive, imported.archive = imported.archive, None
    imported.state, imported.counts, imported.ended_at = ImportState.DONE, counts, at
    imported.save(update_fields=["archive", "state", "counts", "ended_at"])
    if archive:
        forget(file=archive)
    record("library.import.done", on=imported, by=by, at=at, **counts)


@transaction.atomic
def drop(*, imported: Import, by: Any, at: datetime) -> None:
    """Forget what was read. What an import has made stays."""
    imported = _locked(imported)
    require(rules.can_drop(by, imported))
    record("library.import.dropped", on=imported, by=by, at=at)
    _forget(imported)


def forget_old(*, at: datetime) -> int:
    """Tables read thirty days ago, and their archives. Gives how many."""
    old = list(Import.objects.filter(at__lt=at - KEPT).select_related("archive"))
    with transaction.atomic():
        for imported in old:
            _forget(imported)
        if old:
            record("library.import.forgotten", on=Import, by=None, at=at, count=len(old))
    return len(old)


def _forget(imported: Import) -> None:
    archive = imported.archive
    imported.delete()
    if archive:
        forget(file=archive)


def _locked(imported: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("archive").get(pk=imported.pk)
