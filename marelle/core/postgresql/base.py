"""A connection that answered a moment ago is not asked whether it lives; no query is compiled before it runs.

Django asks once for each request (`CONN_HEALTH_CHECKS`): one journey to the server out of three for a child's answers,
a quarter of the time they take. The question is worth asking after a silence, when a proxy may have hung up or the
server have been restarted. When a connection dies under load, the request that finds out fails as it would have failed
a moment later, and Django opens another one for the next.

PostgreSQL compiles (JIT) what it believes to be long, and it believes so of tables it has not counted yet: one page of
the site, read by key among ten kinds of pages, took 1.5 s to compile and 1 ms to run. All our queries are short.
"""

from __future__ import annotations

from time import monotonic

from django.db.backends.postgresql import base

SILENCE = 1.0
"""Seconds after which a connection is asked again."""

SHORT = "-c jit=off"
"""What a session begins with. `DATABASE_URL` has the last word (`?options=-c%20jit=on`)."""


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked_at = float("-inf")

    health_check_done: bool

    def get_connection_params(self):
        said = super().get_connection_params()
        return {**said, "options": f"{SHORT} {said.get('options', '')}".strip()}

    def close_if_health_check_failed(self):
        if not self.health_check_done and monotonic() < self.asked_at + SILENCE:
            self.health_check_done = True
        super().close_if_health_check_failed()
        self.asked_at = monotonic()
