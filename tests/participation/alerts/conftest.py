import pytest

from tests.participation.words import a_session, alert_of


@pytest.fixture
def session(db):
    return a_session()


@pytest.fixture
def alert(session):
    return alert_of(session)
