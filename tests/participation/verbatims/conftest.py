import pytest

from tests.participation.words import a_session


@pytest.fixture
def session(db):
    return a_session()


@pytest.fixture
def consultation(session):
    return session.consultation
