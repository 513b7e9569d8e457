"""The devices where one is signed in: named as one would, closed one by one or all at once, nobody else's."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.test import Client

from marelle.accounts.queries.devices import device
from marelle.audit.models import Entry
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def opened(user, user_agent):
    browser = Client(headers={"User-Agent": user_agent})
    browser.force_login(user)
    request = HttpRequest()
    request.META |= {"REMOTE_ADDR": "192.0.2.1", "HTTP_USER_AGENT": user_agent}
    request.session, request.user = browser.session, user
    assert get_user(request) == user
    UserSession.objects.create_from_request(request)
    return browser


@pytest.fixture
def person():
    user = UserFactory(email="ana@marelle.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


def test_one_session_is_closed_and_the_other_stays(person):
    here, there = opened(person, WINDOWS), opened(person, IPHONE)
    page = here.get("/compte/sessions/").content.decode()
    assert "Firefox sur Windows" in page
    assert "Safari sur iPhone" in page
    assert "Mozilla/5.0" not in page.split("<main")[1]
    other = UserSession.objects.get(session_key=there.session.session_key)
    done = here.post(f"/compte/sessions/{other.pk}/fermer/", follow=True).content.decode()
    assert "Cette session est fermée" in done
    assert there.get("/compte/").status_code == 302
    assert here.get("/compte/").status_code == 200
    assert Entry.objects.filter(kind="accounts.session.ended", actor=person.public_id).count() == 1


def test_this_very_session_is_closed_by_signing_out(person):
    here = opened(person, WINDOWS)
    mine = UserSession.objects.get(user=person)
    assert here.post(f"/compte/sessions/{mine.pk}/fermer/").url == "/compte/deconnexion/"
    assert here.get("/compte/").status_code == 200


def test_nobody_closes_somebody_elses(person):
    theirs = opened(UserFactory(), WINDOWS)
    other = UserSession.objects.get(session_key=theirs.session.session_key)
    here = opened(person, WINDOWS)
    assert here.post(f"/compte/sessions/{other.pk}/fermer/").status_code == 404
    assert here.get(f"/compte/sessions/{other.pk}/fermer/").status_code == 405
    assert theirs.get("/compte/").status_code == 200


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (WINDOWS, "Firefox sur Windows"),
        (IPHONE, "Safari sur iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge sur Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome sur Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari sur Mac"),
        ("", "appareil inconnu"),
        ("curl/8.0 <script>", "appareil inconnu"),
    ],
)
def test_a_device_in_words(said, words):
    assert device(said) == words
