"""What many people read and few things change, kept in this process's memory until something is done.

The log says when: each action writes an entry in its own transaction (`marelle.audit`), so that the number of the
last entry is the age of everything that actions change. It is read first, in one small query; what is worked out
after it can only be newer than it says. Only for what is the same for whoever reads it: nothing here knows who asks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from marelle.audit.queries import last_number

Found = TypeVar("Found")


class Keeper:
    """Remembers answers while the last number of the log stays the same: at most `size`, the oldest leave first."""

    def __init__(self, size: int):
        self.size = size
        self.lock = threading.Lock()
        self.number = -1
        self.answers: dict[Hashable, Any] = {}

    def get(self, question: Callable[..., Found], *about: Hashable) -> Found:
        key, number = (question, *about), last_number()
        with self.lock:
            if number != self.number:
                self.number, self.answers = number, {}
            if key in self.answers:
                return self.answers[key]
        answer = question(*about)
        with self.lock:
            if number == self.number:  # Otherwise something was done in the meantime: it may be of before.
                self.answers[key] = answer
                while len(self.answers) > self.size:
                    del self.answers[next(iter(self.answers))]
        return answer

    def forget(self) -> None:
        with self.lock:
            self.number, self.answers = -1, {}


_keeper = Keeper(size=500)


def kept(question: Callable[..., Found], *about: Hashable) -> Found:
    """`question(*about)`, as worked out since the last thing done; whatever depends on the day is told the day."""
    return _keeper.get(question, *about)


def forget_kept() -> None:
    """Work everything out again at the next reading."""
    _keeper.forget()
