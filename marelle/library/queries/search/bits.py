"""Sets of entries as whole numbers, one bit each, and their scores as numbers written across such sets.

Python's own integers are the bitmaps: an « and » over 20 000 entries is one operation of a microsecond. A score is kept
as planes, the lowest bit of every entry's score in the first, and so on: adding a weight to all the entries of a set is
a sum with carry on whole planes, and reading the best first is walking down the planes. What it costs does not depend on
how many entries are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def bits_of(places: Iterable[int], size: int) -> int:
    """A set from the places of its members, all under `size`."""
    octets = bytearray((size + 7) // 8)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def places_in(bits: int) -> Iterator[int]:
    """The places of a set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


class Scores:
    """The score of every entry, in planes."""

    def __init__(self) -> None:
        self.planes: list[int] = []

    def add(self, members: int, weight: int) -> None:
        """Add a weight to the score of each member of a set."""
        place = 0
        while members and weight:
            if weight & 1:
                self._carry(members, place)
            weight >>= 1
            place += 1

    def _carry(self, members: int, place: int) -> None:
        while members:
            while len(self.planes) <= place:
                self.planes.append(0)
            before = self.planes[place]
            self.planes[place] = before ^ members
            members &= before
            place += 1

    def at_least(self, members: int, least: int) -> int:
        """Those of these members whose score is so much or more."""
        if least >> len(self.planes):
            return 0
        more, equal = 0, members
        for place in reversed(range(len(self.planes))):
            if least >> place & 1:
                equal &= self.planes[place]
            else:
                more |= equal & self.planes[place]
                equal &= ~self.planes[place]
        return more | equal

    def best_first(self, members: int, skip: int, take: int) -> list[int]:
        """The places of a page of these members: the highest score first, then the lowest place."""
        page: list[int] = []
        waiting = [(members, len(self.planes))]
        while waiting and len(page) < take:
            here, plane = waiting.pop()
            if not here:
                continue
            count = here.bit_count()
            if skip >= count:
                skip -= count
            elif plane == 0:
                for place in places_in(here):
                    if skip:
                        skip -= 1
                    elif len(page) < take:
                        page.append(place)
                    else:
                        break
            else:
                high = here & self.planes[plane - 1]
                waiting += [(here ^ high, plane - 1), (high, plane - 1)]
        return page

    def of(self, place: int) -> int:
        """One entry's score."""
        return sum(((plane >> place) & 1) << n for n, plane in enumerate(self.planes))
