"""Pictures of the first pages of a PDF, made once, so that one sees before one downloads. No reader's browser ever
opens a PDF from here by itself."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime

import pypdfium2
from django.db import transaction

from marelle.audit.actions import record
from marelle.documents.actions import store_bytes
from marelle.library.enums import PreviewState
from marelle.library.models import FileVersion, PagePicture

logger = logging.getLogger(__name__)

PAGES = 3
WIDTH = 640
"""Points across: sharp on a phone, light on a bad connection (some 20 kB)."""
TALLEST = 3 * WIDTH
"""A scroll of cloth three metres long is cut."""
WORDS = 200


@dataclass(frozen=True)
class Drawn:
    webp: bytes
    width: int
    height: int
    words: str


def draw(*, version: FileVersion, at: datetime) -> FileVersion:
    """Draw the first pages and count them all. A PDF that is broken or locked is downloaded as it is: the page says
    that it cannot be shown. Doing it again changes nothing."""
    if version.preview != PreviewState.WAITING:
        return version
    pages: int | None = None
    drawn: list[Drawn] = []
    try:
        with version.stored.content.open("rb") as opened:
            pages, drawn = _read(opened.read())
        state = PreviewState.DRAWN
    except Exception:  # A PDF breaks in more ways than one can name, and none of them is ours.
        logger.warning("The pages of version %s cannot be drawn", version.public_id, exc_info=True)
        state = PreviewState.IMPOSSIBLE
    return _keep(version, state, pages, drawn, at)


@transaction.atomic
def _keep(version: FileVersion, state: str, pages: int | None, drawn: list[Drawn], at: datetime) -> FileVersion:
    version = FileVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.preview != PreviewState.WAITING:
        return version  # Somebody else drew them meanwhile.
    for number, page in enumerate(drawn, start=1):
        stored = store_bytes(page.webp, name=f"page-{number}.webp", mime="image/webp", by=None, at=at)
        PagePicture.objects.create(
            version=version, page=number, stored=stored, width=page.width, height=page.height, words=page.words
        )
    version.preview, version.pages = state, pages
    version.save(update_fields=["preview", "pages"])
    record(
        "library.file.drawn", on=version.file.resource, by=None, at=at, file=version.file.public_id, drawn=len(drawn)
    )
    return version


def _read(content: bytes) -> tuple[int, list[Drawn]]:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document), [_draw(document[number]) for number in range(min(PAGES, len(document)))]
    finally:
        document.close()


def _draw(page: pypdfium2.PdfPage) -> Drawn:
    width, height = page.get_size()
    scale = min(WIDTH / width, TALLEST / height)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    picture = bitmap.to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=72, method=4)
    text = page.get_textpage().get_text_range(0, WORDS) if page.get_textpage().count_chars() else ""
    return Drawn(out.getvalue(), picture.width, picture.height, " ".join(text.replace("\x00", "").split())[:WORDS])
