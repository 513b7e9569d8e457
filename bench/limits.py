"""What the database alone can do: one durable row a transaction, without Python in the way (or with very little)."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

CONTENT = "x" * 300
"""About as long as what a child answers."""


def pgbench(*, clients: int, seconds: int) -> float:
    """Rows a second, one durable transaction each, with prepared statements, by PostgreSQL's own `pgbench`."""
    program = shutil.which("pgbench") or _beside_postgres()
    url = urlsplit(os.environ["DATABASE_URL"])
    host = parse_qs(url.query).get("host", [url.hostname or ""])[0]
    table = "CREATE TABLE IF NOT EXISTS bench_limit (id bigserial PRIMARY KEY, content text NOT NULL)"
    connected = ["-h", host, "-U", url.username or "marelle"]
    if url.port:
        connected += ["-p", str(url.port)]
    name = url.path.lstrip("/")
    env = {**os.environ, "PGPASSWORD": url.password or ""}
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"INSERT INTO bench_limit (content) VALUES ('{CONTENT}');\n")
        script.flush()
        _run_sql(table)
        out = subprocess.run(
            [program, *connected, "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds), "-f", script.name, name],
            check=True, capture_output=True, text=True, env=env,
        ).stdout  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", out)
    assert found, out
    assert not re.search(r"failed transactions: [1-9]", out), out
    return float(found[1])


def sqlite_alone(*, seconds: int) -> float:
    """Rows a second from one process with the settings of Marelle's connections: the most SQLite can acknowledge."""
    from django.conf import settings

    path = Path(os.environ["MARELLE_DATA"]) / "limit.sqlite3"
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in settings.DATABASES["default"]["OPTIONS"]["init_command"].split(";"):
        database.execute(pragma)
    database.execute("CREATE TABLE IF NOT EXISTS stored (id integer PRIMARY KEY, content text NOT NULL)")
    began, rows = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO stored (content) VALUES (?)", [CONTENT])
        database.execute("COMMIT")
        rows += 1
    took = time.perf_counter() - began
    database.close()
    return rows / took


def _run_sql(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def _beside_postgres() -> str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    if not found:
        raise SystemExit("make bench needs pgbench: install the Debian package `postgresql-contrib`.")
    return str(found[-1])
