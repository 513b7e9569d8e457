"""A sound that plays: its frames, pages or boxes follow one another to the end, and it carries no picture that moves."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from .families import UploadRefused

BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
"""Layer III, kbit/s: MPEG 1, then MPEG 2 and 2.5."""
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
FRAMES = 20
"""So many in a row are a sound: half a second. A random run of bytes makes two at most."""
CODECS = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")


def check_sound(path: Path, kind: str) -> None:
    data = path.read_bytes()
    plays = {"mp3": _is_mp3, "ogg": _is_ogg, "m4a": _is_m4a}[kind]
    if not plays(data):
        raise UploadRefused(
            _("Ce son ne se lit pas, ou contient autre chose que du son. Enregistrez-le de nouveau en MP3.")
        )


def _is_mp3(data: bytes) -> bool:
    at = 0
    if data[:3] == b"ID3" and len(data) > 10:
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        at = 10 + size
    frames = 0
    while at + 4 <= len(data) and (length := _frame(data[at : at + 4])):
        frames, at = frames + 1, at + length
    return frames >= FRAMES


def _frame(head: bytes) -> int:
    """Length of the layer III frame that this header opens; 0 when it opens none."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, bitrate = head[2] >> 2 & 3, head[2] >> 4
    if head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or layer != 1 or version == 1 or rate == 3 or bitrate in {0, 15}:
        return 0
    kilobits = (BITRATES if version == 3 else BITRATES_2)[bitrate]
    samples = 144_000 if version == 3 else 72_000
    return samples * kilobits // RATES[version][rate] + (head[2] >> 1 & 1)


def _is_ogg(data: bytes) -> bool:
    at, pages = 0, 0
    while at + 27 <= len(data) and data[at : at + 4] == b"OggS":
        segments = data[at + 26]
        at += 27 + segments + sum(data[at + 27 : at + 27 + segments])
        pages += 1
    start = data[28 : 28 + 8]
    return pages >= 2 and at == len(data) and any(start.startswith(codec[:8]) for codec in CODECS)


def _is_m4a(data: bytes) -> bool:
    boxes = set()
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        if size == 0:
            size = len(data) - at
        if size < 8:
            return False
        boxes.add(data[at + 4 : at + 8])
        at += size
    return at == len(data) and {b"ftyp", b"moov", b"mdat"} <= boxes and b"soun" in data and b"vide" not in data
