"""Handing a file over, after the caller asked who may see the object it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase

from .models import File

NOT_KEPT = "private, no-store"
SMALL, PIECE = 2 * 1024 * 1024, 256 * 1024
"""Below the first, given at once; above, so much at a time."""
ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def serve(file: File, *, inline: bool = False) -> FileResponse:
    """The file as a download (or shown in the browser when it is a PDF or a picture and `inline`)."""
    shown = inline and file.mime in {"application/pdf", "image/png", "image/jpeg"}
    response = FileResponse(
        file.content.open("rb"), as_attachment=not shown, filename=file.name, content_type=file.mime
    )
    return _guarded(response)


def play(request: HttpRequest, file: File, *, kept: str = NOT_KEPT) -> HttpResponseBase:
    """A sound or a film, whole or the piece that is asked for: Safari plays nothing from a server that gives no pieces.

    One range at a time (RFC 9110, 14.2); whatever else is asked gets the whole, as the RFC wants. Given piece by piece
    from the disk: a film of 100 MB costs no memory. `kept`: what a browser may do with it (`Cache-Control`); when it
    may keep it, an `ETag` tells it that it has not changed.
    """
    tag = f'"{file.sha256[:32]}"'
    if kept != NOT_KEPT and tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": kept})
    asked = request.headers.get("Range", "") if request.method == "GET" and _same(request, tag, kept) else ""
    size, piece = file.content.size, ONE_RANGE.fullmatch(asked.strip())
    response: HttpResponseBase
    if piece is None or piece.groups() == ("", "") or _backwards(piece):
        response = _stream(file, 0, size)
    elif (bounds := _bounds(piece, size)) is None:
        response = HttpResponse(status=416, content_type=file.mime, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = bounds
        response = _stream(file, first, last + 1 - first, status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline"
    response = _guarded(response)
    if kept != NOT_KEPT:
        response["Cache-Control"], response["ETag"] = kept, tag
    return response


def _same(request: HttpRequest, tag: str, kept: str) -> bool:
    """Whether a piece would belong to the file that the browser began to take."""
    known = request.headers.get("If-Range")
    return known is None or (kept != NOT_KEPT and known == tag)


def _stream(file: File, first: int, length: int, status: int = 200) -> HttpResponseBase:
    response: HttpResponseBase
    if length <= SMALL:
        with file.content.open("rb") as opened:
            opened.seek(first)
            response = HttpResponse(opened.read(length), status=status, content_type=file.mime)
    else:
        response = StreamingHttpResponse(_pieces(file, first, length), status=status, content_type=file.mime)
    response["Content-Length"] = str(length)
    return response


def _pieces(file: File, first: int, length: int) -> Iterator[bytes]:
    with file.content.open("rb") as opened:
        opened.seek(first)
        while length > 0 and (piece := opened.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


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
    response["Cache-Control"] = NOT_KEPT
    return response
