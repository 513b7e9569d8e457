"""A connection to PostgreSQL is asked whether it lives after a silence, not before each request."""

import pytest
from django.db import connection as django_connection

from marelle.core.postgresql import base


@pytest.fixture
def connection(monkeypatch, settings):
    """Never connected: what is looked at is when it would ask."""
    made = base.DatabaseWrapper({**settings.DATABASES["default"], "CONN_HEALTH_CHECKS": True}, "never")
    made.connection, made.health_check_enabled, made.asked = object(), True, 0

    def is_usable():
        made.asked += 1
        return True

    monkeypatch.setattr(made, "is_usable", is_usable)
    yield made
    made.connection = None


@pytest.fixture
def after(monkeypatch, connection):
    """A request that begins so many seconds later."""
    now = [1000.0]
    monkeypatch.setattr(base, "monotonic", lambda: now[0])

    def request(seconds):
        now[0] += seconds
        connection.health_check_done = False
        connection.close_if_health_check_failed()
        return connection.asked

    return request


def test_it_is_asked_at_the_first_request_and_after_each_silence(after):
    assert after(0) == 1
    assert after(5) == 2
    assert after(1.5) == 3


def test_it_is_not_asked_again_while_requests_follow_each_other(after):
    after(0)
    for _ in range(50):
        assert after(0.4) == 1


def test_a_dead_one_is_closed(after, connection, monkeypatch):
    closed = []
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    monkeypatch.setattr(connection, "close", lambda: closed.append(True))
    after(0)
    assert closed


@pytest.mark.parametrize(("said", "sent"), [({}, "-c jit=off"), ({"options": "-c jit=on"}, "-c jit=off -c jit=on")])
def test_no_query_is_compiled_unless_the_address_says_so(settings, said, sent):
    made = base.DatabaseWrapper({**settings.DATABASES["default"], "NAME": "x", "OPTIONS": said}, "never")
    assert made.get_connection_params()["options"] == sent


@pytest.mark.django_db
def test_sessions_begin_so():
    if django_connection.vendor != "postgresql":
        pytest.skip("runs with the suite on PostgreSQL")
    with django_connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
