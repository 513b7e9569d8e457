"""Work on many rows where the trouble of one is not the trouble of the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

logger = logging.getLogger(__name__)


class SomeFailed(Exception):
    """All rows were gone through; some could not be done, and the others stay done."""


def one_by_one(rows: Iterable[Any], act: Callable[[Any], int]) -> int:
    """Do `act` on each row, whatever becomes of the others; it says how many things it did, or whether.

    Each `act` is its own transaction. What failed is in the log with its trace, and is told once, at the end.
    """
    done = failed = seen = 0
    for row in rows:
        seen += 1
        try:
            done += int(act(row))
        except Exception:
            failed += 1
            logger.exception("Could not be done for %s %s", type(row).__name__, getattr(row, "pk", row))
    if failed:
        raise SomeFailed(f"{failed} of {seen} could not be done; {done} were.")
    return done
