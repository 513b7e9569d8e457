"""What follows when a picture comes in or changes: its sizes are made aside, and its consents are read again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from wagtail.models import UploadedFile

from marelle.audit.actions import record
from marelle.library.models import Picture
from marelle.library.queries.cuts import specs_for

from .media import reckon, tell_pages

UNFINISHED = timedelta(days=1)
"""A picture sent without its words waits for them so long; then its file, as the camera made it, goes."""


@transaction.atomic
def settle(*, picture: Picture, is_new: bool, by: Any, at: datetime) -> None:
    """After the back office saved it: a new file has no consent, whatever the old one had."""
    record("library.picture.added" if is_new else "library.picture.changed", on=picture, by=by, at=at)
    reckon(about=picture, at=at)
    tell_pages(about=picture, at=at)
    from marelle.library.tasks import make_renditions as task

    transaction.on_commit(lambda: task.enqueue(picture.public_id))


def make_renditions(*, picture: Picture) -> int:
    """All the sizes that pages may ask for, so that nobody waits for them. Gives how many there are."""
    specs = specs_for(picture)
    return len([picture.get_rendition(spec) for spec in specs])


def drop_unfinished(*, at: datetime) -> int:
    """Files sent to the back office whose form nobody finished: gone with what the camera noted."""
    left = [one for one in UploadedFile.objects.all() if _age(one, at) > UNFINISHED]
    for one in left:
        one.file.delete(save=False)
        one.delete()
    return len(left)


def _age(one: Any, at: datetime) -> timedelta:
    """Wagtail notes no date: the file does. One whose bytes are lost is of no use."""
    try:
        return at - one.file.storage.get_modified_time(one.file.name)
    except FileNotFoundError:
        return UNFINISHED * 2
