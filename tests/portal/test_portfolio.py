"""The portfolio: whose turn it is, what falls due, who went silent, and for whom it opens."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.programme.enums import Side, Status
from marelle.programme.models import Message, Opinion
from marelle.programme.queries.portfolio import accompanied, counts, followed, what_waits
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national, of_delegation
from tests.programme.factories import CandidacyFactory
from tests.territories.factories import DepartementFactory, RegionFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def adviser():
    return national(Role.ADVISER, user__name="Léa Dumas")


@pytest.fixture
def departement():
    return DepartementFactory(region=RegionFactory(name="Normandie"))


@pytest.fixture
def file(adviser, departement):
    """Makes a file of the adviser's portfolio, in a commune of the département."""

    def file(name="Rouen", **fields):
        place = TerritoryFactory(name=name, departement=departement, region=departement.region)
        defaults = {"status_since": NOW - timedelta(days=3), "last_activity_at": NOW - timedelta(days=3)}
        return CandidacyFactory(
            organisation=CollectiviteFactory(territory=place), **{"adviser": adviser, **defaults, **fields}
        )

    return file


def seen(user, file):
    return next(row for row in followed(user, at=NOW) if row.facts.pk == file.pk)


def says(file, side, ago=1):
    Message.objects.create(candidacy=file, side=side, text="…", at=NOW - timedelta(days=ago), by=file.opened_by)


@pytest.mark.parametrize(
    ("status", "awaits_adviser", "awaits_manager"),
    [
        (Status.INTERESTED, False, True),
        (Status.DRAFT, False, False),
        (Status.FILED, True, True),
        (Status.UNDER_REVIEW, True, True),
        (Status.CORRECTION, False, False),
        (Status.COMMISSION, False, False),
        (Status.PROBATION, False, False),
        (Status.AWARDED, False, False),
        (Status.TITLED, False, False),
    ],
)
def test_whose_turn_it_is_follows_from_the_state(adviser, file, status, awaits_adviser, awaits_manager):
    one = file(status=status)
    assert seen(adviser, one).awaits_me is awaits_adviser
    assert seen(national(Role.MANAGER), one).awaits_me is awaits_manager


def test_a_message_without_answer_awaits_me_since_it_was_written(adviser, file):
    one = file()
    says(one, Side.COLLECTIVITE, ago=9)
    row = seen(adviser, one)
    assert (row.awaits_me, row.waits_since) == (True, NOW - timedelta(days=9))
    assert what_waits(row) == "Message sans réponse"
    says(one, Side.TEAM)
    assert seen(adviser, one).awaits_me is False


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"status": Status.DRAFT}, date(2027, 2, 28)),  # The route's own day.
        ({"status": Status.DRAFT, "due_at": datetime(2026, 11, 30, 23, 30, tzinfo=UTC)}, date(2026, 12, 1)),
        ({"status": Status.UNDER_REVIEW, "review_due_on": date(2026, 11, 26)}, date(2026, 11, 26)),
        ({"status": Status.COMMISSION, "commission_on": date(2026, 12, 1)}, date(2026, 12, 1)),
        ({"status": Status.TITLED}, None),
    ],
)
def test_what_falls_due_is_the_day_that_matters_now(adviser, file, fields, due):
    row = seen(adviser, file(**fields))
    assert row.falls_due_on == due
    assert row.is_due is (due is not None and due <= date(2026, 12, 1))


@pytest.mark.parametrize(
    ("status", "days", "silent"),
    [
        (Status.DRAFT, 61, True),
        (Status.DRAFT, 59, False),
        (Status.CORRECTION, 61, True),
        (Status.FILED, 200, False),  # It is for us to move.
        (Status.TITLED, 200, False),
    ],
)
def test_silence_is_the_collectivites_when_its_turn_has_come(adviser, file, status, days, silent):
    assert seen(adviser, file(status=status, last_activity_at=NOW - timedelta(days=days))).is_silent is silent


def test_four_counts_cover_every_file(adviser, file):
    file(status=Status.FILED)
    file(status=Status.UNDER_REVIEW, review_due_on=date(2026, 11, 25))
    file(status=Status.DRAFT, last_activity_at=NOW - timedelta(days=90))
    file(status=Status.DRAFT)
    file(status=Status.REFUSED)  # Over: no longer accompanied.
    found = counts(followed(adviser, at=NOW))
    assert (found.answers, found.due, found.silent, found.alone, found.all) == (2, 1, 1, 1, 4)


class TestWhoAccompaniesWhat:
    def test_an_adviser_sees_their_own_files(self, adviser, file):
        mine, other = file(), file(adviser=national(Role.ADVISER))
        assert list(accompanied(adviser)) == [mine]
        assert other not in accompanied(adviser)

    def test_a_manager_sees_all(self, file):
        file(), file(adviser=None)
        assert accompanied(national(Role.MANAGER)).count() == 2

    def test_a_volunteer_sees_what_was_handed_over_in_their_territory(self, file, departement):
        filed = file(status=Status.FILED)
        file(status=Status.DRAFT)
        CandidacyFactory(status=Status.FILED)
        assert list(accompanied(of_delegation(Role.VOLUNTEER, covers=[departement]))) == [filed]

    def test_a_head_sees_it_from_the_start(self, file, departement):
        file(status=Status.FILED), file(status=Status.DRAFT)
        assert accompanied(of_delegation(Role.HEAD, covers=[departement])).count() == 2

    def test_a_volunteer_is_awaited_for_an_opinion_only(self, file, departement):
        volunteer = of_delegation(Role.VOLUNTEER, covers=[departement])
        one, other = file(status=Status.UNDER_REVIEW), file(status=Status.UNDER_REVIEW)
        Opinion.objects.create(
            candidacy=one, asked_of=volunteer, asked_by=UserFactory(), asked_at=NOW, due_on=date(2026, 11, 27)
        )
        assert (seen(volunteer, one).awaits_me, seen(volunteer, other).awaits_me) == (True, False)
        assert (seen(volunteer, one).falls_due_on, seen(volunteer, one).is_due) == (date(2026, 11, 27), True)
        assert what_waits(seen(volunteer, one)) == "Avis attendu de vous"

    def test_a_volunteer_who_works_for_the_town_does_not_accompany_it(self, file, departement):
        one = file(status=Status.FILED)
        volunteer = of_delegation(Role.VOLUNTEER, covers=[departement])
        from tests.accounts.factories import MembershipFactory

        MembershipFactory(user=volunteer, organisation=one.organisation)
        assert not accompanied(volunteer).exists()

    def test_nobody_else_accompanies_anything(self, file):
        one = file()
        for user in (UserFactory(), lead_of(one.organisation), national(Role.EXPERT)):
            assert not accompanied(user).exists()


class TestPage:
    @pytest.fixture
    def page(self, client, adviser):
        client.force_login(adviser)
        return lambda **asked: client.get(reverse("portal:portfolio"), asked)

    def test_it_greets_and_counts_what_waits(self, page, file):
        file("Rouen", status=Status.FILED), file("Vernon", status=Status.FILED), file("Évreux")
        html = page().content.decode()
        assert "Bonjour Léa, 2 collectivités vous attendent" in html
        assert html.index("Rouen") < html.index("Évreux")

    def test_alone_with_nothing_it_says_what_will_come(self, page):
        html = page().content.decode()
        assert "Bonjour Léa, rien ne vous attend" in html
        assert "Aucune collectivité pour l’instant" in html

    def test_each_count_leads_to_its_list(self, page, file):
        file("Rouen", status=Status.FILED), file("Évreux")
        html = page(vue="reponse").content.decode()
        assert "Rouen" in html
        assert "Évreux" not in html

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [({"etat": "filed"}, {"Rouen"}), ({"etat": "draft"}, {"Évreux"}), ({"region": "NOR"}, {"Rouen", "Évreux"})],
    )
    def test_filters_narrow_it(self, page, file, departement, asked, shown):
        departement.region.code = "NOR"
        departement.region.save()
        file("Rouen", status=Status.FILED), file("Évreux")
        html = page(**asked).content.decode()
        assert {name for name in ("Rouen", "Évreux") if f"<strong>{name}</strong>" in html} == shown

    @pytest.mark.parametrize("order", ["echeance", "silence", "nom", ""])
    def test_every_order_works(self, page, file, order):
        file(), file()
        assert page(tri=order).status_code == 200

    @pytest.mark.parametrize(
        "asked", [{"vue": "x"}, {"region": "'"}, {"page": "zzz"}, {"tri": "\x00"}, {"etat": "é" * 3000}]
    )
    def test_nonsense_in_the_address_breaks_nothing(self, page, file, asked):
        file()
        assert page(**asked).status_code == 200

    def test_it_makes_twelve_queries_at_most_whatever_the_volume(self, page, file, django_assert_max_num_queries):
        for number in range(3):
            file(f"Petit {number}")
        page()
        with django_assert_max_num_queries(12):
            page()
        for number in range(50):
            file(f"Grand {number}", status=[Status.FILED, Status.DRAFT][number % 2])
        with django_assert_max_num_queries(12):
            html = page().content.decode()
        assert "Suivants" in html

    @pytest.mark.parametrize("name", ["portal:portfolio", "portal:portfolio_csv", "portal:funnel"])
    def test_others_are_refused(self, client, file, name):
        client.force_login(lead_of(file().organisation))
        assert client.get(reverse(name)).status_code == 403

    def test_the_export_says_what_the_page_says_and_computes_nothing(self, client, adviser, file):
        file("=cmd|' /C calc'!A0", status=Status.FILED), file("Évreux")
        client.force_login(adviser)
        response = client.get(reverse("portal:portfolio_csv"), {"etat": "filed"})
        text = response.content.decode("utf-8-sig")
        assert response["Content-Type"].startswith("text/csv")
        assert "'=cmd" in text
        assert "Évreux" not in text
        assert "Dossier déposé, à ouvrir" in text
