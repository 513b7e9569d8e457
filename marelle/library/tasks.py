"""Long work of the library: load by id, call one action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from marelle.core.rules import Refused
from marelle.documents.spreadsheets import CSV
from marelle.jobs.registry import Progress, Result, job
from marelle.library.actions import imports, kits, pictures, previews
from marelle.library.models import FileVersion, Import, KitArchive, Picture
from marelle.library.queries.import_reports import report_of


@task()
def make_renditions(public_id: str) -> None:
    picture = Picture.objects.filter(public_id=public_id).first()
    if picture is not None:
        pictures.make_renditions(picture=picture)


@task()
def draw_pages(version_id: int) -> None:
    version = FileVersion.objects.select_related("stored").filter(pk=version_id).first()
    if version:
        previews.draw(version=version, at=timezone.now())


@task()
def prepare_kit(archive_id: int) -> None:
    archive = KitArchive.objects.select_related("kit").filter(pk=archive_id).first()
    if archive:
        kits.prepare(archive=archive, at=timezone.now())


@job(imports.WORK)
def carry_out_import(*, owner: Any, at: datetime, progress: Progress, public_id: str) -> Result:
    """Every line of the table; its report."""
    imported = Import.objects.visible_to(owner).select_related("archive").filter(public_id=public_id).first()
    if imported is None:
        raise Refused(_("Ce tableau n’est plus là. Joignez-le de nouveau."))
    done = imports.run(imported=imported, by=owner, at=at, progress=progress)
    return Result(f"import-{timezone.localdate(at):%Y-%m-%d}.csv", CSV, report_of(done))
