"""Codes a child can hold: a ticket is three drawings, or the three easy words that name them.

The first is an animal, the second something to eat, the third a thing: 48 × 48 × 48 = 110 592 tickets for one
station. The drawings are named in `marelle/participation`; here they are numbers.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

from marelle.core.models import opaque_id

DRAWINGS = 48
"""Drawings to choose from in each of the three places."""
TICKET = re.compile(r"[0-4]\d-[0-4]\d-[0-4]\d")
STATION_CODE = 7
"""31**7 = 27 500 million: a station’s door, projected on a wall, good while it is open. With a thousand groups open at
once and a hundred tries a second, one is met after three days."""


def station_code() -> str:
    return opaque_id(STATION_CODE)


def tickets(count: int, *, apart_from: Collection[str] = ()) -> list[str]:
    """`count` different tickets ("07-31-12"), in no order."""
    drawn: set[str] = set()
    while len(drawn) < count:
        code = "-".join(f"{secrets.randbelow(DRAWINGS):02d}" for _ in range(3))
        if code not in apart_from:
            drawn.add(code)
    return sorted(drawn, key=lambda _: secrets.randbits(32))
