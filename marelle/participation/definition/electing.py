"""Who is elected. Pure: from counts to seats, by the written rule of `docs/glossary.md`, *élection*.

Those with the most voices take the seats. Nobody is elected without a voice. When several come level on the last
seats, an adult draws lots between them, before witnesses, and notes who was drawn and the day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """`sure`: elected whatever the lots. `tied`: level on the last `to_draw` seats. `drawn`: those the lots gave."""

    sure: frozenset[str]
    tied: frozenset[str]
    to_draw: int
    drawn: frozenset[str] = frozenset()

    @property
    def is_settled(self) -> bool:
        """Nobody is level, or the lots were drawn."""
        return not self.tied or len(self.drawn) == self.to_draw

    @property
    def elected(self) -> frozenset[str]:
        return self.sure | self.drawn


def outcome(votes: Mapping[str, int], seats: int, drawn: Collection[str] = ()) -> Outcome:
    """From the voices of each candidate. Lots that no longer fit the counts (a candidate renounced since) are void."""
    chosen = {key: count for key, count in votes.items() if count > 0}
    if len(chosen) <= seats:
        return Outcome(frozenset(chosen), frozenset(), 0)
    bar = sorted(chosen.values(), reverse=True)[seats - 1]
    sure = frozenset(key for key, count in chosen.items() if count > bar)
    level = frozenset(key for key, count in chosen.items() if count == bar)
    left = seats - len(sure)
    if len(level) == left:
        return Outcome(sure | level, frozenset(), 0)
    lots = frozenset(drawn)
    fits = lots <= level and len(lots) == left
    return Outcome(sure, level, left, lots if fits else frozenset())
