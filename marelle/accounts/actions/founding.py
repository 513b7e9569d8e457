"""The first act of an installation: before it, nobody may do anything; after it, everything goes through people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.audit.actions import record
from marelle.core.rules import Refused

from .memberships import welcome


@transaction.atomic
def found_national_team(*, email: str, name: str, at: datetime, is_fictitious: bool = False) -> Membership:
    """Open the national team with its first manager. Refused once it has one: managers invite managers.

    Called from the command line only: whoever holds the server already holds everything.
    """
    if Membership.objects.filter(role=Role.MANAGER, ends_on__isnull=True).exists():
        raise Refused(_("L’équipe nationale a déjà une personne responsable : elle peut en inviter d’autres."))
    manager = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
        email, name=name, is_fictitious=is_fictitious
    )
    team = Organisation.objects.filter(kind=Kind.NATIONAL, closed_on__isnull=True).first()
    if team is None:
        team = Organisation.objects.create(kind=Kind.NATIONAL, name=_("Équipe nationale"), created_at=at)
        record("accounts.organisation.created", on=team, by=manager, at=at, nature=team.kind)
    return welcome(user=manager, organisation=team, role=Role.MANAGER, by=manager, at=at)
