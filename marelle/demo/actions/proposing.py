"""What the children of the demonstration proposed, and what became of it: some done, some late, some not possible."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from marelle.accounts.enums import Role
from marelle.accounts.models import Organisation, User
from marelle.demo.words import children as words
from marelle.participation.actions import proposals
from marelle.participation.models import Council, Proposal, Session

from .asking import people_of, towns

if TYPE_CHECKING:
    from .year import Year

ENDS = ("done", "answered", "waiting", "late", "impossible", "draft", "done", "answered", "waiting", "answered")
"""How the proposals of a town end, in the order of `words.children.PROPOSALS`."""
TOWNS = 14
"""Towns beside Rouen where children proposed something."""


def live(year: Year) -> None:
    rouen, others = towns()
    for number in range(len(words.PROPOSALS)):
        one(year, rouen, number, ENDS[number])
    for turn, town in enumerate(others[:TOWNS]):
        for number in range(1 + turn % 4):
            one(year, town, (turn + number) % len(words.PROPOSALS), ENDS[(turn + 3 * number) % len(ENDS)])


def one(year: Year, town: Organisation, number: int, end: str) -> Proposal:
    """From the children's words to where this one ends."""
    wording, theme, article = words.PROPOSALS[number]
    lead = people_of(town, Role.LEAD)[0]
    session = _session_of(town, number)
    council = None if session else Council.objects.filter(organisation=town).first()
    made = year.ago(80 if end == "late" else 20 + 4 * number if end != "waiting" else 12)
    proposal = proposals.propose(
        organisation=town,
        wording=wording,
        theme=theme,
        article=article,
        age_band="9-12",
        session=session,
        council=council,
        group_name=session.title if session else "",
        by=lead,
        at=made - timedelta(days=2),
    )
    if end == "draft":
        return proposal
    proposal = proposals.publish(proposal=proposal, by=lead, at=made)
    if end in {"waiting", "late"}:
        return proposal
    return answered(year, proposal, end, lead)


def answered(year: Year, proposal: Proposal, end: str, lead: User) -> Proposal:
    who, at = "L’adjointe à l’enfance (démonstration)", year.ago(10)
    if end == "impossible":
        return proposals.decline(proposal=proposal, text=words.NO, answered_by=who, by=lead, at=at)
    planned = localdate(year.now) + timedelta(days=200)
    proposal = proposals.answer(proposal=proposal, text=words.YES, answered_by=who, planned_for=planned, by=lead, at=at)
    if end == "done":
        day = localdate(year.ago(3))
        proposals.finish(proposal=proposal, note=words.DONE, done_on=day, done_by=who, by=lead, at=year.ago(2))
    return proposal


def _session_of(town: Organisation, number: int) -> Session | None:
    """A group of that town that met; every third proposal comes from the council, or from a talk."""
    if number % 3 == 2:
        return None
    return Session.objects.filter(station__territory=town.territory).order_by("pk").first()
