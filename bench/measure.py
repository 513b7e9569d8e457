"""Measure every page on one engine: fill a database, serve it and the yardstick, put the load on each in turn.

Called by `python -m bench` with MARELLE_DATA (and DATABASE_URL for PostgreSQL) set. Writes a JSON list.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

from bench.load import CLIENTS, Measured, put_load_on
from bench.pages import PAGES

PROCESSES, THREADS = 2, 2
MARELLE_PORT, BARE_PORT = 18770, 18771


def machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{os.cpu_count()} × {model}, Python {platform.python_version()}, {platform.system()}"


@contextmanager
def served(target: str, port: int, ready: str):
    """The same server for both sides: Granian, 2 processes of 2 blocking threads."""
    code = (
        "from granian import Granian\n"
        f"if __name__ == '__main__': Granian({target!r}, port={port}, interface='wsgi', workers={PROCESSES}, "
        f"blocking_threads={THREADS}, backlog=2048, log_enabled=False).serve()\n"
    )
    script = Path(os.environ["MARELLE_DATA"]) / f"serve_{port}.py"
    script.write_text(code)
    server = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": os.getcwd()})
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=5)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


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


def queries_of(path: str, email: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from marelle.accounts.models import User

    client = Client(SERVER_NAME="127.0.0.1")
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
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "marelle.config.settings"
    import django

    django.setup()
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
            common = {
                "engine": options.engine,
                "machine": machine(),
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            shared = {
                "clients": CLIENTS,
                "errors": got.errors,
                "queries": counted[page.name],
                "query_goal": page.queries,
            }
            rows += [
                {"name": page.name, "value": got.per_second, "unit": "requests/s", "yardstick": "bare template view",
                 "yardstick_value": bare.per_second, "ratio": round(got.per_second / bare.per_second, 3), "goal": page.goal, **common, **shared},
                {"name": f"{page.name} p95", "value": got.p95, "unit": "ms", "yardstick": "bare template view p95",
                 "yardstick_value": bare.p95, "ratio": round(got.p95 / bare.p95, 2), "goal": page.slower_goal, **common, **shared},
                {"name": f"{page.name} / tiny", "value": got.per_second, "unit": "requests/s", "yardstick": "tiny template view",
                 "yardstick_value": tiny.per_second, "ratio": round(got.per_second / tiny.per_second, 3), "goal": None, **common, **shared},
                {"name": f"{page.name} / static", "value": got.per_second, "unit": "requests/s", "yardstick": "static file",
                 "yardstick_value": static.per_second, "ratio": round(got.per_second / static.per_second, 3), "goal": None, **common, **shared},
            ]  # fmt: skip
            print(f"[{options.engine}] {page.name}: {got.per_second:.0f}/s beside {bare.per_second:.0f}/s", flush=True)
    Path(options.out).write_text(json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
