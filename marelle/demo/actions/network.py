"""The network in the demonstration: members of all sizes, a few requests waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from marelle.accounts.models import Organisation
from marelle.demo import words
from marelle.demo.fates import Plan
from marelle.programme.actions import network
from marelle.territories.models import Territory

from .stories import settle

if TYPE_CHECKING:
    from .year import Year

WAITING = 3
"""Requests that the national team has not answered yet."""


def live(year: Year, towns: Plan) -> None:
    for number, territory in enumerate(towns.members):
        join(year, territory, waits=number < WAITING)


def join(year: Year, territory: Territory, *, waits: bool) -> None:
    if Organisation.objects.filter(territory=territory).exists():
        return
    asked = year.ago(year.chance.uniform(1, 6) if waits else year.chance.uniform(12, 75))
    organisation, lead = settle(year, territory, asked - timedelta(days=5))
    said = words.answers(year.network_version.definition, territory, year.chance)
    membership = network.ask(organisation=organisation, version=year.network_version, answers=said, by=lead, at=asked)
    if not waits:
        network.confirm(membership=membership, by=year.manager, at=asked + timedelta(days=3))
