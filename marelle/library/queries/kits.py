"""What the archive of a kit holds, and how it is named."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.documents.models import File
from marelle.library import words
from marelle.library.models import FileVersion, KitItem, Resource
from marelle.ui.components.words import day_in_words

UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
LONGEST = 60
README = "LISEZ-MOI.txt"
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Entry:
    """One file of the archive."""

    path: str
    stored: File
    version: FileVersion


@dataclass(frozen=True)
class Contents:
    """Everything public that a kit holds, in its order: its own files first, then those of each resource."""

    kit: Resource
    items: tuple[KitItem, ...]
    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        return sum(entry.stored.size for entry in self.entries)

    @property
    def is_large(self) -> bool:
        return self.size > settings.KIT_STREAMED_MAX_BYTES

    @property
    def print(self) -> str:
        """The same for as long as the archive would be the same."""
        said = [self.kit.title, self.kit.summary, [(item.resource.title, item.note) for item in self.items]]
        said += [[entry.path, entry.stored.sha256] for entry in self.entries]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def name(self) -> str:
        return f"{fit(self.kit.title)}.zip"


def contents_of(kit: Resource) -> Contents:
    """In two queries. Only what is online, and no file that was withdrawn."""
    items = tuple(kit.items.filter(resource__live=True).select_related("resource").order_by("sort_order", "pk"))
    versions: dict[int, dict[int, FileVersion]] = {}
    holders = [kit.pk, *(item.resource_id for item in items)]
    for version in (
        FileVersion.objects.filter(file__resource__in=holders, file__withdrawn_at=None)
        .select_related("file", "stored")
        .order_by("file__position", "file_id", "-number")
    ):
        versions.setdefault(version.file.resource_id, {}).setdefault(version.file_id, version)
    entries = [Entry(path, v.stored, v) for path, v in _named("", versions.get(kit.pk, {}))]
    for place, item in enumerate(items, start=1):
        folder = f"{place:02d} - {fit(item.resource.title)}/"
        entries += [Entry(path, v.stored, v) for path, v in _named(folder, versions.get(item.resource_id, {}))]
    return Contents(kit, items, tuple(entries))


def _named(folder: str, versions: dict[int, FileVersion]) -> Iterator[tuple[str, FileVersion]]:
    for place, version in enumerate(versions.values(), start=1):
        yield f"{folder}{place:02d} - {file_name(version, with_title=False)}", version


def file_name(version: FileVersion, *, with_title: bool = True) -> str:
    """« La carte des cachettes - La fiche (noir et blanc).pdf »: what a person finds again in their folder."""
    file = version.file
    kind = version.stored.name.rpartition(".")[2].lower()
    label = fit(file.label)
    if file.variant != file._meta.get_field("variant").default:
        label = f"{label} ({_('noir et blanc')})"
    if file.language != file._meta.get_field("language").default:
        label = f"{label} ({file.get_language_display()})"
    stem = f"{fit(file.resource.title)} - {label}" if with_title else label
    return f"{stem}.{kind}"


def fit(text: str) -> str:
    """What every system takes as a name: no sign that one of them refuses, not too long, no dot at either end (at the beginning it would hide)."""
    plain = unicodedata.normalize("NFC", text).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    kept = UNFIT.sub(" ", "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C"))
    return " ".join(kept.split())[:LONGEST].strip(" .") or "document"


def readme(contents: Contents, *, at: datetime) -> bytes:
    """What is in the archive, where it comes from, and where the next version will be."""
    kit = contents.kit
    lines = [kit.title, "=" * len(kit.title), "", kit.summary, ""]
    lines += [_("Pour les {ages}.").format(ages=words.ages(kit.age_from, kit.age_to)), ""]
    lines += [_("Dans l’ordre\u202f:"), ""]
    for place, item in enumerate(contents.items, start=1):
        lines.append(f"{place:02d} - {item.resource.title}")
        if item.note:
            lines.append(f"     {item.note}")
        if not any(entry.path.startswith(f"{place:02d} - ") for entry in contents.entries):
            lines.append("     " + _("sans fichier\u202f: à lire en ligne"))
        lines.append(f"     {settings.SITE_URL}{item.resource.get_absolute_url()}")
    lines += ["", _("Par\u202f: {author}").format(author=kit.author) if kit.author else ""]
    lines += [_("Licence\u202f: {licence}").format(licence=kit.licence) if kit.licence else ""]
    day = day_in_words(timezone.localdate(at))
    lines += ["", _("Archive du {day}. La version du jour est ici\u202f:").format(day=day)]
    lines += [settings.SITE_URL + kit.get_absolute_url(), ""]
    return "\r\n".join(lines).encode("utf-8-sig")


class _Pipe:
    """Where `zipfile` writes, and from which what was written is taken at once."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, piece: bytes, /) -> int:
        self.waiting += piece
        return len(piece)

    def flush(self) -> None:
        """`zipfile` asks; there is nothing to push."""

    def close(self) -> None:
        """`zipfile` asks; there is nothing to close."""

    def take(self) -> bytes:
        piece, self.waiting = bytes(self.waiting), bytearray()
        return piece


def written(contents: Contents, *, at: datetime) -> Iterator[bytes]:
    """The archive piece by piece: never whole in memory. PDFs are packed already: stored as they are."""
    pipe = _Pipe()
    moment = timezone.localtime(at).timetuple()[:6]
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(README, moment), readme(contents, at=at))
        yield pipe.take()
        for entry in contents.entries:
            info = zipfile.ZipInfo(entry.path, moment)
            with entry.stored.content.open("rb") as source, archive.open(info, "w") as target:
                while piece := source.read(CHUNK):
                    target.write(piece)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()
