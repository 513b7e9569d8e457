"""What many people read and few things change, kept in this process's memory until something is done.

The log says when: each action writes an entry in its own transaction (`marelle.audit`), so that the number of the
last entry is the age of everything that actions change. It is read first, in one small query; what is worked out
after it can only be newer than it says. Only for what is the same for whoever reads it: nothing here knows who asks.

A question may ask others: the number is read once for them all, and each is answered once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from .queries import last_number

Found = TypeVar("Found")


NOTHING = object()


class Keeper:
    """Remembers answers while the last number of the log stays the same: at most `size`, the oldest leave first."""

    def __init__(self, size: int):
        self.size = size
        self.lock = threading.Lock()
        self.number = -1
        self.answers: dict[Hashable, Any] = {}

    def get(self, question: Callable[..., Found], *about: Hashable) -> Found:
        key, met = (question, *about), _met.get()
        if met is not None and key in met:
            return met[key]
        known = _number.get()
        number = last_number() if known is None else known
        found = self.find(key, number)
        if found is NOTHING:
            with reading(number), _meeting():
                found = question(*about)
            self.keep(key, number, found)
        if met is not None:
            met[key] = found
        return found

    def find(self, key: Hashable, number: int) -> Any:
        """What was kept under this name while the log ends with `number`, or `NOTHING`."""
        with self.lock:
            if number != self.number:
                self.number, self.answers = number, {}
            return self.answers.get(key, NOTHING)

    def keep(self, key: Hashable, number: int, answer: Any) -> None:
        """`number` was read before `answer` was worked out."""
        with self.lock:
            if number == self.number:  # Otherwise something was done in the meantime: it may be of before.
                self.answers[key] = answer
                while len(self.answers) > self.size:
                    del self.answers[next(iter(self.answers))]

    def forget(self) -> None:
        with self.lock:
            self.number, self.answers = -1, {}


_keeper = Keeper(size=500)


def kept(question: Callable[..., Found], *about: Hashable) -> Found:
    """`question(*about)`, as worked out since the last thing done; whatever depends on the day is told the day."""
    return _keeper.get(question, *about)


_number: ContextVar[int | None] = ContextVar("number", default=None)


@contextmanager
def reading(number: int) -> Iterator[None]:
    """While a page is drawn whose log ended with `number` when it began: nobody asks again."""
    token = _number.set(number)
    try:
        yield
    finally:
        _number.reset(token)


_met: ContextVar[dict[Hashable, Any] | None] = ContextVar("met", default=None)
"""What a question has met on its way, the questions it asked answered."""


@contextmanager
def _meeting() -> Iterator[None]:
    if _met.get() is not None:
        yield
        return
    token = _met.set({})
    try:
        yield
    finally:
        _met.reset(token)


pages = Keeper(size=500)
"""Whole pages, as anyone without a cookie sees them (`portal.middleware.whole_pages`)."""


def forget_kept() -> None:
    """Work everything out again at the next reading."""
    _keeper.forget()
    pages.forget()
