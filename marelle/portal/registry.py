"""Where the headline figures come from: each app that holds children's proposals adds how it counts them.

`participation` does, in `Portal.ready`. An installation without proposals says zero, because zero is what it knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Proposals:
    """What children proposed, what was answered to them, what was done. Never nested twice: done ≤ answered ≤ made."""

    made: int = 0
    answered: int = 0
    done: int = 0

    def __add__(self, other: Proposals) -> Proposals:
        return Proposals(self.made + other.made, self.answered + other.answered, self.done + other.done)


proposal_counts: list[Callable[[], Proposals]] = []
"""Filled in `Portal.ready`: one function per app that holds proposals."""
