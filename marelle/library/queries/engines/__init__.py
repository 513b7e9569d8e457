"""The one thing the databases do differently: finding the entries that hold a word. One module each, the same three
verbs: `places_of`, `put`, `clear`. They analyse nothing and rank nothing."""

from __future__ import annotations

from typing import Protocol, cast

from django.db import connection


class Engine(Protocol):
    """`places_of` gives, for each (word, field) that stands somewhere, the ids of the entries."""

    def places_of(self, words: list[str]) -> list[tuple[str, int, list[int]]]: ...

    def put(self, rows: list[tuple[int, tuple[list[str], ...]]]) -> None: ...

    def clear(self) -> None: ...


def engine() -> Engine:
    from . import postgresql, sqlite

    return cast("Engine", sqlite if connection.vendor == "sqlite" else postgresql)
