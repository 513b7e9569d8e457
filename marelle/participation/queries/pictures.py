"""Drawings for the answers of a question."""

from __future__ import annotations

import re
from functools import lru_cache

from marelle.ui import pictograms
from marelle.ui.pictograms import Pictogram

SHORT = 3
"""« un », « de », « la »: no drawing is found by them."""


@lru_cache(maxsize=2000)
def suggested(text: str, chosen: str = "", *, limit: int = 18) -> tuple[Pictogram, ...]:
    """Drawings that the words of an answer call to mind, the one already chosen first."""
    found: dict[str, Pictogram] = {}
    if chosen in pictograms.load():
        found[chosen] = pictograms.load()[chosen]
    exact = pictograms.search(text, limit=limit) if text.strip() else []
    words = [word for word in re.split(r"[\s,’'-]+", text) if len(word) >= SHORT]
    for one in [*exact, *(one for word in words for one in pictograms.search(word.rstrip("sx"), limit=6))]:
        found.setdefault(one.code, one)
    return tuple(found.values())[: limit + 1]
