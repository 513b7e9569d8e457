"""A film that every browser plays: its container walked from end to end without reading its pictures, its codecs
known, its length in seconds; and nothing else hidden in the same file."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from .families import UploadRefused
from .pictures import FOREIGN

HEAD = 64 * 1024
MOST_HEADERS = 8 * 1024 * 1024
"""Headers (moov, Tracks) are a few kilobytes; anything above is not a film of ours."""
LONGEST_SECONDS = 4 * 3600
AT_THE_TOP = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"mfra", b"sidx", b"styp", b"udta", b"meta", b"uuid", b"pdin"}  # fmt: skip
INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
MP4_CODECS = {b"avc1", b"avc3", b"mp4a"}
WEBM_CODECS = {"V_VP8", "V_VP9", "V_AV1", "A_OPUS", "A_VORBIS"}
EBML, SEGMENT, INFO, TRACKS, ENTRY = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
DOCTYPE, SCALE, DURATION, CODEC, TYPE = 0x4282, 0x2AD7B1, 0x4489, 0x86, 0x83


class Broken(Exception):
    """Not a film, or one cut short."""


@dataclass
class Facts:
    seconds: float = 0
    codecs: set[str] = field(default_factory=set)
    has_pictures: bool = False


def check_film(path: Path, kind: str) -> None:
    film_facts(path, kind)


def film_facts(path: Path, kind: str) -> Facts:
    """What a film of ours is made of. Raises `UploadRefused` in words."""
    with path.open("rb") as file:
        if FOREIGN.search(file.read(HEAD)) or zipfile.is_zipfile(path):
            raise UploadRefused(_("Ce fichier est un film et autre chose à la fois. Exportez-le de nouveau, puis joignez-le."))  # fmt: skip
        file.seek(0, 2)
        size = file.tell()
        try:
            facts = _mp4(file, size) if kind == "mp4" else _webm(file, size)
        except (Broken, struct.error, IndexError, UnicodeDecodeError, RecursionError, OverflowError):
            raise UploadRefused(_("Ce film ne se lit pas jusqu’au bout : il est peut-être coupé. Exportez-le de nouveau, puis joignez-le.")) from None  # fmt: skip
    if not facts.has_pictures:
        raise UploadRefused(_("Ce fichier n’a pas d’images : c’est un son, pas un film."))
    unknown = facts.codecs - ({codec.decode() for codec in MP4_CODECS} if kind == "mp4" else WEBM_CODECS)
    if unknown:
        raise UploadRefused(
            _(
                "Tous les navigateurs ne liraient pas ce film (%(codecs)s). Exportez-le en MP4 (H.264 et AAC), puis joignez-le."
            )
            % {"codecs": ", ".join(sorted(codec.strip() for codec in unknown))}
        )
    if facts.seconds > LONGEST_SECONDS:
        raise UploadRefused(_("Ce film dure plus de quatre heures. Coupez-le en chapitres."))
    return facts


# --- MP4: boxes in boxes (ISO/IEC 14496-12) ---------------------------------------------------------------


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, where its content begins, where it ends), one after the other up to the very end."""
    at = start
    while at < end:
        file.seek(at)
        head = file.read(16)
        size, kind, skip = int.from_bytes(head[:4]), head[4:8], 8
        if size == 1:
            size, skip = int.from_bytes(head[8:16]), 16
        elif size == 0:
            size = end - at
        if size < skip or at + size > end:
            raise Broken
        yield kind, at + skip, at + size
        at += size


def _mp4(file: BinaryIO, size: int) -> Facts:
    facts, seen = Facts(), []
    for kind, start, end in _boxes(file, 0, size):
        if kind not in AT_THE_TOP:
            raise Broken
        seen.append(kind)
        if kind == b"moov":
            if end - start > MOST_HEADERS:
                raise Broken
            _moov(file, start, end, facts)
    if seen[:1] != [b"ftyp"] or b"moov" not in seen or not {b"mdat", b"moof"} & set(seen):
        raise Broken
    return facts


def _moov(file: BinaryIO, start: int, end: int, facts: Facts, depth: int = 0) -> None:
    if depth > 8:
        raise Broken
    for kind, inner, close in _boxes(file, start, end):
        file.seek(inner)
        if kind in INSIDE:
            _moov(file, inner, close, facts, depth + 1)
        elif kind == b"mvhd":
            data = file.read(32)
            scale, length = (
                (int.from_bytes(data[20:24]), int.from_bytes(data[24:32]))
                if data[0] == 1
                else (int.from_bytes(data[12:16]), int.from_bytes(data[16:20]))
            )
            facts.seconds = length / scale if scale else 0
        elif kind == b"hdlr":
            facts.has_pictures |= file.read(12)[8:12] == b"vide"
        elif kind == b"stsd":
            data = file.read(16)
            facts.codecs.add(data[12:16].decode("ascii", "replace"))


# --- WebM: elements in elements (EBML, RFC 8794) ------------------------------------------------------------


def _number(file: BinaryIO, *, keep_mark: bool) -> tuple[int, int]:
    """A number of variable length, and how many bytes it took."""
    first = file.read(1)
    if not first or not first[0]:
        raise Broken
    length = 9 - first[0].bit_length()
    value = first[0] if keep_mark else first[0] & (1 << (8 - length)) - 1
    rest = file.read(length - 1)
    if len(rest) != length - 1:
        raise Broken
    for byte in rest:
        value = value << 8 | byte
    return value, length


def _elements(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    at = start
    while at < end:
        file.seek(at)
        kind, took = _number(file, keep_mark=True)
        size, more = _number(file, keep_mark=False)
        content = at + took + more
        unknown = size == (1 << 7 * more) - 1
        close = end if unknown else content + size
        if close > end:
            raise Broken
        yield kind, content, close
        at = close


def _webm(file: BinaryIO, size: int) -> Facts:
    facts, scale, length, doctype = Facts(), 1_000_000, 0.0, ""
    for kind, start, end in _elements(file, 0, size):
        if kind == EBML:
            doctype = next((_text(file, a, b) for one, a, b in _elements(file, start, end) if one == DOCTYPE), "")
        elif kind == SEGMENT:
            for part, a, b in _elements(file, start, end):
                if part == INFO:
                    for one, c, d in _elements(file, a, b):
                        if one == SCALE:
                            scale = int.from_bytes(_bytes(file, c, d))
                        elif one == DURATION:
                            data = _bytes(file, c, d)
                            length = struct.unpack(">f" if len(data) == 4 else ">d", data)[0]
                elif part == TRACKS:
                    if b - a > MOST_HEADERS:
                        raise Broken
                    _tracks(file, a, b, facts)
        else:
            raise Broken
    if doctype != "webm" or not facts.codecs:
        raise Broken
    facts.seconds = length * scale / 1e9
    return facts


def _tracks(file: BinaryIO, start: int, end: int, facts: Facts) -> None:
    for kind, inner, close in _elements(file, start, end):
        if kind == ENTRY:
            for one, a, b in _elements(file, inner, close):
                if one == CODEC:
                    facts.codecs.add(_text(file, a, b))
                elif one == TYPE:
                    facts.has_pictures |= _bytes(file, a, b) == b"\x01"


def _bytes(file: BinaryIO, start: int, end: int) -> bytes:
    if end - start > 1024:
        raise Broken
    file.seek(start)
    return file.read(end - start)


def _text(file: BinaryIO, start: int, end: int) -> str:
    return _bytes(file, start, end).rstrip(b"\0").decode("ascii", "strict")
