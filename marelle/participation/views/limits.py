"""What one address may do at the doors of children: answers through an open link, codes that nobody gave."""

from __future__ import annotations

import threading
from time import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from marelle.core.rules import Refused

_lock = threading.Lock()
_minute = 0
_counts: dict[str, int] = {}

UNKNOWN_PER_HOUR = 60
"""Codes that open nothing, for one address and one process: a class that all mistypes, twice over."""
_hour = 0
_unknown: dict[str, int] = {}


class Crowded(Refused):
    """Too many answers from one place in this minute. The page waits and tries again by itself."""


def from_this_address(request) -> None:
    """Count one more; raises `Crowded`. In the memory of each process, as an HMAC, for the minute: nothing is written.

    A whole school behind one address sends sixty in a minute without noticing; somebody who fills an urn by machine is
    slowed to the pace of a school.
    """
    global _minute
    who, minute = _address(request), int(time() // 60)
    with _lock:
        if minute != _minute:
            _minute = minute
            _counts.clear()
        count = _counts[who] = _counts.get(who, 0) + 1
    if count > settings.OPEN_LINK_PER_MINUTE:
        raise Crowded(_("Il y a beaucoup de monde. Ta réponse partira toute seule dans une minute."))


class Guessing(Refused):
    """Too many codes that open nothing, from one place in this hour."""


def an_unknown_code(request) -> None:
    """Count one more; raises `Guessing`. As above: in memory, as an HMAC, for the hour.

    Asked only once a code is known to open nothing: whoever shares the address of a joker (a whole school does) enters
    with the right code all the same. What keeps guessing hopeless is the number of codes; this bounds its noise.
    """
    global _hour
    who, hour = _address(request), int(time() // 3600)
    with _lock:
        if hour != _hour:
            _hour = hour
            _unknown.clear()
        count = _unknown[who] = _unknown.get(who, 0) + 1
    if count > UNKNOWN_PER_HOUR:
        raise Guessing(
            _("Trop de codes essayés ici n’ouvrent rien. Demande le bon à l’adulte\u202f: il marchera aussitôt.")
        )


def _address(request) -> str:
    return salted_hmac("marelle.participation.limits", get_adapter().get_client_ip(request)).hexdigest()[:24]
