"""How many answers one address may send through an open link in a minute."""

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


class Crowded(Refused):
    """Too many answers from one place in this minute. The page waits and tries again by itself."""


def from_this_address(request) -> None:
    """Count one more; raises `Crowded`. In the memory of each process, as an HMAC, for the minute: nothing is written.

    A whole school behind one address sends sixty in a minute without noticing; somebody who fills an urn by machine is
    slowed to the pace of a school.
    """
    global _minute
    who = salted_hmac("marelle.participation.limits", get_adapter().get_client_ip(request)).hexdigest()[:24]
    minute = int(time() // 60)
    with _lock:
        if minute != _minute:
            _minute = minute
            _counts.clear()
        count = _counts[who] = _counts.get(who, 0) + 1
    if count > settings.OPEN_LINK_PER_MINUTE:
        raise Crowded(_("Il y a beaucoup de monde. Ta réponse partira toute seule dans une minute."))
