"""What a person called a file: kept to be shown, never used as a path."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f�]')
BLANK = re.compile(r"\s+")


def extension_of(name: str) -> str:
    stem, dot, extension = shown_name(name).rpartition(".")
    return extension.lower() if dot and stem else ""


def shown_name(name: str | None) -> str:
    """« C:\\fakepath\\délibération.pdf » → « délibération.pdf ». Without folders, control characters, or marks
    that turn the writing round to hide an extension; the extension survives the cut."""
    last = re.split(r"[\\/]", name or "")[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in {"Cf", "Cs", "Co"})
    clean = BLANK.sub(" ", UNFIT.sub("_", kept)).strip(" .")
    if len(clean) <= LONGEST:
        return clean or "document"
    stem, dot, extension = clean.rpartition(".")
    if not dot or len(extension) > 10:
        return clean[:LONGEST]
    return f"{stem[: LONGEST - len(extension) - 1].rstrip()}.{extension}"
