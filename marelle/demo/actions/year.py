"""Make the demonstration year: every change goes through the same actions as on the pages, with a clock of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from marelle.accounts.actions import memberships, organisations
from marelle.accounts.actions.founding import found_national_team
from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Organisation, User
from marelle.audit.actions import record
from marelle.core.models import predictable_ids
from marelle.core.rules import Refused
from marelle.demo.fates import Plan, plan
from marelle.demo.names import address, people
from marelle.programme.enums import RouteKind
from marelle.programme.models import Route, RouteVersion
from marelle.territories.models import Kind as TerritoryKind
from marelle.territories.models import Territory

from . import announcing, asking, editing, network, proposing, quiet, sitting, stories

ADVISERS, EXPERTS = 4, 2
Say = Callable[[str], None]


@dataclass
class Year:
    """What the stories share: chance, the clock's end, who works on the national side, and the name dispenser."""

    chance: random.Random
    now: datetime
    names: Iterator[str]
    manager: User
    advisers: list[User]
    experts: list[User]
    version: RouteVersion
    network_version: RouteVersion

    def person(self, place: str) -> User:
        name = next(self.names)  # type: ignore[call-overload]
        return User.objects.create_user(address(name, place), name=name, is_fictitious=True)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)


@transaction.atomic
def make(*, seed: int, at: datetime, towns: Plan | None = None, say: Say = lambda line: None) -> None:
    """Fill an empty installation with a programme year. The same seed on the same day gives the same year."""
    if not settings.DEMO:
        raise Refused("La démonstration demande MARELLE_DEMO=1.")
    if Organisation.objects.exists() or User.objects.exists():
        raise Refused("Cette installation contient déjà des personnes : la démonstration ne s’y ajoute pas.")
    if not Territory.objects.exists() or not RouteVersion.objects.exists():
        raise Refused("Chargez d’abord la géographie et le programme : marelle prepare")
    with predictable_ids(seed), quiet.mails_stay(at):
        year = found(seed, at)
        towns = towns or plan(seed)
        say("délégations")
        delegations(year, towns)
        say("Rouen")
        stories.rouen(year, towns)
        for number, (territory, fate) in enumerate(towns.candidates, 1):
            say(f"{number}/{len(towns.candidates)} candidatures")
            stories.live(year, territory, fate, number)
        say("réseau")
        network.live(year, towns)
        stories.newcomers(year, towns)
        say("consultations, séances et bulletins")
        asking.live(year)
        say("conseils et propositions")
        sitting.live(year)
        proposing.live(year)
        editing.live(year)
        announcing.live(year)
        record("demo.year.made", on=Organisation.objects.get(kind=Kind.NATIONAL), by=None, at=at, seed=seed)


def found(seed: int, at: datetime) -> Year:
    """The national team and the two routes."""
    names = people(seed)
    first = next(names)
    start = at - timedelta(days=300)
    manager = found_national_team(email=address(first, "equipe"), name=first, at=start, is_fictitious=True).user
    year = Year(
        random.Random(seed), at, names, manager, [], [],
        Route.objects.filter(kind=RouteKind.TITLED).latest("mandate__starts_on").versions.latest("number"),
        Route.objects.filter(kind=RouteKind.NETWORK).latest("mandate__starts_on").versions.latest("number"),
    )  # fmt: skip
    team = Organisation.objects.get(kind=Kind.NATIONAL)
    for role, count, where in (
        (Role.ADVISER, ADVISERS, year.advisers),
        (Role.EXPERT, EXPERTS, year.experts),
        (Role.SAFEGUARDING, 1, []),
    ):
        for _ in range(count):
            person = year.person("equipe")
            memberships.start(user=person, organisation=team, role=role, by=manager, at=start)
            where.append(person)
    return year


def delegations(year: Year, towns: Plan) -> None:
    """One delegation for each département that has a story, with its head and two volunteers."""
    engaged = [towns.rouen, *(town for town, _ in towns.candidates)]
    departements = {town.departement_id for town in engaged if town.departement_id}
    found = Territory.objects.filter(kind=TerritoryKind.DEPARTEMENT, pk__in=departements).order_by("code")
    # Rouen's first: whoever walks with Rouen is then offered its own delegation on the sign-in page.
    for departement in sorted(found, key=lambda one: one.pk != towns.rouen.departement_id):
        start = year.ago(280)
        delegation = organisations.create(kind=Kind.DELEGATION, name=departement.name, by=year.manager, at=start)
        organisations.cover(
            delegation=delegation, territory=departement, starts_on=start.date(), by=year.manager, at=start
        )
        for role in (Role.HEAD, Role.VOLUNTEER, Role.VOLUNTEER):
            memberships.start(
                user=year.person(f"delegation-{departement.code}"),
                organisation=delegation,
                role=role,
                by=year.manager,
                at=start,
            )
