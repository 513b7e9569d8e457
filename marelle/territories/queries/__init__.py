"""Reads: the search, and who a code is today."""

from .search import ELIGIBLE, Hit, Hits, Results, forget_index, search
from .standing import successor_of, with_code

__all__ = ["ELIGIBLE", "Hit", "Hits", "Results", "forget_index", "search", "successor_of", "with_code"]
