"""Boxes and stations in the situation a test needs, made through the actions."""

from datetime import UTC, datetime
from itertools import count

from marelle.ballots.actions import boxes, casting, stations
from marelle.ballots.enums import Gathering, Mode, Purpose

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PAPER = {
    "questions": [
        {"key": "age", "kind": "one", "choices": ["6-8", "9-12"]},
        {"key": "mood", "kind": "one", "choices": ["good", "bad"]},
        {"key": "games", "kind": "many", "choices": ["ball", "rope", "marbles"], "most": 2},
        {"key": "order", "kind": "rank", "choices": ["tree", "bench", "water"]},
    ],
    "age": "age",
}
_number = count()


def sending() -> str:
    """The name of a sending that no other has."""
    return f"sending-{next(_number):032d}"


def box(content=PAPER, purpose=Purpose.CONSULTATION, at=AT):
    return boxes.make(purpose=purpose, content=content, at=at)


def station(into=None, *, mode=Mode.TICKETS, roll=28, territory=None, age_band="9-12", at=AT, **fields):
    fields.setdefault("gathering", Gathering.SCHOOL)
    return stations.open_station(
        box=into or box(),
        mode=mode,
        roll=None if mode == Mode.LINK else roll,
        territory=territory,
        age_band=age_band,
        by=None,
        at=at,
        **fields,
    )


def vote(here, answers=None, *, words=None, ticket=None, name=None, at=AT) -> bool:
    """One child's ballot, with the first unused ticket when the station has tickets."""
    if ticket is None:
        ticket = here.tickets.values_list("code", flat=True).first() or "" if here.mode == Mode.TICKETS else ""
    return casting.cast(
        station=here,
        answers={"mood": "good"} if answers is None else answers,
        words=words or {},
        sending=name or sending(),
        ticket=ticket,
        at=at,
    )
