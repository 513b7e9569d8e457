"""Where the pages that cross subjects lead to."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse

from marelle.programme.enums import SEEN_BY_VOLUNTEERS, Status
from marelle.programme.models import Candidacy
from marelle.programme.queries.portfolio import Facts


@lru_cache(maxsize=10_000)
def address(name: str, *args: str) -> str:
    """The address of a page. Pages name the same ones again and again."""
    return reverse(name, args=args)


def file_address(candidacy: Candidacy | Facts) -> str:
    """Where the team reads a file: its review once it was handed over, its own page before."""
    reads = candidacy.status in SEEN_BY_VOLUNTEERS and candidacy.status not in {Status.TITLED, Status.TITLE_WITHDRAWN}
    return address("programme:review" if reads else "programme:candidacy", candidacy.public_id)
