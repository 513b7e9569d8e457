"""The demonstration's news and dates: there on the first day, marked as invented, every link of them answering."""

import random
import re
from datetime import datetime

import pytest
from django.core.management import call_command
from django.urls import resolve

from marelle.demo.actions import announcing
from marelle.demo.actions.year import Year
from marelle.portal.models import EventPage, NewsPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(at, capsys):
    call_command("load_library")
    year = Year(random.Random(1), at, iter(()), None, [], [], None, None)
    announcing.live(year)
    return year


def test_they_are_read_and_marked(announced, client):
    for page in (*NewsPage.objects.all(), *EventPage.objects.all()):
        shown = client.get(page.address)
        assert shown.status_code == 200
        assert "démonstration" in shown.content.decode()
        for link in re.findall(r"<main.*?</main>", shown.content.decode(), re.DOTALL):
            for address in re.findall(r'href="(/[^"#?]*)"', link):
                resolve(address)
    assert "Premiers pas" in client.get("/").content.decode()
    assert "La bibliothèque ouvre" in client.get("/").content.decode()


def test_announcing_twice_changes_nothing(announced):
    before = NewsPage.objects.count(), EventPage.objects.count()
    announcing.live(announced)
    assert (NewsPage.objects.count(), EventPage.objects.count()) == before == (6, 6)


@pytest.mark.parametrize(
    ("counted", "held"),
    [
        (datetime(2026, 12, 8), datetime(2026, 12, 8)),
        (datetime(2026, 11, 29), datetime(2026, 11, 30)),  # a Sunday
        (datetime(2026, 12, 24), datetime(2027, 1, 4)),
    ],
)
def test_dates_fall_when_people_meet(counted, held):
    assert announcing._when_people_meet(counted) == held
