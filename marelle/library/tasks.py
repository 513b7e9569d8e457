"""Long work of the library: load by id, call one action."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from marelle.library.actions import kits, pictures, previews
from marelle.library.models import FileVersion, KitArchive, Picture


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
