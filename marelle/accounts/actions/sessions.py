from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from marelle.accounts.rules import people as rules
from marelle.audit.actions import record
from marelle.core.rules import require


@transaction.atomic
def end(*, session: UserSession, by: Any, at: datetime) -> None:
    """Close one session of one's own: whoever holds that device must sign in again."""
    require(rules.can_change(by, session.user))
    session.end()
    record("accounts.session.ended", on=by, by=by, at=at)
