"""Who is written to when something happens on a file in instruction."""

from __future__ import annotations

from datetime import date
from typing import Any

from marelle.accounts.models import User
from marelle.programme.enums import Side
from marelle.programme.models import Candidacy
from marelle.programme.queries.hats import hats
from marelle.programme.queries.people import leads, managers


def team_of(candidacy: Candidacy, on: date) -> list[User]:
    """The adviser of a file while they may still see it; the managers who may, when there is none."""
    adviser = candidacy.adviser
    if adviser and adviser.is_active and hats(adviser, candidacy).is_national:
        return [adviser]
    return [person for person in managers(on) if hats(person, candidacy).is_national]


def collectivite_of(candidacy: Candidacy, on: date) -> list[User]:
    """Those who carry the candidacy, and those of the collectivité who have written on its file."""
    wrote = User.objects.filter(
        is_active=True, pk__in=candidacy.messages.filter(side=Side.COLLECTIVITE).values("by")
    ).order_by("pk")
    people: dict[Any, User] = {person.pk: person for person in [*leads(candidacy.organisation, on), *wrote]}
    return [person for person in people.values() if hats(person, candidacy).is_collectivite]
