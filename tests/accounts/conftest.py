import pytest
import time_machine

from tests.territories.factories import DepartementFactory


@pytest.fixture(autouse=True)
def the_clock_stands_at_the_actions_hour(at):
    """What « today » means to a rule is the day the actions are given."""
    with time_machine.travel(at, tick=True):
        yield


@pytest.fixture
def departement():
    return DepartementFactory()
