"""Whom an opinion may be asked of."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Coverage, Membership, User
from marelle.programme.models import Candidacy


def askable(candidacy: Candidacy, on: date):
    """Experts, then the people of the delegation that looks after the territory; without those who are of the
    collectivité, declared a conflict, or were already asked."""
    territory = candidacy.territory
    near = Coverage.objects.on(on).filter(
        Q(territory=territory) | Q(territory=territory.departement_id), delegation__closed_on__isnull=True
    )
    rows = Membership.objects.on(on).filter(
        Q(role=Role.EXPERT, organisation__kind=Kind.NATIONAL)
        | Q(role__in=[Role.HEAD, Role.VOLUNTEER], organisation__in=near.values("delegation"))
    )
    own = Membership.objects.on(on).filter(organisation=candidacy.organisation)
    return (
        User.objects.filter(is_active=True, pk__in=rows.values("user"))
        .exclude(pk__in=own.values("user"))
        .exclude(pk__in=candidacy.conflicts.in_force().values("user"))
        .exclude(pk__in=candidacy.opinions.filter(revoked_at__isnull=True).values("asked_of"))
        .order_by("name", "pk")
    )
