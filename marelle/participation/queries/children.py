"""What a child's page is made of, found by the code on the wall in one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from marelle.ballots.enums import Purpose
from marelle.ballots.models import Box, Station
from marelle.ballots.queries.doors import station_behind
from marelle.participation.definition import Questionnaire, parsed, support
from marelle.participation.models import Version

from . import elections

NEWEST = Version.objects.filter(consultation__box=OuterRef("pk")).order_by("-number")
FIELDS = (
    "public_id", "purpose", *(f"consultation__{name}" for name in ("title", "why", "answerer", "answer_due_on")),
    "election__title", "election__public_id", "election__revision", "proposal__wording",
)  # fmt: skip
"""A consultation's draft is heavy, and thousands of children knock at the same minute."""
FRESH = 5.0
"""Seconds during which a process believes what it knows of a box: its questions never change, and a spelling corrected
or a candidate who steps back is seen a moment later. Whether children may answer is their station's business, and read
each time."""

_boxes: dict[int, tuple[float, Box]] = {}


def forget() -> None:
    _boxes.clear()


def station_of(code: str) -> Station | None:
    """The station behind a code, with its box and what is asked there. One query, and one more when the box was not
    read lately."""
    station = station_behind(code)
    if station is not None:
        station.box = _box(station.box_id)
    return station


def _box(pk: int) -> Box:
    """Shared by whoever asks in these seconds: only read. `digest` names the questionnaire's newest version."""
    read_at, box = _boxes.get(pk, (0.0, None))
    if box is None or monotonic() > read_at + FRESH:
        if len(_boxes) > 1000:
            _boxes.clear()
        boxes = Box.objects.select_related("consultation", "election", "proposal").only(*FIELDS)
        box = boxes.annotate(digest=Subquery(NEWEST.values("digest")[:1])).get(pk=pk)
        _boxes[pk] = monotonic(), box
    return box


@dataclass(frozen=True)
class Asked:
    """What a page says before its questions. Equal ones make the same page."""

    key: str
    """Names the questionnaire: the digest of its version, or the election."""
    title: str
    why: str
    answerer: str
    due_on: date | None
    is_election: bool = False


def asked(station) -> Asked | None:
    """What is asked at this station. None: no consultation, election nor vote of support. No query."""
    consultation = getattr(station.box, "consultation", None)
    if consultation is not None and station.box.digest:
        return Asked(
            station.box.digest,
            consultation.title,
            consultation.why,
            consultation.answerer,
            consultation.answer_due_on,
        )
    election = getattr(station.box, "election", None)
    if election is not None:
        return Asked(elections.kept_under(election), election.title, "", "", None, is_election=True)
    proposal = getattr(station.box, "proposal", None)
    if proposal is not None:
        title, why = _("Es-tu d’accord avec cette idée\u202f?"), f"«\u202f{proposal.wording}\u202f»"
        return Asked(f"support-{station.box.public_id}", title, why, "", None)
    return None


def questionnaire(station) -> Questionnaire:
    """The questions of this station. Read once per process and version."""
    if station.box.digest:
        return parsed(station.box.digest, lambda: _content(station))
    if station.box.purpose == Purpose.SUPPORT:
        return support.ballot_of(
            station.box.proposal.wording, question=_("Es-tu d’accord\u202f?"), choice=_("Oui, je soutiens cette idée")
        )
    return parsed_election(station)


def _content(station) -> Mapping:
    return Version.objects.filter(consultation__box=station.box_id, digest=station.box.digest).latest("number").content


_elections: dict[str, Questionnaire] = {}


def parsed_election(station) -> Questionnaire:
    """An election's cards as one question: frozen with its box, but for a candidate who renounces."""
    key = elections.kept_under(station.box.election)
    if key not in _elections:
        if len(_elections) > 200:
            _elections.clear()
        _elections[key] = elections.of_box(station.box)
    return _elections[key]
