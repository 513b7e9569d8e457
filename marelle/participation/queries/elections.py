"""Elections read: the ballot a child sees, the classes that vote, and the count, once it may be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.ballots.enums import Scope
from marelle.ballots.models import Box
from marelle.ballots.paper import MANY
from marelle.ballots.queries.stations import Statement, statements
from marelle.ballots.queries.tallies import tallies
from marelle.participation.definition import Choice, Question, Questionnaire, Section
from marelle.participation.definition.electing import Outcome
from marelle.participation.definition.electing import outcome as counted_out
from marelle.participation.enums import QuestionKind
from marelle.participation.models import Candidate, Election, Member, Session

from .councils import CONSENTS, seats_of

QUESTION = "candidates"
"""The one question of the ballot, and the key of its counts."""


def standing_candidates(election: Election) -> list[Candidate]:
    """Those who stand today."""
    return [one for one in election.candidates.all() if not one.withdrawn_on]


def ballot_paper(election: Election) -> dict[str, Any]:
    """The paper of the box, frozen at the opening: `votes_each` different names at most."""
    keys = [one.key for one in standing_candidates(election)]
    return {"questions": [{"key": QUESTION, "kind": MANY, "choices": keys, "most": election.votes_each}], "age": ""}


def questionnaire_of(election: Election) -> Questionnaire:
    """What the child's screen asks. Who renounced since the opening is no longer shown. One query."""
    choices = tuple(
        Choice(one.key, {"fr": _card(one)}, one.picto) for one in election.candidates.all() if not one.withdrawn_on
    )
    text = _("Pour qui votes-tu\u202f?")
    how = ngettext("Choisis {n} nom.", "Choisis {n} noms au plus.", election.votes_each).format(n=election.votes_each)
    question = Question(
        QUESTION, QuestionKind.PICTURES, {"fr": text}, {"fr": how}, choices, election.votes_each, shuffle=True
    )
    return Questionnaire(("fr",), (Section("election", {"fr": ""}, (question,)),))


def kept_under(election: Election) -> str:
    """The name under which a page of this ballot may be kept in memory."""
    return f"election-{election.public_id}-{election.revision}"


def of_box(box: Box) -> Questionnaire:
    """The same, for the page of a child, which knows the box."""
    return questionnaire_of(Election.objects.prefetch_related("candidates").get(box=box))


def _card(candidate: Candidate) -> str:
    """First name, class, what they propose: read aloud as it is written."""
    who = ", ".join(filter(None, [candidate.first_name, candidate.school]))
    return " · ".join(filter(None, [who, candidate.promise]))


@dataclass(frozen=True)
class Line:
    """A candidate and their voices."""

    candidate: Candidate
    votes: int
    is_elected: bool


@dataclass(frozen=True)
class Count:
    """The whole count: for the adults' table and the *procès-verbal*."""

    lines: list[Line]
    ballots: int
    blank: int
    """Ballots that named nobody."""
    voices: int

    @property
    def elected(self) -> list[Line]:
        return [line for line in self.lines if line.is_elected]


def votes_of(election: Election) -> tuple[dict[str, int], int, int]:
    """(voices by candidate's key, ballots, ballots that named somebody)."""
    votes: dict[str, int] = {}
    ballots = named = 0
    if election.box is not None:
        for tally in tallies(election.box, scope=Scope.NATION):
            ballots += tally.ballots
            for cell, count in tally.cells.get(QUESTION, {}).items():
                if cell == "*":
                    named += count
                else:
                    votes[cell] = votes.get(cell, 0) + count
    return votes, ballots, named


def outcome(election: Election) -> Outcome:
    """Who is elected, among those who still stand. Secret until announced: rules and actions ask, pages only show
    who is level."""
    votes, _ballots, _named = votes_of(election)
    here = standing_candidates(election)
    return counted_out(
        {one.key: votes.get(one.key, 0) for one in here}, election.seats, [one.key for one in here if one.is_drawn]
    )


def tied(election: Election) -> list[Candidate]:
    """Those level on the last seats, by first name: all that may be read before the announcement, to draw lots."""
    keys = outcome(election).tied
    return [one for one in election.candidates.all() if one.key in keys]


def count(election: Election) -> Count:
    """The table. The caller asked `rules.can_read_counts`. Once announced, who is elected is what was announced."""
    votes, ballots, named = votes_of(election)
    elected = outcome(election).elected
    lines = [
        Line(one, votes.get(one.key, 0), bool(one.is_elected) if one.is_elected is not None else one.key in elected)
        for one in election.candidates.all()
    ]
    lines.sort(key=lambda line: (not line.is_elected, -line.votes, line.candidate.first_name, line.candidate.pk))
    return Count(lines, ballots, ballots - named, sum(line.votes for line in lines))


def classes(election: Election) -> list[tuple[Session, Statement]]:
    """Each class that votes, with how many have; two queries. Never what."""
    rows = list(
        election.sessions.select_related("station", "organisation", "opened_by").order_by("-station__opened_at", "pk")
    )
    known = statements([row.station for row in rows])
    return [(row, known[row.station_id]) for row in rows]


def unnamed(election: Election, *, on: date) -> set[int]:
    """Candidates whom the public page no longer names: they took a seat, then the family took back its yes, or the
    first name was erased. That they were elected stays."""
    rows = Member.objects.filter(candidate__election=election).select_related("candidate").prefetch_related(CONSENTS)
    found = set()
    for seat in seats_of(rows, on=on):
        given = seat.participation
        if not seat.member.first_name or (given and given.withdrawn_on and not given.holds(on)):
            found.add(seat.member.candidate.pk)
    return found


def to_install(election: Election) -> QuerySet[Candidate]:
    """Elected, still willing, and not on the list of a term yet."""
    return election.candidates.filter(is_elected=True, withdrawn_on__isnull=True, member__isnull=True)
