"""A collectivité creates a council, says what it is for, brings it to its end; its list is taken out, in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.participation.models import Council, Term
from marelle.participation.queries import councils as queries
from marelle.participation.rules import councils as rules


@transaction.atomic
def create(
    *,
    organisation: Organisation,
    kind: str,
    name: str,
    purpose: str = "",
    is_public: bool = False,
    by: Any,
    at: datetime,
) -> Council:
    require(rules.can_create(by, organisation))
    council = Council.objects.create(
        organisation=organisation, kind=kind, name=name, purpose=purpose, is_public=is_public, created_at=at,
        is_demonstration=organisation.is_demonstration,
    )  # fmt: skip
    record("participation.council.created", on=council, by=by, at=at, nature=kind)
    return council


@transaction.atomic
def change(
    *, council: Council, kind: str, name: str, purpose: str = "", is_public: bool = False, by: Any, at: datetime
) -> Council:
    """What its page says, and whether anyone may read it: at once."""
    council = locked(council)
    require(rules.can_tend(by, council))
    council.kind, council.name, council.purpose, council.is_public = kind, name, purpose, is_public
    council.save(update_fields=["kind", "name", "purpose", "is_public"])
    record("participation.council.changed", on=council, by=by, at=at, public=is_public)
    return council


@transaction.atomic
def end(*, council: Council, by: Any, at: datetime) -> Council:
    """The council no longer meets. Its page says so; its history stays."""
    council = locked(council)
    require(rules.can_end(by, council))
    council.ended_on = timezone.localdate(at)
    council.save(update_fields=["ended_on"])
    record("participation.council.ended", on=council, by=by, at=at)
    return council


@transaction.atomic
def revive(*, council: Council, by: Any, at: datetime) -> Council:
    """It was ended by mistake, or it meets again."""
    council = locked(council)
    require(rules.can_revive(by, council))
    council.ended_on = None
    council.save(update_fields=["ended_on"])
    record("participation.council.revived", on=council, by=by, at=at)
    return council


@transaction.atomic
def take_out_list(*, term: Term, form: str, by: Any, at: datetime) -> list[queries.Seat]:
    """The list of a term leaves the house in a file: the log keeps who took it, when, and how many children it names."""
    require(rules.can_tend(by, term.council))
    found = queries.seats(term, on=timezone.localdate(at))
    record("participation.council.list_taken", on=term.council, by=by, at=at, format=form, count=len(found))
    return found


def follow(*, organisation: Organisation, into: Organisation, by: Any, at: datetime) -> None:
    """A commune merged into another: its councils go on with its successor. The right to do so was asked where the
    people were moved (`accounts.actions.mergers`)."""
    count = Council.objects.filter(organisation=organisation).update(organisation=into)
    if count:
        record("participation.council.followed", on=into, by=by, at=at, count=count)


def locked(council: Council) -> Council:
    return Council.objects.select_for_update(of=("self",)).select_related("organisation__territory").get(pk=council.pk)
