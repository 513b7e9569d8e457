"""What public pages keep in memory: nothing is worked out twice, nothing is shown a moment too long."""

import threading
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.audit.actions import record
from marelle.audit.kept import Keeper
from marelle.programme.actions import network, titles
from marelle.programme.enums import NetworkStatus
from tests.accounts.factories import national
from tests.portal.test_public import titled
from tests.programme.factories import CandidacyFactory, NetworkMembershipFactory
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(AT, tick=False):
        yield


def something_is_done(on):
    record("programme.title.granted", on=on, by=None, at=AT)


@pytest.fixture
def question():
    """Counts how often it is asked."""
    asked = []

    def question(*about):
        asked.append(about)
        return len(asked)

    question.asked = asked
    return question


def test_an_answer_is_kept_until_something_is_done(question):
    keeper, rouen = Keeper(size=10), TerritoryFactory()
    assert [keeper.get(question, 1), keeper.get(question, 1), keeper.get(question, 2)] == [1, 1, 2]
    something_is_done(rouen)
    assert [keeper.get(question, 1), keeper.get(question, 1)] == [3, 3]


def test_the_oldest_answers_leave_first(question):
    keeper = Keeper(size=2)
    for about in (1, 2, 3, 3, 2, 1):
        keeper.get(question, about)
    assert question.asked == [(1,), (2,), (3,), (1,)]


def test_what_was_worked_out_while_something_was_done_is_not_kept(question):
    keeper, rouen = Keeper(size=10), TerritoryFactory()

    def slow():
        """Begins to read, then somebody acts and somebody else reads, then it ends."""
        answer = question()
        something_is_done(rouen)
        keeper.get(question, "somebody else")
        return answer

    assert keeper.get(slow) == 1
    assert keeper.get(slow) != 1


def test_many_may_ask_at_once(question, monkeypatch):
    monkeypatch.setattr("marelle.audit.kept.last_number", lambda: 7)
    keeper, found = Keeper(size=10), []
    threads = [threading.Thread(target=lambda: found.append(keeper.get(question))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert keeper.get(question) in found


class TestPages:
    """The whole way: a page read, an action, the page read again."""

    @pytest.fixture
    def manager(self):
        return national(Role.MANAGER)

    def test_a_title_withdrawn_leaves_the_home_page_and_the_territorys_at_once(self, client, keeping, manager):
        place = TerritoryFactory(name="Rouen")
        title = titled(place, AT)
        for page in ("/", place.get_absolute_url()):
            assert title.name in client.get(page).content.decode()
        assert place.get_absolute_url() in client.get("/").content.decode()
        titles.withdraw(
            title=title, reason="Engagements non tenus.", public_reason="Engagements non tenus.", by=manager, at=AT
        )
        assert f'href="{place.get_absolute_url()}"' not in client.get("/").content.decode()
        assert "Engagements non tenus." in client.get(place.get_absolute_url()).content.decode()

    def test_a_member_of_the_network_is_shown_as_soon_as_confirmed(self, client, keeping, manager):
        asked = NetworkMembershipFactory(status=NetworkStatus.ASKED)
        address = asked.territory.get_absolute_url()
        assert address not in client.get("/").content.decode()
        network.confirm(membership=asked, by=manager, at=AT)
        assert address in client.get("/").content.decode()
        assert "Membre du réseau" in client.get(address).content.decode()

    def test_a_page_read_again_asks_the_log_alone(self, client, keeping, django_assert_num_queries):
        place = titled(TerritoryFactory(), AT).territory
        for page in ("/", place.get_absolute_url()):
            client.get(page)
            with django_assert_num_queries(1):
                client.get(page)

    def test_the_funnel_counts_a_candidacy_at_once(self, client, keeping, manager):
        client.force_login(manager)
        assert "Aucune candidature pour l’instant" in client.get(reverse("portal:funnel")).content.decode()
        something_is_done(CandidacyFactory(is_demonstration=False))
        assert "Toute la France" in client.get(reverse("portal:funnel")).content.decode()
