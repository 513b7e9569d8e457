"""The pages of a candidacy, as each person sees them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marelle.accounts.enums import Role
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national, of_delegation
from tests.programme.factories import CandidacyFactory, RouteVersionFactory
from tests.programme.lives import decided, submitted, titled
from tests.programme.pages import HOSTILE, HUGE, text, url
from tests.territories.factories import DepartementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_still")]


class TestIntention:
    def test_a_lead_declares_it_from_a_phone_without_javascript(self, enter):
        town = CollectiviteFactory()
        RouteVersionFactory()
        client = enter(lead_of(town))
        page = client.get(url("intention"))
        assert town.name in text(page)
        response = client.post(url("intention"), {"intention": "Pour les enfants."})
        candidacy = Candidacy.objects.get()
        assert response.headers["Location"] == url("candidacy", candidacy)
        assert candidacy.organisation == town

    def test_of_several_collectivites_one_is_chosen(self, enter):
        town, agglomeration = CollectiviteFactory(), CollectiviteFactory()
        RouteVersionFactory()
        user = lead_of(town)
        member_of(agglomeration, Role.LEAD, user=user)
        client = enter(user)
        assert "Votre collectivité" in text(client.get(url("intention")))
        assert "champ" in text(client.post(url("intention"), {"intention": "Oui."})) or not Candidacy.objects.exists()
        client.post(url("intention"), {"intention": "Oui.", "organisation": agglomeration.public_id})
        assert Candidacy.objects.get().organisation == agglomeration

    def test_a_candidacy_under_way_is_shown_instead(self, enter):
        candidacy = CandidacyFactory()
        page = text(enter(lead_of(candidacy.organisation)).get(url("intention")))
        assert "déjà une candidature" in page
        assert url("candidacy", candidacy) in page
        assert "<textarea" not in page

    def test_who_leads_no_collectivite_is_told_what_to_do(self, enter):
        RouteVersionFactory()
        assert "référente" in text(enter(UserFactory()).get(url("intention")))

    def test_before_any_route_is_loaded(self, enter):
        assert "Aucun parcours" in text(enter(lead_of(CollectiviteFactory())).get(url("intention")))

    @pytest.mark.parametrize("words", ["", "   ", HUGE])
    def test_bad_input_is_said_in_french_and_nothing_is_lost(self, enter, words):
        RouteVersionFactory()
        response = enter(lead_of(CollectiviteFactory())).post(url("intention"), {"intention": words})
        assert response.status_code == 200
        assert "à revoir" in text(response)
        if words == HUGE:
            assert HUGE in text(response)
        assert not Candidacy.objects.exists()

    def test_hostile_words_are_shown_as_words(self, enter):
        RouteVersionFactory()
        client = enter(lead_of(CollectiviteFactory()))
        response = client.post(url("intention"), {"intention": HOSTILE}, follow=True)
        assert "<script>alert" not in text(response)
        assert "&lt;script&gt;alert(1)" in text(response)

    def test_another_town_cannot_be_named(self, enter):
        RouteVersionFactory()
        other = CollectiviteFactory()
        town = CollectiviteFactory()
        enter(lead_of(town)).post(url("intention"), {"intention": "Oui.", "organisation": other.public_id})
        assert set(Candidacy.objects.values_list("organisation", flat=True)) <= {town.pk}

    def test_latin_1_bytes_do_no_harm(self, enter):
        RouteVersionFactory()
        client = enter(lead_of(CollectiviteFactory()))
        body = "intention=Coll\xe8ge".encode("latin-1")
        response = client.generic("POST", url("intention"), body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in {200, 302}


class TestOverview:
    @pytest.mark.parametrize("status", Status)
    def test_it_shows_in_every_state(self, status, enter):
        candidacy = submitted(status)
        for user in (
            lead_of(candidacy.organisation),
            national(),
            of_delegation(Role.HEAD, covers=[candidacy.territory]),
        ):
            response = enter(user).get(url("candidacy", candidacy))
            assert response.status_code == 200
            assert status.label.capitalize()[:5] in text(response)

    def test_a_lead_finds_what_to_do_and_what_not_yet(self, enter):
        candidacy = CandidacyFactory(status=Status.FILED)
        page = text(enter(lead_of(candidacy.organisation)).get(url("candidacy", candidacy)))
        assert url("abandon", candidacy) in page
        assert "Confirmer l’intention" not in page  # not theirs
        assert "La candidature en est à" in page  # theirs, not now

    @pytest.mark.parametrize(
        ("status", "label", "name"),
        [
            (Status.DRAFT, "Remplir le dossier", "file"),
            (Status.AWARDED, "Réunir les pièces du titre", "papers"),
            (Status.PROBATION, "Voir les engagements à tenir", "decision"),
        ],
    )
    def test_the_work_of_the_moment_comes_first(self, status, label, name, enter):
        candidacy = CandidacyFactory(status=status)
        doors = enter(lead_of(candidacy.organisation)).get(url("candidacy", candidacy)).context["doors"]
        assert (doors[0].label, doors[0].url, doors[0].kind) == (label, url(name, candidacy), "primary")
        assert [one.kind for one in doors].count("primary") == 1

    def test_a_manager_confirms_from_it(self, enter):
        candidacy = CandidacyFactory(status=Status.INTERESTED)
        client = enter(national())
        assert url("confirm", candidacy) in text(client.get(url("candidacy", candidacy)))
        client.post(url("confirm", candidacy))
        candidacy.refresh_from_db()
        assert candidacy.status == Status.DRAFT
        again = client.post(url("confirm", candidacy))
        assert 'role="alert"' in text(again)

    def test_the_collectivite_does_not_read_the_team_s_part_of_the_history(self, enter, at, monkeypatch):
        from marelle.audit.actions import record
        from marelle.audit.sentences import describe

        describe({"programme.note.tested": "a noté à part"})
        candidacy = submitted()
        record("programme.note.tested", on=candidacy, by=national(), at=at)
        record("programme.candidacy.confirmed", on=candidacy, by=national(), at=at)
        lead_page = text(enter(lead_of(candidacy.organisation)).get(url("candidacy", candidacy)))
        assert "a noté à part" not in lead_page
        assert "a confirmé l’intention" in lead_page
        assert "a noté à part" in text(enter(national()).get(url("candidacy", candidacy)))
        from marelle.audit import sentences

        sentences._sentences.pop("programme.note.tested")

    def test_it_asks_few_questions_of_the_database(self, enter, django_assert_max_num_queries):
        candidacy = submitted()
        client = enter(national())
        with django_assert_max_num_queries(25):
            client.get(url("candidacy", candidacy))

    def test_a_demonstration_says_so(self, enter):
        candidacy = CandidacyFactory(is_demonstration=True)
        assert "démonstration" in text(enter(national()).get(url("candidacy", candidacy)))


class TestForms:
    def test_a_candidacy_is_withdrawn_from_its_page(self, enter):
        candidacy = CandidacyFactory()
        client = enter(lead_of(candidacy.organisation))
        assert "<textarea" in text(client.get(url("abandon", candidacy)))
        assert "à revoir" in text(client.post(url("abandon", candidacy), {"reason": ""}))
        client.post(url("abandon", candidacy), {"reason": "Le conseil a changé d’avis."})
        candidacy.refresh_from_db()
        assert candidacy.status == Status.ABANDONED
        closed = text(client.get(url("abandon", candidacy)))
        assert "<textarea" not in closed
        assert "La candidature en est à" in closed

    def test_a_deadline_is_given_until_the_evening(self, enter):
        candidacy = CandidacyFactory()
        client = enter(national())
        client.post(url("extend", candidacy), {"due_on": "15/03/2027", "reason": "Élections."})
        candidacy.refresh_from_db()
        local = timezone.localtime(candidacy.due_at)
        assert (local.day, local.month, local.hour, local.minute) == (15, 3, 23, 59)

    @pytest.mark.parametrize("day", ["", "demain", "31/02/2027", "0001-01-01", "9999-12-31", "2026-11-01", HOSTILE])
    def test_an_impossible_day_is_said_so(self, day, enter):
        candidacy = CandidacyFactory()
        response = enter(national()).post(url("extend", candidacy), {"due_on": day, "reason": "Raison gardée."})
        assert response.status_code == 200
        assert 'role="alert"' in text(response) or "à revoir" in text(response)
        assert "Raison gardée." in text(response)
        assert HOSTILE not in text(response)

    def test_the_commission_is_set_then_moved_then_left(self, enter):
        candidacy = submitted(Status.UNDER_REVIEW)
        client = enter(national(Role.ADVISER))
        client.post(url("commission", candidacy), {"commission_on": "2026-12-10", "hearing_at": "2026-12-09T14:00"})
        candidacy.refresh_from_db()
        assert timezone.localtime(candidacy.hearing_at).hour == 14
        client.post(url("commission", candidacy), {"commission_on": "2027-01-07", "hearing_at": ""})
        candidacy.refresh_from_db()
        assert candidacy.hearing_at is None
        client.post(url("send_back", candidacy), {"reason": "Une pièce manque."})
        candidacy.refresh_from_db()
        assert candidacy.status == Status.UNDER_REVIEW


class TestWaiting:
    def test_it_is_for_managers(self, enter):
        for user in (national(Role.ADVISER), lead_of(CollectiviteFactory()), of_delegation(Role.HEAD)):
            assert enter(user).get(url("waiting")).status_code == 403

    def test_each_list_shows_what_waits(self, enter):
        interested = CandidacyFactory(status=Status.INTERESTED)
        judged = submitted()
        awarded = decided().candidacy
        titled()
        client = enter(national())
        for chosen, one in (("intentions", interested), ("decisions", judged), ("titres", awarded)):
            response = client.get(url("waiting") + f"?liste={chosen}")
            assert [c.pk for c in response.context["page"]] == [one.pk]
        assert client.get(url("waiting") + "?liste=<b>&page=zz").status_code == 200

    def test_a_probation_whose_end_has_come_is_to_be_decided(self, enter, at):
        from marelle.programme.enums import OutcomeKind
        from marelle.programme.queries.todo import to_decide

        candidacy = decided(OutcomeKind.PROBATION).candidacy
        manager = national()
        assert not to_decide(manager, at.date()).exists()
        last_day = candidacy.decisions.get().probation_ends_on
        assert not to_decide(manager, last_day).exists()
        assert list(to_decide(manager, last_day + timedelta(days=1))) == [candidacy]

    def test_empty_lists_say_so(self, enter):
        for chosen in ("intentions", "decisions", "titres"):
            assert "Rien n’attend ici" in text(enter(national()).get(url("waiting") + f"?liste={chosen}"))

    def test_many_intentions_are_confirmed_at_once(self, enter):
        waiting = [CandidacyFactory(status=Status.INTERESTED) for _ in range(3)]
        client = enter(national())
        assert "Cochez" in text(client.post(url("confirm_many"), {}))
        assert "Cochez" in text(client.post(url("confirm_many"), {"candidacy": ["x", HOSTILE]}))
        client.post(url("confirm_many"), {"candidacy": [one.public_id for one in waiting[:2]]})
        assert Candidacy.objects.filter(status=Status.DRAFT).count() == 2
        assert enter(national(Role.ADVISER)).post(url("confirm_many"), {}).status_code == 403

    @pytest.mark.parametrize("chosen", ["intentions", "decisions", "titres"])
    def test_a_long_list_asks_as_much_as_a_short_one(self, chosen, enter, django_assert_max_num_queries):
        status = {"intentions": Status.INTERESTED, "decisions": Status.COMMISSION, "titres": Status.AWARDED}[chosen]
        for _ in range(30):
            CandidacyFactory(status=status, organisation__territory__departement=DepartementFactory())
        client = enter(national())
        with django_assert_max_num_queries(12):
            response = client.get(url("waiting") + f"?liste={chosen}")
        assert len(response.context["page"]) == 25
