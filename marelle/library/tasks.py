"""Long work of the library."""

from __future__ import annotations

from django_tasks import task

from marelle.library.actions import pictures
from marelle.library.models import Picture


@task()
def make_renditions(public_id: str) -> None:
    picture = Picture.objects.filter(public_id=public_id).first()
    if picture is not None:
        pictures.make_renditions(picture=picture)
