"""Kinds of long work. An app brings its own with one decorator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What a job hands over."""

    name: str
    mime: str
    content: bytes


Progress = Callable[[int, int], None]
"""Called with (done, total) as the work advances."""

_kinds: dict[str, Callable[..., Result]] = {}


def job(kind: str):
    """`@job("programme.funnel_export")` on `def export(*, owner, at, progress, **parameters) -> Result`."""

    def keep(work: Callable[..., Result]) -> Callable[..., Result]:
        _kinds[kind] = work
        return work

    return keep


def work_of(kind: str) -> Callable[..., Result]:
    return _kinds[kind]
