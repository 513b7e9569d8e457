from urllib.parse import urlencode

import pytest

from marelle.ballots.enums import Mode
from marelle.participation.views import kept, limits
from tests.ballots.factories import sending
from tests.participation.factories import open_consultation, session_of

from .questionnaire import EVERY_KIND


@pytest.fixture(autouse=True)
def a_fresh_process():
    """Pages are kept by the process for as long as it lives: each test is one."""
    kept.forget()
    limits._counts.clear()
    limits._unknown.clear()


@pytest.fixture
def consultation(db):
    return open_consultation(draft=EVERY_KIND)


@pytest.fixture
def station_in(consultation):
    """A group of this consultation, in one of the modes."""
    return lambda mode=Mode.SHARED, roll=28, **more: session_of(consultation, roll=roll, mode=mode, **more).station


@pytest.fixture
def station(station_in):
    return station_in()


@pytest.fixture
def send(client):
    """Send a form as the page does without JavaScript; `json=True` asks for an answer as its script does."""

    def post(station, *, json=False, name=None, **fields):
        data = {"sending": name or sending(), "l": "fr", **{key.replace("__", "-"): v for key, v in fields.items()}}
        return client.post(
            f"/s/{station.code}/",
            urlencode(data, doseq=True),
            content_type="application/x-www-form-urlencoded",
            headers={"Accept": "application/json" if json else "text/html"},
        )

    return post
