"""Conflicts of interest: declared by the person, and the file closes to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.actions.moving import locked, stated
from marelle.programme.actions.opinions import revoke_open_ones_of
from marelle.programme.emails import instruction as emails
from marelle.programme.models import Candidacy, ConflictOfInterest
from marelle.programme.queries.hats import hats
from marelle.programme.queries.people import managers
from marelle.programme.rules import conflicts as rules


@transaction.atomic
def declare(*, candidacy: Candidacy, reason: str, by: Any, at: datetime) -> ConflictOfInterest:
    """A person steps aside from a file: it closes to them at once, what they were asked is taken back, and
    the managers give it to someone else."""
    candidacy = locked(candidacy)
    require(rules.can_declare(by, candidacy))
    if not reason.strip():
        raise Refused(_("Dites en un mot ce qui vous lie à cette collectivité."))
    conflict = ConflictOfInterest.objects.create(candidacy=candidacy, user=by, reason=reason.strip(), declared_at=at)
    revoked = revoke_open_ones_of(by, candidacy, reason=_("Conflit d’intérêts déclaré."), at=at)
    followed = candidacy.adviser_id == by.pk
    if followed:
        candidacy.adviser = None
        candidacy.save(update_fields=["adviser"])
    record("programme.conflict.declared", on=candidacy, by=by, at=at, opinions_revoked=revoked, was_adviser=followed)
    for person in managers(timezone.localdate(at)):
        if person != by and hats(person, candidacy).is_national:
            send_on_commit(emails.conflict_declared, to=person, at=at, conflict=conflict, was_adviser=followed)
    return conflict


@transaction.atomic
def lift(*, conflict: ConflictOfInterest, reason: str, by: Any, at: datetime) -> ConflictOfInterest:
    """The tie is gone, or was declared by mistake: the file opens again to the person as to their colleagues.
    What was taken back from them stays so; the declaration stays on record."""
    candidacy = locked(conflict.candidacy)
    conflict = ConflictOfInterest.objects.select_for_update(of=("self",)).select_related("user").get(pk=conflict.pk)
    conflict.candidacy = candidacy
    require(rules.can_lift(by, conflict))
    reason = stated(reason)
    conflict.lifted_at, conflict.lifted_by, conflict.lifted_reason = at, by, reason
    conflict.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    record("programme.conflict.lifted", on=candidacy, by=by, at=at, of=conflict.user.public_id)
    send_on_commit(emails.conflict_lifted, to=conflict.user, at=at, conflict=conflict)
    return conflict
