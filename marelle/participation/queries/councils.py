"""Councils read: who sits on a day, whose consent ends, how they are balanced, what a term leaves to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from marelle.accounts.enums import WRITES_FILE
from marelle.accounts.models import Membership, User
from marelle.participation.enums import ConsentKind, CouncilKind, ProposalState
from marelle.participation.models import Consent, Council, Member, Proposal, Term
from marelle.territories.models import Territory

SOON = timedelta(days=60)
"""A consent that ends within so many days is to be signed again."""
YOUNG = 30
"""A *conseil de jeunes* is for people under this age (CGCT L1112-23)."""


class Place(StrEnum):
    """Where a member stands on a day."""

    SITS = "sits"
    WAITS = "waits"  # no consent yet
    ENDED = "ended"  # the consent is over
    WITHDRAWN = "withdrawn"
    LATER = "later"  # joins on a day to come
    LEFT = "left"


@dataclass(frozen=True)
class Seat:
    """A member on a day, with the consents that count that day."""

    member: Member
    on: date
    participation: Consent | None
    """The one that holds, or the last one given."""
    image: Consent | None

    @property
    def place(self) -> Place:
        if self.member.left_on and self.member.left_on <= self.on:
            return Place.LEFT
        if self.member.joined_on > self.on:
            return Place.LATER
        if self.participation is None:
            return Place.WAITS
        if self.participation.holds(self.on):
            return Place.SITS
        return Place.WITHDRAWN if self.participation.withdrawn_on else Place.ENDED

    @property
    def sits(self) -> bool:
        """Only with a consent that holds today does a child count as sitting."""
        return self.place == Place.SITS

    @property
    def may_be_pictured(self) -> bool:
        return self.sits and self.image is not None and self.image.holds(self.on)

    @property
    def is_public(self) -> bool:
        """Whether the first name may be read by anyone."""
        return self.sits and self.member.is_shown and bool(self.member.first_name)

    @property
    def ends_soon(self) -> date | None:
        """The day the consent to take part ends, when it is near."""
        if not self.sits or self.participation is None:
            return None
        last = self.participation.valid_until
        return last if last <= self.on + SOON else None

    @property
    def age(self) -> int | None:
        """In the year, give or take one: only the year of birth is kept."""
        return self.on.year - self.member.birth_year if self.member.birth_year else None


@dataclass(frozen=True)
class Balance:
    """Who sits, in numbers. Gender is two sums an adult declared, or not recorded."""

    sitting: int
    ages: list[tuple[str, int]]
    schools: list[tuple[str, int]]
    women: int | None
    men: int | None
    too_old: int
    """In a *conseil de jeunes*: how many reach thirty this year."""

    @property
    def gap(self) -> int | None:
        return None if self.women is None or self.men is None else abs(self.women - self.men)

    @property
    def declared(self) -> int | None:
        return None if self.women is None or self.men is None else self.women + self.men


CONSENTS = Prefetch("consents", Consent.objects.select_related("document").order_by("-signed_on", "-pk"))


def seats_of(members: Iterable[Member], *, on: date) -> list[Seat]:
    """The seats of members whose consents are prefetched."""
    return [
        Seat(
            member,
            on,
            _which(member, ConsentKind.PARTICIPATION, on),
            _which(member, ConsentKind.IMAGE, on),
        )
        for member in members
    ]


def seats(term: Term, *, on: date) -> list[Seat]:
    """Everyone of the term, those who left last; two queries."""
    rows = seats_of(term.members.select_related("recorded_by").prefetch_related(CONSENTS), on=on)
    return sorted(rows, key=lambda seat: (seat.place == Place.LEFT, seat.member.first_name.lower(), seat.member.pk))


def seat_of(member: Member, *, on: date) -> Seat:
    return seats_of([member], on=on)[0]


def term_of(council: Council, *, on: date) -> Term | None:
    """The term of the day; else the next one; else the last."""
    rows = list(council.terms.all())  # the latest first
    now = [term for term in rows if term.starts_on <= on <= term.ends_on]
    to_come = [term for term in rows if term.starts_on > on]
    return now[0] if now else to_come[-1] if to_come else rows[0] if rows else None


def balance(council: Council, term: Term, rows: Iterable[Seat]) -> Balance:
    sitting = [seat for seat in rows if seat.sits]
    ages = Counter(seat.age for seat in sitting)
    schools = Counter(seat.member.school for seat in sitting)
    known = sorted((age, count) for age, count in ages.items() if age is not None)
    return Balance(
        sitting=len(sitting),
        ages=[(str(age), count) for age, count in known] + ([("", ages[None])] if ages[None] else []),
        schools=sorted((name, count) for name, count in schools.items() if name)
        + ([("", schools[""])] if schools[""] else []),
        women=term.women,
        men=term.men,
        too_old=sum(count for age, count in known if age >= YOUNG) if council.kind == CouncilKind.YOUTH else 0,
    )


def to_renew(rows: Iterable[Seat]) -> list[Seat]:
    """Those whose consent is missing, over, withdrawn, or soon over; the most pressing first."""
    order = [Place.WAITS, Place.ENDED, Place.WITHDRAWN, Place.SITS]
    found = [seat for seat in rows if seat.place in order[:3] or seat.ends_soon]
    return sorted(found, key=lambda seat: (order.index(seat.place), seat.ends_soon or date.min))


def members_to_renew(councils: QuerySet[Council], *, on: date) -> QuerySet[Member]:
    """The same, among who sits that day in these councils, for whoever only counts them."""
    signed = Q(by_guardians=True) | Q(of_age=True)
    stands = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    lasts = Consent.objects.filter(
        signed, stands, member=OuterRef("pk"), kind=ConsentKind.PARTICIPATION, by_child=True, signed_on__lte=on,
        valid_until__gt=on + SOON,
    )  # fmt: skip
    here = Q(left_on__isnull=True) | Q(left_on__gt=on)
    return Member.objects.filter(
        here, ~Exists(lasts), joined_on__lte=on, term__starts_on__lte=on, term__ends_on__gte=on,
        term__council__in=councils.filter(ended_on__isnull=True).order_by(),
    )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A council in a list: its term and who sits."""

    council: Council
    term: Term | None
    seats: list[Seat]

    @property
    def sitting(self) -> int:
        return sum(seat.sits for seat in self.seats)

    @property
    def missing(self) -> int:
        """Members without a consent that holds."""
        return sum(seat.place in {Place.WAITS, Place.ENDED, Place.WITHDRAWN} for seat in self.seats)

    @property
    def first_names(self) -> list[str]:
        return sorted(seat.member.first_name for seat in self.seats if seat.is_public)


WITH_ALL = ("terms", Prefetch("terms__members", Member.objects.prefetch_related(CONSENTS)))


def rows(councils: Iterable[Council], *, on: date) -> list[Row]:
    """Each with its term of the day and its seats. `councils` were read through `listed`."""
    found = []
    for council in councils:
        term = term_of(council, on=on)
        found.append(Row(council, term, seats_of(term.members.all(), on=on) if term else []))
    return found


def listed(councils: QuerySet[Council]) -> QuerySet[Council]:
    """With all that a list shows, in a constant number of queries."""
    return councils.select_related("organisation__territory").prefetch_related(*WITH_ALL)


def mine(user: Any) -> QuerySet[Council]:
    return listed(Council.objects.visible_to(user)).order_by("ended_on", "name", "pk")


def public(text: str = "") -> QuerySet[Council]:
    """Those with a public page, found by their name or their town's."""
    found = listed(Council.objects.public().filter(ended_on__isnull=True))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(organisation__name__icontains=text))
    return found.order_by("organisation__name", "name", "pk")


def of_territory(territory: Territory, *, on: date) -> list[Row]:
    """The councils that this territory's public page names."""
    found = Council.objects.public().filter(ended_on__isnull=True, organisation__territory=territory)
    return rows(listed(found).order_by("name", "pk"), on=on)


def open_proposals(council: Council) -> list[Proposal]:
    """What the council proposed and nobody has finished: what a term leaves to the next."""
    found = Proposal.objects.filter(council=council, state__in=[ProposalState.MADE, ProposalState.ANSWERED])
    return list(found.order_by("made_on", "pk"))


def proposals(council: Council) -> list[Proposal]:
    """What the public reads of its proposals."""
    return list(Proposal.objects.public().filter(council=council).order_by("-made_on", "-pk"))


def people(council: Council, *, on: date) -> list[User]:
    """The adults who look after it, accounts open, each once."""
    memberships = Membership.objects.on(on).filter(organisation=council.organisation_id, role__in=WRITES_FILE)
    return list(User.objects.filter(is_active=True, pk__in=memberships.values("user")).order_by("pk"))


def _which(member: Member, kind: str, on: date) -> Consent | None:
    """Of a kind, the one that holds and ends last; without one, the last given."""
    given = [one for one in member.consents.all() if one.kind == kind]
    holding = [one for one in given if one.holds(on)]
    return max(holding, key=lambda one: one.valid_until) if holding else given[0] if given else None
