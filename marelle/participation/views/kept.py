"""Pages that thousands of children ask for in the same minute, made once and kept as bytes in this process.

Only the name of the sending changes from one to the next. Compressed once too: what comes before the name, the name
itself and what comes after are three pieces of one deflate stream, so that a class on a bad line loads a tenth.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Hashable
from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse

HERE = "sending-of-this-page-goes-here-x"
"""32 characters, replaced by as many."""
MOST = 300
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


class Page:
    """Bytes before and after the name of the sending, plain and deflated."""

    def __init__(self, html: str):
        self.before, found, self.after = html.encode().partition(HERE.encode())
        self.has_name = bool(found)
        self.size = len(self.before) + len(self.after) + (len(HERE) if found else 0)
        self.packed_before = _deflated(self.before, last=False)
        self.packed_after = _deflated(self.after, last=True)
        self.check_before = zlib.crc32(self.before)

    def plain(self, name: bytes) -> bytes:
        return self.before + name + self.after if self.has_name else self.before

    def packed(self, name: bytes) -> bytes:
        """A gzip file of `plain(name)`: the name lies in it as a stored block."""
        if not self.has_name:
            name = b""
        check = zlib.crc32(self.after, zlib.crc32(name, self.check_before))
        stored = struct.pack("<BHH", 0, len(name), len(name) ^ 0xFFFF) + name
        return b"".join(
            (_GZIP, self.packed_before, stored, self.packed_after, struct.pack("<II", check, self.size & 0xFFFFFFFF))
        )


def _deflated(data: bytes, *, last: bool) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


_pages: dict[Hashable, Page] = {}


def forget() -> None:
    _pages.clear()


def page(key: Hashable, make: Callable[[], str]) -> Page:
    kept = _pages.get(key)
    if kept is None:
        if len(_pages) >= MOST:
            _pages.clear()  # All at once: simpler than choosing, and once in 300 consultations.
        kept = _pages[key] = Page(make())
    return kept


def new_name() -> bytes:
    """24 random bytes: 32 characters that nobody guesses."""
    return token_urlsafe(24).encode()


def answer(request: HttpRequest, made: Page, *, status: int = 200) -> HttpResponse:
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    name = new_name()
    response = HttpResponse(made.packed(name) if packs else made.plain(name), status=status)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    # Going back never shows a page whose answers were already counted, nor those of the child before.
    response.headers["Cache-Control"] = "no-store"
    return response
