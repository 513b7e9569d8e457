"""The verbs of the demonstration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction


@transaction.atomic
def sign_in_as(*, user: Any, at: datetime) -> Any:
    """Let the visitor of a demonstration be this fictitious person. Refused anywhere else, and for anyone real.

    Their address counts as verified, as if the code sent to it had been typed in.
    """
    if not (settings.DEMO and user.is_fictitious and user.is_active):
        raise PermissionDenied
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
    user.last_login = at
    user.save(update_fields=["last_login"])
    return user
