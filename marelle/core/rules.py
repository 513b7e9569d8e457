"""How a rule answers, and how an action asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class No:
    """Not yours to do. Falsy, and carries its reason in words for the person."""

    reason: str

    def __bool__(self) -> Literal[False]:
        return False


@dataclass(frozen=True)
class NotNow(No):
    """Yours to do, but not in this state."""


Answer = Literal[True] | No
"""What every `rules.can_…(user, thing)` returns."""


class Refused(Exception):
    """The domain says no, in words meant for the person who asked."""

    @property
    def reason(self) -> str:
        return str(self)


def require(answer: Answer) -> None:
    """Go on when the rule says yes. `NotNow` becomes `Refused` (shown on the page), `No` becomes a 403."""
    if isinstance(answer, NotNow):
        raise Refused(answer.reason)
    if not answer:
        raise PermissionDenied(getattr(answer, "reason", ""))
