"""The only door to the log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from .models import Entry, Head, name_of
from .queries import SYSTEM
from .sentences import sentence
from .signals import recorded


@transaction.atomic
def record(kind: str, *, on: models.Model | type[models.Model], by: Any, at: datetime, **details: Any) -> Entry:
    """Write one entry at the end of the chain, in the caller's transaction.

    `on` is a row, or a model for what touches many of its rows. `details` holds codes and counts, never people's words: the log outlives them.
    """
    sentence(kind)  # An entry that cannot be read to a person is not written.
    head = Head.objects.select_for_update().get_or_create(pk=1)[0]
    entry = Entry(
        number=head.number + 1,
        kind=kind,
        target=name_of(on),
        actor=getattr(by, "public_id", SYSTEM) if by is not None else SYSTEM,
        at=at.astimezone(UTC),
        details=json.loads(json.dumps(details, default=str)),
        previous_hash=head.hash,
    )
    entry.hash = entry.fingerprint()
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    if isinstance(on, models.Model):
        recorded.send(sender=type(on), instance=on)
    return entry
