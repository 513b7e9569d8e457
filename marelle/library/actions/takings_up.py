"""A collectivité says that it takes a practice up, or takes it back. Both remember."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.library.actions.practices import locked
from marelle.library.emails import practices as emails
from marelle.library.models import Practice, TakingUp
from marelle.library.queries import people
from marelle.library.rules import practices as rules
from marelle.library.signals import practice_taken_up
from marelle.notifications.actions import send_on_commit


@transaction.atomic
def take_up(
    *, practice: Practice, organisation: Organisation | None, note: str = "", by: Any, at: datetime
) -> TakingUp:
    """Say it in public: the practice names the collectivité, whose page names the practice; its authors are told."""
    practice = locked(practice)
    require(rules.can_take_up(by, practice, organisation))
    assert organisation is not None  # The rule refuses nobody.
    taking = TakingUp.objects.create(
        practice=practice, organisation=organisation, said_at=at, said_by=by, note=note.strip()[:300]
    )
    record("library.practice.taken_up", on=practice, by=by, at=at, organisation=organisation.public_id)
    for person in people.authors(practice, on=localdate(at)):
        send_on_commit(emails.practice_taken_up, to=person, at=at, taking=taking)
    transaction.on_commit(
        lambda: practice_taken_up.send(sender=TakingUp, practice=practice, organisation=organisation, by=by, at=at)
    )
    return taking


@transaction.atomic
def let_go(*, practice: Practice, organisation: Organisation | None, by: Any, at: datetime) -> None:
    """Take it back: neither page names the other any more."""
    practice = locked(practice)
    require(rules.can_let_go(by, practice, organisation))
    assert organisation is not None  # The rule refuses nobody.
    TakingUp.objects.filter(practice=practice, organisation=organisation).delete()
    record("library.practice.let_go", on=practice, by=by, at=at, organisation=organisation.public_id)
