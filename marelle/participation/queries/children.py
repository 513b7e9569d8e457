"""What a child's page is made of, found by the code on the wall in one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connections
from django.db.models import OuterRef, Subquery
from django.db.models.query import get_related_populators
from django.utils.translation import gettext as _

from marelle.ballots.enums import Purpose
from marelle.ballots.models import Station
from marelle.participation.definition import Questionnaire, parsed, support
from marelle.participation.models import Version

from . import elections

NEWEST = Version.objects.filter(consultation__box=OuterRef("box")).order_by("-number")
SHOWN = (
    "title", "why", "answerer", "answer_due_on", "age_bands",
)  # fmt: skip
FIELDS = (
    "public_id", "code", "mode", "gathering", "age_band", "roll", "state", "closes_at", "closed_at", "wrong_tries",
    "tries_since", "box__public_id", "box__purpose", "box__content", "box__closed_at",
    *(f"box__consultation__{name}" for name in SHOWN), "box__election__title", "box__election__public_id", "box__election__revision",
    "box__proposal__wording",
)  # fmt: skip
"""A consultation's draft is heavy, and thousands of children knock at the same minute."""


def _stations(code: str):
    return (
        Station.objects.filter(code=code)
        .select_related("box__consultation", "box__election", "box__proposal")
        .only(*FIELDS)
        .annotate(digest=Subquery(NEWEST.values("digest")[:1]))
    )


def station_of(code: str) -> Station | None:
    """The station behind a code, with its box and what is asked there; `digest` names the questionnaire's newest
    version. One query, whose SQL Django writes once for each connection: writing it took nine tenths of a child's page.
    """
    compiler, sql, params = _prepared(connections["default"])
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, [code if value == _CODE else value for value in params])
        row = cursor.fetchone()
    if row is None:
        return None
    # As `ModelIterable` does with the rows of any queryset.
    (row,) = compiler.results_iter([[row]])
    fields = compiler.klass_info["select_fields"]
    first, last = fields[0], fields[-1] + 1
    names = [one[0].target.attname for one in compiler.select[first:last]]
    station = Station.from_db("default", names, row[first:last])
    for populator in get_related_populators(  # type: ignore[call-arg]  # the stubs already know Django 6
        compiler.klass_info, compiler.select, "default"
    ):
        populator.populate(row, station)
    for name, place in compiler.annotation_col_map.items():
        setattr(station, name, row[place])
    return station


_CODE = "the-code"


def _prepared(connection):
    kept = connection.__dict__.get("marelle_station_of")
    if kept is None:
        compiler = _stations(_CODE).query.get_compiler(connection=connection)
        kept = connection.__dict__["marelle_station_of"] = (compiler, *compiler.as_sql())
    return kept


@dataclass(frozen=True)
class Asked:
    """What a page says before its questions. Equal ones make the same page."""

    key: str
    """Names the questionnaire: the digest of its version, or the election."""
    title: str
    why: str
    answerer: str
    due_on: date | None
    age_bands: tuple[str, ...]
    is_election: bool = False


def asked(station) -> Asked | None:
    """What is asked at this station. None: no consultation, election nor vote of support. No query."""
    consultation = getattr(station.box, "consultation", None)
    if consultation is not None and station.digest:
        return Asked(
            station.digest,
            consultation.title,
            consultation.why,
            consultation.answerer,
            consultation.answer_due_on,
            tuple(consultation.age_bands),
        )
    election = getattr(station.box, "election", None)
    if election is not None:
        return Asked(elections.kept_under(election), election.title, "", "", None, (), is_election=True)
    proposal = getattr(station.box, "proposal", None)
    if proposal is not None:
        title, why = _("Es-tu d’accord avec cette idée\u202f?"), f"«\u202f{proposal.wording}\u202f»"
        return Asked(f"support-{station.box.public_id}", title, why, "", None, ())
    return None


def questionnaire(station) -> Questionnaire:
    """The questions of this station. Read once per process and version."""
    if station.digest:
        return parsed(station.digest, lambda: _content(station))
    if station.box.purpose == Purpose.SUPPORT:
        return support.ballot_of(
            station.box.proposal.wording, question=_("Es-tu d’accord\u202f?"), choice=_("Oui, je soutiens cette idée")
        )
    return parsed_election(station)


def _content(station) -> Mapping:
    return Version.objects.filter(consultation__box=station.box_id, digest=station.digest).latest("number").content


_elections: dict[str, Questionnaire] = {}


def parsed_election(station) -> Questionnaire:
    """An election's cards as one question: frozen with its box, but for a candidate who renounces."""
    key = elections.kept_under(station.box.election)
    if key not in _elections:
        if len(_elections) > 200:
            _elections.clear()
        _elections[key] = elections.of_box(station.box)
    return _elections[key]
