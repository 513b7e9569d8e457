"""Captions in WebVTT: each line read, so that whoever wrote them is told which one to mend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from .families import UploadRefused

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"\s*{TIME}\s+-->\s+{TIME}(?:\s+[a-z]+:\S+)*\s*")
TAG = re.compile(r"</?(?:b|i|u|ruby|rt|c(?:\.[\w-]+)*|v(?:\.[\w-]+)*(?: [^<>&]+)?|lang(?: [\w-]+)?)>|<\d{2,}:\d\d:\d\d\.\d{3}>|<\d\d:\d\d\.\d{3}>")  # fmt: skip
LONGEST = 500_000


@dataclass(frozen=True)
class Cue:
    """What is said from one moment to another, in seconds."""

    start: float
    end: float
    text: str


def check_captions(path: Path, kind: str) -> None:
    cues(path.read_bytes())


def cues(content: bytes) -> list[Cue]:
    """The captions, in order. Raises `UploadRefused`, with the number of the line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadRefused(_("Ces sous-titres ne sont pas en UTF-8. Enregistrez-les en « WebVTT, UTF-8 ».")) from None
    if len(content) > LONGEST or "\0" in text:
        raise UploadRefused(_("Ce fichier n’est pas un fichier de sous-titres."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise _at(1, _("la première ligne doit être « WEBVTT »"))
    found: list[Cue] = []
    at = 1
    while at < len(lines):
        start = at
        while at < len(lines) and lines[at].strip():
            at += 1
        if block := lines[start:at]:
            _read(block, start + 1, found)
        at += 1
    if not found:
        raise UploadRefused(_("Ce fichier ne contient aucun sous-titre."))
    return found


def _read(block: list[str], number: int, found: list[Cue]) -> None:
    """One block: a remark, or an optional name, a timing and what is said."""
    if block[0].startswith("NOTE"):
        return
    if block[0].startswith(("STYLE", "REGION")):
        raise _at(number, _("les blocs STYLE et REGION ne sont pas pris"))
    if number == 2:  # the rest of the header
        if any("-->" in line for line in block):
            raise _at(number, _("il manque une ligne vide après « WEBVTT »"))
        return
    if "-->" not in block[0]:
        block, number = block[1:], number + 1
    timing = TIMING.fullmatch(block[0]) if block else None
    if timing is None:
        raise _at(number, _("il faut un début et une fin, comme « 00:00:05.000 --> 00:00:08.000 »"))
    start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
    if end <= start:
        raise _at(number, _("ce sous-titre finit avant de commencer"))
    if found and start < found[-1].start:
        raise _at(number, _("ce sous-titre commence avant le précédent"))
    for place, line in enumerate(block[1:], number + 1):
        if "<" in TAG.sub("", line) or "-->" in line:
            raise _at(place, _("cette ligne contient une balise qui n’a rien à faire dans un sous-titre"))
    text = "\n".join(block[1:])
    if not TAG.sub("", text).strip():
        raise _at(number, _("ce sous-titre est vide"))
    found.append(Cue(start, end, text))


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _at(line: int, words: str) -> UploadRefused:
    return UploadRefused(
        _("Sous-titres, ligne %(line)s\u202f: %(words)s. Corrigez cette ligne, puis joignez de nouveau le fichier.")
        % {"line": line, "words": words}
    )
