"""Measure every page on one engine: fill a database, serve it and the yardstick, put the load on each in turn.

Called by `python -m bench` with MARELLE_DATA (and DATABASE_URL for PostgreSQL) set. Writes a JSON list.
"""

from __future__ import annotations

import json
import sys
from dataclasses import astuple
from functools import partial
from pathlib import Path

from bench.load import CLIENTS, Measured, put_load_on
from bench.pages import PAGES
from bench.process import begun
from bench.rows import Row
from bench.serving import BARE_PORT, MARELLE_PORT, served


def between(one: Measured, other: Measured) -> Measured:
    """The middle of two measures of the same thing."""
    return Measured(*((a + b) / 2 for a, b in zip(astuple(one), astuple(other), strict=True)))


def sessions(emails: dict[str, str]) -> dict[str, str]:
    """A signed-in cookie per role."""
    from django.test import Client

    from marelle.accounts.models import User

    cookies = {"": ""}
    for role in ("lead", "adviser", "manager"):
        client = Client()
        client.force_login(
            User.objects.get(email=emails[role]), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        cookies[role] = f"sessionid={client.cookies['sessionid'].value}"
    return cookies


def queries_of(path: str, email: str, *, cookie: str = "") -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from marelle.accounts.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    if cookie:
        client.cookies.load(cookie)
    if email:
        client.force_login(User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return len(seen)


def main() -> None:
    options = begun()
    from django.core.management import call_command

    call_command("prepare", stdout=sys.stderr)
    from bench.volume import fill

    print(f"[{options.engine}] filling the database with the national volume…", flush=True)
    emails = fill()
    call_command("migrate", verbosity=0)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cookies = sessions(emails)
    pages = [page for page in PAGES if options.only in {"", page.name}]
    counted = {
        page.name: max(queries_of(path.format(**emails), emails.get(page.signed_in_as, "")) for path in page.paths[:3])
        for page in pages
    }
    from django.contrib.staticfiles.storage import staticfiles_storage

    static_path = staticfiles_storage.url("ui/marelle.css")
    connection.close()
    rows = []
    with (
        served("bench.bare:application", BARE_PORT, "/bare/"),
        served("marelle.config.wsgi:application", MARELLE_PORT, "/health/live"),
    ):
        static = put_load_on(MARELLE_PORT, (static_path,))
        for page in pages:
            # Beside each page, before and after it: a shared machine changes its mind.
            before = put_load_on(BARE_PORT, ("/bare/",))
            got = put_load_on(
                MARELLE_PORT, tuple(p.format(**emails) for p in page.paths), cookie=cookies[page.signed_in_as]
            )
            tiny = put_load_on(BARE_PORT, ("/tiny/",))
            bare = between(before, put_load_on(BARE_PORT, ("/bare/",)))
            row = partial(
                Row,
                options.engine,
                clients=CLIENTS,
                errors=got.errors,
                queries=counted[page.name],
                query_goal=page.queries,
            )
            rate, slow = got.per_second, got.p95
            rows += [
                row(page.name, rate, "/s", "bare view", bare.per_second, goal=page.goal),
                row(f"{page.name} p95", slow, "ms", "bare view p95", bare.p95, goal=page.slower_goal, sense="at most"),
                row(f"{page.name} / tiny", rate, "/s", "tiny view", tiny.per_second),
                row(f"{page.name} / static", rate, "/s", "static file", static.per_second),
            ]  # fmt: skip
            print(f"[{options.engine}] {page.name}: {got.per_second:.0f}/s beside {bare.per_second:.0f}/s", flush=True)
    Path(options.out).write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
