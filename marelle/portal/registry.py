"""What is brought to the portal from elsewhere: how children's proposals are counted, how a page is shown.

`participation` counts them, in `Portal.ready`: an installation without proposals says zero, because zero is what it
knows. A page of the site knows its words; the view that shows it is above the models, and leaves its name here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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

show_page: list[Callable[[Any, Any], Any]] = []
"""Filled in `Portal.ready`: the view that answers with a page of the site, given the request and the page. Asked by
Wagtail when an editor looks at a draft."""
