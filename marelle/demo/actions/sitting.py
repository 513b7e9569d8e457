"""Councils of children and young people of the demonstration: terms, members, consents, an election to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from marelle.accounts.enums import Role
from marelle.accounts.models import Organisation
from marelle.demo.words import children as words
from marelle.participation.actions import candidates, consents, councils, elections, members, terms
from marelle.participation.enums import ConsentKind, CouncilKind
from marelle.participation.models import Council

from .asking import people_of, towns

if TYPE_CHECKING:
    from .year import Year


def live(year: Year) -> None:
    rouen, others = towns()
    council = sat(year, rouen, CouncilKind.CHILDREN, "Conseil municipal des enfants", 12)
    election(year, council)
    for town in others[:3]:
        sat(year, town, CouncilKind.YOUTH, "Conseil des jeunes", 6)


def sat(year: Year, town: Organisation, kind: str, name: str, seats: int) -> Council:
    """A council in its term: most consents hold, one ends soon, one child left."""
    lead, at, today = people_of(town, Role.LEAD)[0], year.ago(200), localdate(year.now)
    council = councils.create(
        organisation=town, kind=kind, name=name, is_public=True, by=lead, at=at,
        purpose="Dire à la ville ce qui compte pour les enfants, et suivre ce qu’elle en fait.",
    )  # fmt: skip
    term = terms.start(council=council, starts_on=localdate(at), ends_on=today + timedelta(days=500), by=lead, at=at)
    for number, first_name in enumerate(words.FIRST_NAMES[:seats]):
        member = members.add(
            term=term, first_name=first_name, birth_year=today.year - 9 - number % 3, school=f"École {'AB'[number % 2]}",
            is_shown=number % 4 != 3, joined_on=localdate(at), by=lead, at=at,
        )  # fmt: skip
        kinds = [ConsentKind.PARTICIPATION, *([ConsentKind.IMAGE] if number % 3 else [])]
        until = today + timedelta(days=20 if number == 1 else 480)
        consents.give(
            member=member, kinds=kinds, by_child=True, by_guardians=True, signed_on=localdate(at), valid_until=until,
            by=lead, at=at,
        )  # fmt: skip
        if number == 4:
            members.leave(member=member, left_on=localdate(year.ago(30)), by=lead, at=year.ago(30))
    return council


def election(year: Year, council: Council) -> None:
    """The schools of Rouen will elect those who follow: candidates are known, the vote is to be opened."""
    lead, at, today = people_of(council.organisation, Role.LEAD)[0], year.ago(6), localdate(year.now)
    vote = elections.create(
        council=council, title="Élection du prochain conseil", seats=3, votes_each=2, starts_on=today,
        ends_on=today + timedelta(days=15), by=lead, at=at,
    )  # fmt: skip
    promises = ("Plus d’arbres dans les cours", "Des jeux pour tous", "Une fête des écoles", "Un vélo pour chacun")
    for first_name, picto, promise in zip(
        words.FIRST_NAMES[8:], ("1F333", "26BD", "1F389", "1F6B2"), promises, strict=False
    ):
        candidates.add(
            election=vote, first_name=first_name, school="École du Grand-Pré", picto=picto, promise=promise,
            has_consent=True, by=lead, at=at,
        )  # fmt: skip
