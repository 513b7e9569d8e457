"""Handing a file over, after the caller asked who may see the object it belongs to."""

from __future__ import annotations

import re

from django.http import FileResponse, HttpRequest, HttpResponse

from .models import File

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def serve(file: File, *, inline: bool = False) -> FileResponse:
    """The file as a download (or shown in the browser when it is a PDF or a picture and `inline`)."""
    shown = inline and file.mime in {"application/pdf", "image/png", "image/jpeg"}
    response = FileResponse(
        file.content.open("rb"), as_attachment=not shown, filename=file.name, content_type=file.mime
    )
    return _guarded(response)


def play(request: HttpRequest, file: File) -> HttpResponse:
    """A sound, whole or the piece that is asked for: Safari plays nothing from a server that gives no pieces.

    One range at a time (RFC 9110, 14.2); whatever else is asked gets the whole, as the RFC wants. Sounds are small
    (`documents.checks.families.SOUNDS`): read in memory.
    """
    with file.content.open("rb") as opened:
        content = opened.read()
    asked = request.headers.get("Range", "") if request.method == "GET" and "If-Range" not in request.headers else ""
    size, piece = len(content), ONE_RANGE.fullmatch(asked.strip())
    if piece is None or piece.groups() == ("", "") or _backwards(piece):
        response = HttpResponse(content, content_type=file.mime)
    elif (bounds := _bounds(piece, size)) is None:
        response = HttpResponse(status=416, content_type=file.mime, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = bounds
        response = HttpResponse(content[first : last + 1], status=206, content_type=file.mime)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = len(response.content)
    response["Content-Disposition"] = "inline"
    return _guarded(response)


def _backwards(piece: re.Match[str]) -> bool:
    return bool(piece[1] and piece[2]) and int(piece[2]) < int(piece[1])


def _bounds(piece: re.Match[str], size: int) -> tuple[int, int] | None:
    """First and last byte of the piece; None when there is none there."""
    if not piece[1]:  # "-n": the last n bytes.
        length = min(int(piece[2]), size)
        return (size - length, size - 1) if length else None
    first = int(piece[1])
    return (first, min(int(piece[2] or size), size - 1)) if first < size else None


def _guarded(response):
    """Seen by whoever may, never run as a page of ours, never kept on a shared computer."""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
