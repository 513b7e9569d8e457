"""A class of 28 on six tablets, between two lessons. The network goes in the middle and comes back."""

from collections import Counter

import pytest
from django.utils import timezone

from marelle.ballots.actions import stations
from marelle.ballots.enums import Mode
from marelle.ballots.models import Envelope, Ticket
from marelle.participation.views import kept
from tests.ballots.factories import vote
from tests.participation.children.questionnaire import EVERY_KIND
from tests.participation.factories import open_consultation, session_of

from .children import TABLET, draw_ticket, stored, to_the_end, touch, until

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = {
    "languages": ["fr"],
    "sections": [
        {"key": "s1", "title": {}, "questions": [EVERY_KIND["sections"][0]["questions"][n] for n in (1, 3)]},
    ],
}
WANTS = [("Des arbres et de l’ombre", "arbres"), ("Un coin calme", "calme"), ("Des toilettes propres", "wc")]


@pytest.fixture(autouse=True)
def fresh():
    kept.forget()


def a_child(page, code, wish):
    page.locator("#debut").wait_for()
    touch(page, "Je commence")
    if code:
        draw_ticket(page, code)
        touch(page, "Oui, je continue")
    touch(page, wish)
    to_the_end(page)
    touch(page, "J’envoie")
    page.locator("#merci").wait_for()


def test_every_answer_counts_once_though_the_network_goes(browse):
    station = session_of(open_consultation(draft=SHORT), roll=28, mode=Mode.TICKETS).station
    tickets = [*station.tickets.values_list("code", flat=True)]
    tablets = [browse(**TABLET) for _ in range(6)]
    for tablet in tablets:
        tablet.goto(f"/s/{station.code}/")
        until(tablet, "navigator.serviceWorker.controller !== null || !isSecureContext")
    wished = Counter()
    for n, code in enumerate(tickets):
        tablet = tablets[n % 6]
        if n == 10:  # The box in the corridor restarts.
            for one in tablets:
                one.context.set_offline(True)
        if n == 20:
            for one in tablets:
                one.context.set_offline(False)
        wish, key = WANTS[n % 3]
        a_child(tablet, code, wish)
        wished[key] += 1
        if 10 <= n < 20:
            assert "attend le réseau" in tablet.locator("#merci h2").inner_text()
        touch(tablet, "Au suivant !")
    for tablet in tablets:
        until(tablet, "Object.keys(localStorage).length === 0")
    assert not Ticket.objects.filter(station=station).exists()
    assert Counter(one["a"]["manque"] for one in stored(station)) == wished
    assert sum(wished.values()) == Envelope.objects.filter(station=station).count() == 28


def test_a_lost_reply_is_sent_again_and_counts_once(browse):
    station = session_of(open_consultation(draft=SHORT), roll=5, mode=Mode.SHARED).station
    page = browse(**TABLET)
    page.goto(f"/s/{station.code}/")
    replies = []

    def lose_the_first(route):
        if route.request.method == "POST" and not replies:
            replies.append(route.fetch().status)  # The server has it; the tablet never hears.
            route.abort()
        else:
            route.continue_()

    page.route("**/s/*/", lose_the_first)
    a_child(page, "", WANTS[0][0])
    until(page, "Object.keys(localStorage).length === 0")
    assert replies == [200]
    assert len(stored(station)) == 1


def test_an_answer_that_finds_the_group_full_waits_until_the_adult_makes_room(browse):
    """It was given without network; meanwhile a latecomer took the last place of the roll. No child asks it again."""
    station = session_of(open_consultation(draft=SHORT), roll=1, mode=Mode.SHARED).station
    page = browse(**TABLET)
    page.goto(f"/s/{station.code}/")
    page.context.set_offline(True)
    a_child(page, "", WANTS[1][0])
    vote(station, {}, at=timezone.now())
    with page.expect_response(lambda reply: reply.status == 409):
        page.context.set_offline(False)
    until(page, "Object.keys(localStorage).length === 1")
    stations.change_roll(station=station, roll=2, by=None, at=timezone.now())
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, "Object.keys(localStorage).length === 0")
    assert sorted(len(one["a"]) for one in stored(station)) == [0, 1]


def test_nothing_of_the_child_before_remains(browse):
    station = session_of(open_consultation(draft=SHORT), roll=5, mode=Mode.SHARED).station
    page = browse(**TABLET)
    page.goto(f"/s/{station.code}/")
    name = page.locator("[name=sending]").input_value()
    a_child(page, "", WANTS[0][0])
    touch(page, "Au suivant !")
    page.locator("#debut").wait_for()
    assert page.locator("[name=sending]").input_value() != name
    assert page.locator(":checked:not(option)").count() == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.go_back()
    assert page.locator(":checked:not(option)").count() == 0


def test_the_page_opens_again_without_network_once_it_was_opened(browse):
    station = session_of(open_consultation(draft=SHORT), roll=5, mode=Mode.SHARED).station
    page = browse(**TABLET)
    page.goto(f"/s/{station.code}/")
    page.evaluate(
        """() => new Promise(done => { navigator.serviceWorker.addEventListener("message", done); setTimeout(done, 8000); navigator.serviceWorker.startMessages(); })"""
    )
    page.context.set_offline(True)
    page.reload()
    a_child(page, "", WANTS[1][0])
    assert "attend le réseau" in page.locator("#merci h2").inner_text()
    assert page.locator("#debut").count() == 0
    page.context.set_offline(False)
    until(page, "Object.keys(localStorage).length === 0")
    assert [one["a"]["manque"] for one in stored(station)] == ["calme"]
