"""What tests of the programme's pages share."""

import pytest
import time_machine


@pytest.fixture
def stand_still(at):
    """The clock stands where `at` says, inside the window of the tests' route."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def enter(client):
    """`enter(person)` gives a client signed in as that person."""

    def enter(person):
        client.force_login(person)
        return client

    return enter
