"""Those who write the site: one proposes, one publishes. (The library itself is loaded beside.)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marelle.accounts.actions import memberships
from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Organisation, User
from marelle.library.actions.office import open_the_office

if TYPE_CHECKING:
    from .year import Year


def live(year: Year) -> list[User]:
    """An editor and a publisher, six months in their chairs. They come last, so that nobody else's name depends on
    them."""
    open_the_office(at=year.ago(200))
    team = Organisation.objects.get(kind=Kind.NATIONAL)
    people = []
    for role in (Role.EDITOR, Role.PUBLISHER):
        person = year.person("equipe")
        memberships.start(user=person, organisation=team, role=role, by=year.manager, at=year.ago(180))
        people.append(person)
    return people
