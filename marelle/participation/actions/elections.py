"""The election of a council: prepared, opened to classes, closed and counted, announced; those elected take a seat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.ballots.actions import boxes, stations
from marelle.ballots.enums import Purpose
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import elections as emails
from marelle.participation.models import Candidate, Council, Election, Member, Session, Term
from marelle.participation.queries import councils as council_queries
from marelle.participation.queries import elections as queries
from marelle.participation.rules import elections as rules


@transaction.atomic
def create(
    *, council: Council, title: str, seats: int, votes_each: int, starts_on: date, ends_on: date, by: Any, at: datetime
) -> Election:
    require(rules.can_create(by, council))
    require(rules.can_be_terms(seats=seats, votes_each=votes_each, starts_on=starts_on, ends_on=ends_on))
    election = Election.objects.create(
        council=council, title=title, seats=seats, votes_each=votes_each, starts_on=starts_on, ends_on=ends_on
    )
    record("participation.election.created", on=election, by=by, at=at, seats=seats, votes_each=votes_each)
    return election


@transaction.atomic
def change(
    *,
    election: Election,
    title: str,
    seats: int,
    votes_each: int,
    starts_on: date,
    ends_on: date,
    by: Any,
    at: datetime,
) -> Election:
    election = locked(election)
    require(rules.can_prepare(by, election))
    require(rules.can_be_terms(seats=seats, votes_each=votes_each, starts_on=starts_on, ends_on=ends_on))
    election.title, election.seats, election.votes_each = title, seats, votes_each
    election.starts_on, election.ends_on = starts_on, ends_on
    election.save(update_fields=["title", "seats", "votes_each", "starts_on", "ends_on"])
    record("participation.election.changed", on=election, by=by, at=at, seats=seats, votes_each=votes_each)
    return election


@transaction.atomic
def drop(*, election: Election, by: Any, at: datetime) -> None:
    """Give up an election that nobody voted in yet: it goes, with its candidates."""
    election = locked(election)
    require(rules.can_prepare(by, election))
    record("participation.election.dropped", on=election.council, by=by, at=at)
    election.delete()


@transaction.atomic
def open_vote(*, election: Election, by: Any, at: datetime) -> Election:
    """From here candidates and rules are frozen: the ballot paper is made, with its box."""
    election = locked(election)
    require(rules.can_open(by, election))
    election.box = boxes.make(purpose=Purpose.ELECTION, content=queries.ballot_paper(election), at=at)
    election.opened_at = at
    election.save(update_fields=["box", "opened_at"])
    record("participation.election.opened", on=election, by=by, at=at, candidates=len(election.candidates.all()))
    return election


@transaction.atomic
def open_class(
    *,
    election: Election,
    organisation: Organisation,
    title: str,
    mode: str,
    gathering: str,
    roll: int,
    age_band: str = "",
    by: Any,
    at: datetime,
) -> Session:
    """One class votes: a station with a slot for each child of the roll, until the end of the vote."""
    election = locked(election)
    require(rules.can_open_class(by, election, on=timezone.localdate(at)))
    if organisation not in rules.organisations_for(by, election):
        raise Refused(_("Choisissez une structure ou une collectivité dont vous êtes membre."))
    if mode not in rules.MODES:
        raise Refused(
            _("Choisissez des tickets, des tablettes partagées ou le papier\u202f: chaque enfant a une voix.")
        )
    assert election.box is not None  # An open election has one: held by the database.
    station = stations.open_station(
        box=election.box, mode=mode, gathering=gathering, territory=election.council.organisation.territory,
        age_band=age_band, roll=roll, closes_at=rules.end_of(election), by=by, at=at,
    )  # fmt: skip
    session = Session.objects.create(
        election=election, station=station, organisation=organisation, title=title, opened_by=by
    )
    record("participation.election.class_opened", on=election, by=by, at=at, mode=mode)
    return session


@transaction.atomic
def close(*, election: Election, by: Any, at: datetime) -> Election:
    """The vote is over in every class. The count exists, and stays sealed until it is announced."""
    election = locked(election)
    require(rules.can_close(by, election))
    assert election.box is not None  # An open election has one: held by the database.
    boxes.close(box=election.box, by=by, at=at)
    election.closed_at = at
    election.save(update_fields=["closed_at"])
    record("participation.election.closed", on=election, by=by, at=at)
    return election


@transaction.atomic
def read_counts(*, election: Election, by: Any, at: datetime) -> queries.Count:
    """The whole table. Before the announcement, that it was read is written down for everyone to see."""
    election = locked(election)
    require(rules.can_read_counts(by, election))
    if not election.announced_at:
        record("participation.election.read", on=election, by=by, at=at)
    return queries.count(election)


@transaction.atomic
def draw_lots(*, election: Election, drawn: Collection[str], drawn_on: date, by: Any, at: datetime) -> Election:
    """Between those who came level: as many as there are seats left, drawn by an adult that day."""
    election = locked(election)
    require(rules.can_draw(by, election))
    outcome = queries.outcome(election)
    chosen = {*drawn}
    if not chosen <= outcome.tied or len(chosen) != outcome.to_draw:
        raise Refused(
            _("Cochez exactement %(count)s nom(s)\u202f: c’est le nombre de sièges à tirer au sort.")
            % {"count": outcome.to_draw}
        )
    if election.closed_at is None or not timezone.localdate(election.closed_at) <= drawn_on <= timezone.localdate(at):
        raise Refused(_("Le tirage au sort a lieu après la fin du vote, et au plus tard aujourd’hui."))
    for one in election.candidates.all():
        one.is_drawn = one.key in chosen
        one.save(update_fields=["is_drawn"])
    election.drawn_on = drawn_on
    election.save(update_fields=["drawn_on"])
    record("participation.election.drawn", on=election, by=by, at=at, seats=outcome.to_draw, between=len(outcome.tied))
    return election


@transaction.atomic
def announce(*, election: Election, by: Any, at: datetime) -> Election:
    """The result is public from now on, and who is elected no longer changes."""
    election = locked(election)
    require(rules.can_announce(by, election))
    elected = queries.outcome(election).elected
    for one in election.candidates.all():
        one.is_elected = one.key in elected
        one.save(update_fields=["is_elected"])
    election.announced_at = at
    election.save(update_fields=["announced_at"])
    record("participation.election.announced", on=election, by=by, at=at, elected=len(elected))
    adults = {row.opened_by_id: row.opened_by for row in election.sessions.select_related("opened_by")}
    adults |= {person.pk: person for person in council_queries.people(election.council, on=timezone.localdate(at))}
    for person in adults.values():
        if person.is_active:
            send_on_commit(emails.result_announced, to=person, at=at, election=election)
    return election


@transaction.atomic
def install(*, election: Election, term: Term, by: Any, at: datetime) -> list[Member]:
    """Those elected are on the list of the term. They sit once their consents are signed."""
    election = locked(election)
    require(rules.can_install(by, election, term))
    joined_on = min(max(term.starts_on, timezone.localdate(at)), term.ends_on)
    made = []
    for one in queries.to_install(election).select_for_update():
        one.member = Member.objects.create(
            term=term, first_name=one.first_name, school=one.school, joined_on=joined_on, recorded_at=at, recorded_by=by
        )
        one.save(update_fields=["member"])
        made.append(one.member)
    record("participation.election.installed", on=election, by=by, at=at, count=len(made))
    return made


def locked(election: Election) -> Election:
    rows = Election.objects.select_for_update(of=("self",)).select_related("council__organisation__territory", "box")
    return rows.prefetch_related("candidates").get(pk=election.pk)


def renewed(election: Election) -> None:
    """Its cards changed while children vote: pages in memory are old."""
    Election.objects.filter(pk=election.pk).update(revision=F("revision") + 1)


def candidate_locked(candidate: Candidate) -> Candidate:
    election = locked(candidate.election)
    row = Candidate.objects.select_for_update().get(pk=candidate.pk)
    row.election = election
    return row
