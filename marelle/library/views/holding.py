"""Which lists this device may change: their keys, in one signed cookie, set only when a list is begun or taken over.

Necessary to the service that was asked for, read by no script, sent to no other site: no consent is needed for it, and
the page of personal data says that it exists.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.utils import timezone

from marelle.library.rules.shelves import MOST_LISTS, Holder

LISTS, USED = "marelle_listes", "marelle_retours"
YEAR = 365 * 24 * 3600


def holder_of(request: Any) -> Holder:
    return Holder(request.user, _read(request, LISTS))


def hold(request: Any, response: Any, public_id: str, key: str) -> Any:
    """Remember the key of one more list on this device."""
    if key:
        keys = {**_read(request, LISTS), public_id: key}
        _write(response, LISTS, dict(list(keys.items())[-MOST_LISTS:]))
    return response


def let_go(request: Any, response: Any, *public_ids: str) -> Any:
    keys = {name: key for name, key in _read(request, LISTS).items() if name not in public_ids}
    if keys:
        _write(response, LISTS, keys)
    else:
        response.delete_cookie(LISTS)
    return response


def said_today(request: Any) -> list[str]:
    """Resources of which this device said today how they were used."""
    return _read(request, USED).get(timezone.localdate().isoformat(), [])


def note_said(request: Any, response: Any, public_id: str) -> Any:
    today = timezone.localdate().isoformat()
    _write(response, USED, {today: [*said_today(request), public_id][-40:]}, seconds=24 * 3600)
    return response


def _read(request: Any, name: str) -> dict[str, Any]:
    try:
        found = json.loads(request.get_signed_cookie(name, default="{}", salt=name, max_age=YEAR))
    except (ValueError, BadSignature):  # Somebody else's words, or an old secret: no key at all.
        return {}
    return found if isinstance(found, dict) else {}


def _write(response: Any, name: str, value: Any, seconds: int = YEAR) -> None:
    response.set_signed_cookie(
        name,
        json.dumps(value, separators=(",", ":")),
        salt=name,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=settings.TLS,
    )
