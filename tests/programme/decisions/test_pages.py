"""The decision's pages: recorded by a manager, read by the collectivité, replayed to the letter."""

import pytest
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.programme.enums import Advice, OutcomeKind, Status
from marelle.programme.models import Decision, Opinion
from tests.accounts.factories import lead_of, national, of_delegation
from tests.programme.lives import a_file, decided, submitted
from tests.programme.pages import HOSTILE, HUGE, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_still")]


def typed(outcome="award", **changes):
    said = {
        "seen": "0", "outcome": outcome, "reasons": "Une démarche solide.", "body": "Commission d’attribution",
        "decided_on": "2026-11-23", "recommendations": "", "probation_ends_on": "",
        "tasks-TOTAL_FORMS": "4", "tasks-INITIAL_FORMS": "0",
    }  # fmt: skip
    return said | changes


class TestRecording:
    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({}, Status.AWARDED),
            ({"outcome": "award_with_recommendations", "recommendations": "Une\n\n Deux "}, Status.AWARDED),
            ({"outcome": "refusal"}, Status.REFUSED),
            (
                {
                    "outcome": "probation", "probation_ends_on": "2027-05-31",
                    "tasks-1-wording": "Réunir le comité", "tasks-1-due_on": "2027-02-01",
                },
                Status.PROBATION,
            ),
        ],
    )  # fmt: skip
    def test_a_manager_records_it(self, changes, status, enter):
        candidacy = submitted()
        response = enter(national()).post(url("decide", candidacy), typed(**changes))
        assert response.headers["Location"] == url("decision", candidacy)
        candidacy.refresh_from_db()
        assert candidacy.status == status
        if "recommendations" in changes:
            assert Decision.objects.get().recommendations == ["Une", "Deux"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"outcome": ""}, {"outcome": "gloire"}, {"reasons": ""}, {"reasons": HUGE}, {"body": ""},
            {"decided_on": "hier"}, {"decided_on": "2026-12-01"}, {"seen": "abc"}, {"seen": ""},
            {"outcome": "award_with_recommendations"}, {"outcome": "probation"},
            {"outcome": "probation", "probation_ends_on": "2027-05-31"},
            {"outcome": "probation", "probation_ends_on": "2027-05-31", "tasks-0-wording": "Sans date"},
            {"outcome": "probation", "probation_ends_on": "2027-05-31", "tasks-0-due_on": "2027-02-01"},
            {"tasks-TOTAL_FORMS": "9999999"}, {"tasks-TOTAL_FORMS": "x"}, {"tasks-TOTAL_FORMS": ""},
        ],
    )  # fmt: skip
    def test_what_does_not_hold_is_said_and_nothing_is_lost(self, changes, enter):
        response = enter(national()).post(url("decide", submitted()), typed(reasons="Motif gardé.") | changes)
        assert response.status_code == 200
        assert "à revoir" in text(response) or 'role="alert"' in text(response)
        assert changes.get("reasons", "Motif gardé.") in text(response)
        assert not Decision.objects.exists()

    def test_more_rows_are_given_without_recording_anything(self, enter):
        said = typed("probation", **{"more": "1", "tasks-0-wording": "Gardé"})
        response = enter(national()).post(url("decide", submitted()), said)
        assert len(response.context["rows"].forms) == 6
        assert 'value="Gardé"' in text(response)
        assert not Decision.objects.exists()

    def test_an_error_about_a_promise_is_never_folded_away(self, enter):
        client = enter(national())
        candidacy = submitted()
        assert not client.get(url("decide", candidacy)).context["opens_probation"]
        assert not client.post(url("decide", candidacy), typed(reasons="")).context["opens_probation"]
        for wrong in ({"tasks-0-wording": "Sans date"}, {"probation_ends_on": "demain"}, {"outcome": "probation"}):
            assert client.post(url("decide", candidacy), typed() | wrong).context["opens_probation"]

    def test_the_second_of_two_managers_is_told_plainly(self, enter):
        candidacy = submitted()
        client = enter(national())
        client.post(url("decide", candidacy), typed("probation", **{
            "probation_ends_on": "2027-05-31", "tasks-0-wording": "Réunir", "tasks-0-due_on": "2027-02-01",
        }))  # fmt: skip
        response = enter(national()).post(url("decide", candidacy), typed(reasons="Les miens."))
        assert "vient d’être enregistrée" in text(response)
        assert "Les miens." in text(response)
        assert Decision.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.ADVISER])
    def test_an_adviser_cannot_open_the_form(self, role, enter):
        assert enter(national(role)).get(url("decide", submitted())).status_code == 403
        assert enter(national(role)).post(url("decide", submitted()), typed()).status_code == 403

    def test_at_the_end_of_a_probation_there_is_no_other(self, enter):
        candidacy = decided(OutcomeKind.PROBATION).candidacy
        page = enter(national()).get(url("decide", candidacy))
        assert [value for value, _ in page.context["form"].fields["outcome"].choices] == [
            "award", "award_with_recommendations", "refusal",
        ]  # fmt: skip


class TestReading:
    @pytest.mark.parametrize("outcome", OutcomeKind)
    def test_the_collectivite_reads_it_with_its_reasons(self, outcome, enter):
        candidacy = decided(outcome).candidacy
        page = text(enter(lead_of(candidacy.organisation)).get(url("decision", candidacy)))
        assert "Une démarche solide, portée par les enfants." in page
        assert ("Associer les collèges." in page) == (outcome == OutcomeKind.AWARD_WITH_RECOMMENDATIONS)
        assert ("Réunir le comité avec des enfants" in page) == (outcome == OutcomeKind.PROBATION)

    def test_before_a_decision_there_is_no_page(self, enter):
        assert enter(national()).get(url("decision", submitted())).status_code == 404

    def test_hostile_reasons_stay_words(self, enter):
        candidacy = submitted()
        enter(national()).post(url("decide", candidacy), typed(reasons=HOSTILE))
        page = text(enter(lead_of(candidacy.organisation)).get(url("decision", candidacy)))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page

    def test_promises_are_said_kept_then_checked_on_the_page(self, enter):
        candidacy = decided(OutcomeKind.PROBATION).candidacy
        task = candidacy.decisions.get().tasks.first()
        client = enter(lead_of(candidacy.organisation))
        assert "à revoir" in text(client.post(url("task_done", task), {"evidence": ""}))
        client.post(url("task_done", task), {"evidence": "Compte rendu."})
        again = client.post(url("task_done", task), {"evidence": "Encore."})
        assert "déjà dite faite" in text(again)
        client = enter(national())
        assert 'role="alert"' in text(client.post(url("task_reopen", task), {"reason": ""}))
        client.post(url("task_reopen", task), {"reason": "Il manque la date."})
        task.refresh_from_db()
        assert task.done_at is None
        enter(lead_of(candidacy.organisation)).post(url("task_done", task), {"evidence": "Avec la date."})
        enter(national()).post(url("task_confirm", task))
        task.refresh_from_db()
        assert task.confirmed_at


class TestJudged:
    @pytest.fixture
    def decision(self, at, enter):
        candidacy = submitted()
        given = {"candidacy": candidacy, "asked_at": at, "asked_by": national(), "due_on": at.date(), "given_at": at}
        given["advice"] = Advice.FAVOURABLE
        volunteer = of_delegation(Role.VOLUNTEER, covers=[candidacy.territory])
        Opinion.objects.create(asked_of=volunteer, text="Belle énergie.", **given)
        Opinion.objects.create(asked_of=national(Role.EXPERT), text="Pour vous seuls.", is_confidential=True, **given)
        enter(national()).post(url("decide", candidacy), typed())
        return Decision.objects.get()

    def test_it_is_shown_whole_and_checked(self, decision, enter):
        page = text(enter(national()).get(url("judged", decision)))
        for said in (
            "intacte",
            decision.judged_digest[:16],
            decision.judged_digest[48:],
            "Parce que les enfants comptent.",
            "principe.pdf",
            "Pour vous seuls.",
        ):
            assert said in page

    def test_a_change_shows(self, decision, enter):
        Decision.objects.update(judged=decision.judged | {"submission": 2})
        assert "a été modifiée" in text(enter(national()).get(url("judged", decision)))

    def test_opinions_are_not_for_the_collectivite_nor_confidential_ones_for_the_delegation(self, decision, enter):
        candidacy = decision.candidacy
        lead = text(enter(lead_of(candidacy.organisation)).get(url("judged", decision)))
        assert "Belle énergie." not in lead
        head = text(enter(of_delegation(Role.HEAD, covers=[candidacy.territory])).get(url("judged", decision)))
        assert "Belle énergie." in head
        assert "Pour vous seuls." not in head

    def test_its_documents_are_served_and_no_other(self, decision, enter):
        file_id = decision.judged["content"]["documents"]["deliberation"][0]["file"]
        client = enter(lead_of(decision.candidacy.organisation))
        where = "programme:judged_document"
        served = client.get(reverse(where, args=[decision.public_id, file_id]))
        assert b"".join(served.streaming_content) == b"%PDF-1.7 essai"
        other = a_file(decision.recorded_by)
        assert client.get(reverse(where, args=[decision.public_id, other.public_id])).status_code == 404
