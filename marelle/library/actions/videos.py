"""Films that we host: they come in checked, with captions and a transcript, or nobody sees them."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.documents.actions import forget, store_upload
from marelle.documents.checks import CAPTIONS, FILMS
from marelle.documents.checks.films import film_facts
from marelle.documents.models import File
from marelle.library.models import Picture, Video
from marelle.library.rules import media as rules

from .media import locked, reckon, tell_pages

WORDS = ("title", "credit", "showing", "children", "transcript", "poster")


@transaction.atomic
def add(
    *,
    title: str,
    credit: str,
    showing: str,
    children: int | None = None,
    transcript: str = "",
    poster: Picture | None = None,
    film: UploadedFile,
    captions: UploadedFile | None = None,
    is_demonstration: bool = False,
    by: Any,
    at: datetime,
) -> Video:
    """A film comes in. Nobody sees it before its captions and its transcript are there."""
    require(rules.can_edit(by))
    stored = store_upload(film, by=by, at=at, accept=FILMS, most_bytes=settings.VIDEO_MAX_BYTES)
    said = store_upload(captions, by=by, at=at, accept=CAPTIONS) if captions else None
    video = Video.objects.create(
        title=title, credit=credit, showing=showing, children=children, transcript=transcript, poster=poster,
        film=stored, captions=said, seconds=_seconds(stored), is_demonstration=is_demonstration, added_at=at,
    )  # fmt: skip
    record("library.video.added", on=video, by=by, at=at, captions=said is not None)
    return video


@transaction.atomic
def change(
    *,
    video: Video,
    title: str,
    credit: str,
    showing: str,
    children: int | None = None,
    transcript: str = "",
    poster: Picture | None = None,
    film: UploadedFile | None = None,
    captions: UploadedFile | None = None,
    by: Any,
    at: datetime,
) -> Video:
    """Its words, its captions, another cut of it. A new cut is another film: the families' consents are for the old
    one, and so were its captions unless new ones come with it."""
    video = locked(video)
    require(rules.can_edit(by))
    given = (title, credit, showing, children, transcript, poster)
    for name, value in zip(WORDS, given, strict=True):
        setattr(video, name, value)
    old: list[File] = []
    if film:
        old.append(video.film)
        video.film = store_upload(film, by=by, at=at, accept=FILMS, most_bytes=settings.VIDEO_MAX_BYTES)
        video.seconds = _seconds(video.film)
    if captions:
        if video.captions:
            old.append(video.captions)
        video.captions = store_upload(captions, by=by, at=at, accept=CAPTIONS)
    video.save()
    for file in old:
        forget(file=file)
    record("library.video.changed", on=video, by=by, at=at, film=bool(film), captions=bool(captions))
    reckon(about=video, at=at)
    tell_pages(about=video, at=at)
    return video


@transaction.atomic
def remove(*, video: Video, by: Any, at: datetime) -> None:
    """A film that nothing shows goes, with its files and the papers of the families."""
    video = locked(video)
    require(rules.can_remove(by, video))
    record("library.video.removed", on=video, by=by, at=at)
    papers = [one.proof for one in video.consents.select_related("proof") if one.proof]
    files = [file for file in (video.film, video.captions) if file]
    video.delete()
    for file in files + papers:
        forget(file=file)


def _seconds(stored: File) -> int | None:
    """How long it lasts, as its container says; None when it does not."""
    with tempfile.TemporaryDirectory(prefix="marelle-") as folder:
        path = Path(folder) / "film"
        with stored.content.open("rb") as content, path.open("wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
        return round(film_facts(path, stored.mime.removeprefix("video/")).seconds) or None
