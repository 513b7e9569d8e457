"""The database of a test run: migrated once for each set of migrations, then copied.

Running every migration (Wagtail brings more than a hundred) takes longer than many test files. The migrated database is
kept aside, named after the migrations it was made from; each worker of each run starts on a copy of it.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.db import connection

ASIDE = Path(tempfile.gettempdir()) / f"marelle-tests-{os.getuid()}"
KEPT = 6
"""Databases kept aside on SQLite; older ones are thrown away."""


def _recipe() -> str:
    """Changes when a migration does, or an installed app."""
    said = hashlib.sha256(django.__version__.encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path, "migrations").glob("[0-9]*.py")):
            said.update(f"{app.label}/{path.name}".encode())
            if app.name.startswith("marelle."):
                said.update(path.read_bytes())
    for model in sorted(model._meta.label for model in apps.get_models()):
        said.update(model.encode())  # permissions and content types are rows too
    return said.hexdigest()[:16]


@contextmanager
def _one_at_a_time():
    ASIDE.mkdir(mode=0o700, exist_ok=True)
    with (ASIDE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrated_as(name: str) -> None:
    settings = connection.settings_dict
    wanted, settings["TEST"]["NAME"] = settings["TEST"]["NAME"], name
    real = settings["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    settings["TEST"]["NAME"], settings["NAME"] = wanted, real


def _copied_file(target: str) -> None:
    made = ASIDE / f"{_recipe()}.sqlite3"
    if not made.exists():
        draft = made.with_suffix(".draft")
        _migrated_as(str(draft))
        draft.rename(made)
        for old in sorted(ASIDE.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink()
    for left in Path(target).parent.glob(f"{Path(target).name}*"):
        left.unlink()  # with its write-ahead log
    shutil.copy(made, target)


def copied_into(folder: Path) -> None:
    """The migrated file, as the database of an installation; nothing when no run on SQLite has made it yet."""
    made = ASIDE / f"{_recipe()}.sqlite3"
    if made.exists():
        shutil.copy(made, folder / "marelle.sqlite3")


def _copied_database(target: str) -> None:
    made = f"marelle_tests_{_recipe()}"
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made])
        is_made = cursor.fetchone()
    if not is_made:
        _migrated_as(made)
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{made}"')


def copied() -> None:
    """Point the connection at a database of this worker's own, migrated and empty."""
    target = connection.creation._get_test_db_name()
    connection.close()
    with _one_at_a_time():
        (_copied_database if connection.vendor == "postgresql" else _copied_file)(target)
    connection.settings_dict["NAME"] = target
    connection.ensure_connection()
