"""Life cycles that apps bring to `docs/states/`: `marelle draw-states` draws each from the table that its code obeys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Life:
    """One life as a table: its states (a `TextChoices`), which may follow which, and where it begins."""

    key: str
    """Names the file: `proposal` → `docs/states/proposal.md`."""
    title: str
    about: str
    states: Any
    moves: Mapping[str, Collection[str]]
    start: str
    who: Sequence[tuple[str, str, str, str]] = ()
    """More to say of the moves: (move, from, to, who) in words."""


_lives: dict[str, Life] = {}


def bring(life: Life) -> None:
    """Called by an app when it is ready."""
    _lives[life.key] = life


def all_lives() -> list[Life]:
    return [_lives[key] for key in sorted(_lives)]
