"""What an import may write over: only what an import put there. Pure: no database, no clock.

For each field of a sheet one keeps `Put`: the mark of what the last import wrote, and of all that imports ever wrote. A
field is an import's as long as the draft that editors would open still says what the last import wrote, and what
readers see is something that an import wrote (a live text may be one import behind its draft). As soon as somebody
wrote something else in either, the field is theirs, and stays theirs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """What becomes of one field."""

    SAME = "same"
    CHANGED = "changed"
    KEPT = "kept"
    """Somebody wrote it by hand since: it stays as they wrote it."""


@dataclass(frozen=True)
class Put:
    """What imports wrote in one field, as marks: no text is kept twice."""

    last: str
    ours: tuple[str, ...]
    at: str
    """Day and hour of the last time, ISO."""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Put:
        return cls(kept["last"], tuple(kept["ours"]), kept["at"])

    def as_json(self) -> dict[str, Any]:
        return {"last": self.last, "ours": list(self.ours), "at": self.at}


def mark(value: Any) -> str:
    """The same for the same value, whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def written(value: Any, *, at: str, before: Put | None = None) -> Put:
    """What to remember once an import has written this value."""
    this = mark(value)
    ours = before.ours if before else ()
    return Put(this, ours if this in ours else (*ours, this), at)


def fate(new: Any, *, draft: Any, shown: Any, put: Put | None) -> Fate:
    """`new`: what the table says; `draft`: the latest text; `shown`: what the row says (the same, when nothing else is
    public)."""
    if mark(new) == mark(draft):
        return Fate.SAME
    if put and mark(draft) == put.last and mark(shown) in put.ours:
        return Fate.CHANGED
    return Fate.KEPT
