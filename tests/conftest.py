"""Fixtures every test may use. Strict by default: no network, warnings are errors, the clock is passed in."""

import gc
import os
import socket
import time
from datetime import UTC, datetime

import hypothesis
import pytest
import time_machine
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client

from marelle.audit import kept
from marelle.library.queries import catalogue
from marelle.participation.queries import children
from marelle.territories.queries import forget_index

from . import database, installation

# What tests make is thrown away by the thousand: looking for cycles less often saves a twentieth of the time.
gc.freeze()
gc.set_threshold(50_000, 50, 100)

# No test asserts how long something takes: a busy machine would fail it.
hypothesis.settings.register_profile("marelle", deadline=None)
hypothesis.settings.load_profile("marelle")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """pytest-django's, but migrated once and copied."""
    with django_db_blocker.unblock():
        database.copied()
        yield
        connection.close()


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """`installed(folder)`: an installation ready to serve, there."""
    run = tmp_path_factory.getbasetemp()
    run = run.parent if os.environ.get("PYTEST_XDIST_WORKER") else run
    return lambda folder: installation.copy(installation.prepared(run), folder)


@pytest.fixture
def at():
    """A Tuesday morning in the programme: passed to actions as their clock."""
    return datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit():` runs what waits for the commit, as in production."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(autouse=True)
def signing_in_is_complete(monkeypatch):
    """`client.force_login(person)` stands for a whole sign-in, second factor included. What the second factor
    guards is tested with `force_login(person, second_factor=False)`."""
    real = Client.force_login

    def force_login(self, user, backend=None, *, second_factor=True):
        real(self, user, backend)
        session = self.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [
            {"method": method, "at": time.time()} for method in (["code", "mfa"] if second_factor else ["code"])
        ]
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Only this machine may be reached."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


def _emptying_lifts_the_seal_of_the_log(flush=DatabaseOperations.sql_flush):
    """Tests that commit end by emptying every table; on SQLite that is a DELETE, which the log refuses."""

    def sql_flush(self, style, tables, **options):
        statements = flush(self, style, tables, **options)
        if "audit_entry" not in tables:
            return statements
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_entry_no_delete'")
            seal = [sql for (sql,) in cursor.fetchall()]
        return ["DROP TRIGGER IF EXISTS audit_entry_no_delete", *statements, *seal]

    DatabaseOperations.sql_flush = sql_flush


_emptying_lifts_the_seal_of_the_log()


@pytest.fixture(autouse=True)
def names_of_this_test_only(request):
    """The search remembers names in memory: a test starts from its own, unless its module loads the real list."""
    if "real_list" not in request.fixturenames:
        forget_index()


@pytest.fixture(autouse=True)
def forget_drawings():
    """What this process has drawn and kept (`local` cache) belongs to the rows of another test."""
    from django.core.cache import caches

    caches["local"].clear()


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch):
    """Factories write rows that no action did: pages are worked out each time. `keeping` keeps, as in production."""
    kept.forget_kept()
    monkeypatch.setattr(kept._keeper, "size", 0)
    monkeypatch.setattr(kept.pages, "size", 0)
    children.forget()
    catalogue.forget_snapshot()


@pytest.fixture
def keeping(monkeypatch, nothing_is_kept):
    monkeypatch.setattr(kept._keeper, "size", 500)
    monkeypatch.setattr(kept.pages, "size", 500)
    yield
    kept.forget_kept()


def pytest_make_parametrize_id(val, argname):
    """Bytes made when tests are collected (a ZIP holds the hour) are no name: every worker must give the same."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def a_day_of_the_programme():
    """Pages read the clock: in tests it runs from the day that `at` names, so that no deadline of 2027 ever passes."""
    with time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=True):
        yield
