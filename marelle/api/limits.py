"""How much one address may ask of the API, so that all may."""

from __future__ import annotations

import threading
from time import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from ninja.throttling import BaseThrottle

TOLD_EVERY = 20
"""Each process counts in its memory, and tells the shared cache once in so many requests: a search that only
reads must not wait for a write each time."""


class PerMinute(BaseThrottle):
    """No address asks more than `limit` requests in a minute, all processes together, give or take `TOLD_EVERY`."""

    def __init__(self, limit: int, told_every: int = TOLD_EVERY, clock=time):
        self.limit, self.told_every, self.clock = limit, told_every, clock
        self.lock = threading.Lock()
        self.minute = 0
        self.counts: dict[str, int] = {}
        self.full: set[str] = set()

    def allow_request(self, request) -> bool:
        # Not kept: an HMAC of the address, for the minute.
        who = salted_hmac("marelle.api.limits", get_adapter().get_client_ip(request)).hexdigest()[:24]
        minute = int(self.clock() // 60)
        with self.lock:
            if minute != self.minute:
                self.minute, self.counts, self.full = minute, {}, set()
            if who in self.full:
                return False
            count = self.counts[who] = self.counts.get(who, 0) + 1
        if count % self.told_every == 0 and self.told(f"api:{minute}:{who}") >= self.limit:
            with self.lock:
                self.full.add(who)
        return True

    def told(self, key: str) -> int:
        cache.add(key, 0, timeout=90)
        try:
            return cache.incr(key, self.told_every)
        except ValueError:  # It expired in between: the minute is over.
            return 0

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return 60 - self.clock() % 60
