"""Who is told: the authors of a practice, those who review."""

from __future__ import annotations

from datetime import date
from typing import Any

from marelle.accounts.enums import SUBMITS_FILE, WRITES_FILE, Role
from marelle.accounts.models import Membership, User
from marelle.audit.queries import Line, actors_of, history_of
from marelle.library.models import Practice


def authors(practice: Practice, *, on: date, besides: Any = None, leaders: bool = False) -> list[User]:
    """The people of its collectivité who may write in it (or only those who engage it)."""
    roles = SUBMITS_FILE if leaders else WRITES_FILE
    rows = Membership.objects.on(on).filter(
        organisation=practice.organisation_id, organisation__closed_on__isnull=True, role__in=roles
    )
    return _users(rows, besides)


def reviewers(*, on: date) -> list[User]:
    """Those who publish; where nobody has that role, the managers of the programme, who may too."""
    rows = Membership.objects.on(on).filter(organisation__closed_on__isnull=True)
    return _users(rows.filter(role=Role.PUBLISHER)) or _users(rows.filter(role=Role.MANAGER))


def history(practice: Practice) -> list[Line]:
    """What happened to it, latest first, with the names of who did it."""
    names = {one.public_id: str(one) for one in User.objects.filter(public_id__in=actors_of(practice))}
    return history_of(practice, names=names)[:30]


def _users(rows: Any, besides: Any = None) -> list[User]:
    found = User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("pk")
    return list(found.exclude(pk=besides.pk) if besides is not None else found)
