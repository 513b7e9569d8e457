"""Consents to be recognised in a picture or a film: recorded, withdrawn at once, ended on their day."""

from __future__ import annotations

from datetime import date

from marelle.library.enums import Showing
from marelle.library.models import Picture, Video
from marelle.library.queries import media as queries


def reckon(*, about: Picture | Video, on: date) -> date | None:
    """Write down until when every child of a picture is covered by a consent, for pages to read without a query.

    With three children, it is the day on which the third consent from the end runs out: from then on only two hold.
    """
    until = None
    if about.showing == Showing.CHILDREN and about.children:
        days = sorted(queries.covered(about, queries.consents(about), on).values(), reverse=True)
        until = days[about.children - 1] if len(days) >= about.children else None
    if until != about.consented_until:
        about.consented_until = until
        about.save(update_fields=["consented_until"])
    return until
