from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind
from marelle.accounts.models import Coverage, Organisation
from marelle.accounts.queries import collectivite_of
from marelle.accounts.rules import organisations as rules
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.territories.models import Territory


@transaction.atomic
def open_collectivite(*, territory: Territory, by: Any, at: datetime, siret: str = "", is_demonstration: bool = False):
    """The town hall or the intercommunalité is now here: its people can come in. One per territory, for ever."""
    # Two people opening the same territory queue here; the constraint is what makes it true.
    territory = Territory.objects.select_for_update(of=("self",)).get(pk=territory.pk)
    require(rules.can_open_collectivite(by, territory))
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                kind=Kind.COLLECTIVITE, name=territory.name, territory=territory, siret=siret,
                is_demonstration=is_demonstration, created_at=at,
            )  # fmt: skip
    except IntegrityError:
        if collectivite_of(territory):
            raise Refused(_("Cette collectivité vient d’être ouverte par quelqu’un d’autre.")) from None
        raise
    record("accounts.organisation.opened", on=organisation, by=by, at=at, territory=territory.code)
    return organisation


@transaction.atomic
def create(
    *, kind: str, name: str, by: Any, at: datetime, structure_kind: str = "", territory: Territory | None = None
):
    """A delegation or a structure (school, library, leisure centre, association) enters the programme."""
    require(rules.can_create(by, kind))
    organisation = Organisation.objects.create(
        kind=kind, name=name, structure_kind=structure_kind if kind == Kind.STRUCTURE else "", territory=territory,
        created_at=at,
    )  # fmt: skip
    record("accounts.organisation.created", on=organisation, by=by, at=at, nature=kind)
    return organisation


@transaction.atomic
def cover(
    *,
    delegation: Organisation,
    territory: Territory,
    starts_on: date,
    by: Any,
    at: datetime,
    ends_on: date | None = None,
) -> Coverage:
    """The delegation looks after a territory (a département, sometimes a commune), from a day."""
    delegation = Organisation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    require(rules.can_set_coverage(by, delegation))
    if ends_on and ends_on <= starts_on:
        raise Refused(_("La fin du suivi doit venir après son début."))
    overlapping = Coverage.objects.filter(delegation=delegation, territory=territory).exclude(ends_on__lte=starts_on)
    if ends_on:
        overlapping = overlapping.filter(starts_on__lt=ends_on)
    if overlapping.exists():
        raise Refused(_("Cette délégation suit déjà ce territoire à ces dates."))
    coverage = Coverage.objects.create(delegation=delegation, territory=territory, starts_on=starts_on, ends_on=ends_on)
    record("accounts.coverage.started", on=delegation, by=by, at=at, territory=territory.code)
    return coverage


@transaction.atomic
def uncover(*, coverage: Coverage, ends_on: date, by: Any, at: datetime) -> Coverage:
    """The delegation stops looking after a territory, from a day on. What it saw before stays in the history."""
    coverage = (
        Coverage.objects.select_for_update(of=("self",)).select_related("delegation", "territory").get(pk=coverage.pk)
    )
    require(rules.can_set_coverage(by, coverage.delegation))
    if ends_on < coverage.starts_on:
        raise Refused(_("La fin du suivi doit venir après son début."))
    coverage.ends_on = ends_on
    coverage.save(update_fields=["ends_on"])
    record("accounts.coverage.ended", on=coverage.delegation, by=by, at=at, territory=coverage.territory.code)
    return coverage
