"""What the papers of an election hold: cards for the wall, the ballot, the minutes of the count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from marelle.participation.models import Candidate, Election
from marelle.ui import pictograms
from marelle.ui.drawings import coloured, in_black

from .elections import Count, classes, standing_candidates


def cards(election: Election) -> dict[str, Any]:
    rows = standing_candidates(election)
    return _about(election) | {
        "candidates": [_card(one) | {"promise": one.promise, "word": pictograms.word(one.picto)} for one in rows],
        "pictos": {one.picto: coloured(one.picto) for one in rows if one.picto in pictograms.load()},
    }


def ballot(election: Election) -> dict[str, Any]:
    rows = standing_candidates(election)
    return _about(election) | {
        "candidates": [_card(one) for one in rows],
        "pictos": {one.picto: in_black(one.picto) for one in rows if one.picto in pictograms.load()},
    }


def minutes(election: Election, count: Count, by: str, at: datetime) -> dict[str, Any]:
    """All the voices, the classes, the lots: for the file of the collectivité, not for the wall."""
    groups = classes(election)
    return _about(election) | {
        "is_announced": election.announced_at is not None,
        "announced_on": _day(election.announced_at),
        "closed_on": _day(election.closed_at),
        "drawn_on": f"{election.drawn_on:%d/%m/%Y}" if election.drawn_on else "",
        "drawn": [line.candidate.first_name for line in count.lines if line.candidate.is_drawn],
        "roll": sum(statement.roll or 0 for _session, statement in groups),
        "ballots": count.ballots,
        "blank": count.blank,
        "voices": count.voices,
        "groups": [
            [session.title, session.organisation.name, str(statement.roll), str(statement.answered)]
            for session, statement in groups
        ],
        "lines": [
            {
                "name": line.candidate.first_name,
                "school": line.candidate.school,
                "votes": line.votes,
                "elected": line.is_elected,
                "withdrawn": line.candidate.withdrawn_on is not None,
            }
            for line in count.lines
        ],
        "by": by,
        "made_on": _day(at),
    }


def _about(election: Election) -> dict[str, Any]:
    council = election.council
    return {
        "election": election.title,
        "council": council.name,
        "who": council.organisation.name,
        "seats": election.seats,
        "votes_each": election.votes_each,
        "starts_on": f"{election.starts_on:%d/%m/%Y}",
        "ends_on": f"{election.ends_on:%d/%m/%Y}",
        "demonstration": council.is_demonstration,
    }


def _card(candidate: Candidate) -> dict[str, Any]:
    known = candidate.picto in pictograms.load()
    return {"name": candidate.first_name, "school": candidate.school, "picto": candidate.picto if known else ""}


def _day(moment: datetime | None) -> str:
    return f"{timezone.localdate(moment):%d/%m/%Y}" if moment else ""
