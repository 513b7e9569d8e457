"""The first page of each role, and a collectivité's dashboard: where it stands, what waits, who accompanies."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from marelle.accounts.enums import Proof, Role
from marelle.accounts.models import Claim, Invitation
from marelle.participation.enums import ProposalState, VerbatimState
from marelle.participation.models import Verbatim
from marelle.portal.queries.dashboard import dashboard
from marelle.programme.enums import NetworkStatus, OutcomeKind, Side, Status
from marelle.programme.models import (
    Correction,
    CorrectionItem,
    Decision,
    Message,
    NetworkMembership,
    ProbationTask,
    Submission,
)
from tests.accounts.factories import (
    CollectiviteFactory,
    MembershipFactory,
    UserFactory,
    lead_of,
    national,
    of_delegation,
)
from tests.participation.councils.factories import CouncilFactory, MemberFactory, TermFactory, sitting
from tests.participation.factories import open_consultation, proposal_in, session_of, verbatim
from tests.programme.factories import CandidacyFactory, RouteVersionFactory
from tests.territories.factories import EpciFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rouen():
    return CollectiviteFactory(territory=TerritoryFactory(name="Rouen"))


@pytest.fixture
def lead(rouen):
    return lead_of(rouen)


@pytest.fixture
def seen(rouen, lead):
    return lambda: dashboard(rouen, user=lead, at=NOW)


def submitted(candidacy):
    return Submission.objects.create(
        candidacy=candidacy, number=1, content={"answers": {}, "documents": {}}, digest="d" * 64,
        submitted_at=NOW, submitted_by=candidacy.opened_by,
    )  # fmt: skip


class TestFirstPage:
    @pytest.mark.parametrize(
        ("who", "name"),
        [
            (lambda: national(Role.MANAGER), "portal:funnel"),
            (lambda: national(Role.ADVISER), "portal:portfolio"),
            (lambda: national(Role.EXPERT), "programme:opinions"),
            (lambda: of_delegation(Role.VOLUNTEER), "portal:portfolio"),
            (lambda: of_delegation(Role.HEAD), "portal:portfolio"),
        ],
    )
    def test_each_role_lands_where_its_work_is(self, client, who, name):
        client.force_login(who())
        assert client.get(reverse("portal:dashboard"))["Location"] == reverse(name)

    def test_someone_of_a_collectivite_lands_on_its_dashboard(self, client, rouen, lead):
        client.force_login(lead)
        there = reverse("portal:collectivite", args=[rouen.public_id])
        assert client.get(reverse("portal:dashboard"))["Location"] == there

    def test_someone_without_organisation_learns_how_to_find_one(self, client):
        client.force_login(UserFactory())
        assert "Représenter une collectivité" in client.get(reverse("portal:dashboard")).content.decode()

    def test_a_claim_and_an_invitation_that_wait_are_shown(self, client, rouen):
        someone = UserFactory()
        Claim.objects.create(
            territory=TerritoryFactory(name="Vernon"),
            user=someone,
            job_title="DGS",
            proof=Proof.EMAIL_DOMAIN,
            asked_at=NOW,
        )
        Invitation.objects.create(
            organisation=rouen, email=someone.email.upper(), role=Role.CONTRIBUTOR, invited_at=NOW,
            invited_by=UserFactory(), expires_at=NOW + timedelta(days=14),
        )  # fmt: skip
        client.force_login(someone)
        html = client.get(reverse("portal:dashboard")).content.decode()
        for words in ("Vernon", "en cours de vérification", "<strong>Rouen</strong> vous invite"):
            assert words in html


class TestHopscotch:
    @pytest.mark.parametrize(
        ("status", "state"),
        [
            (None, "todo"),
            (Status.INTERESTED, "current"),
            (Status.DRAFT, "current"),
            (Status.AWARDED, "current"),
            (Status.TITLED, "done"),
            (Status.REFUSED, "todo"),
        ],
    )
    def test_the_first_square_follows_the_candidacy_and_the_others_are_to_come(self, seen, rouen, status, state):
        if status:
            CandidacyFactory(organisation=rouen, status=status)
        squares = {square["key"]: square for square in seen().squares}
        assert squares.pop("join")["state"] == state
        assert squares.pop("listen")["state"] == "todo"
        assert {(square["state"], square["detail"]) for square in squares.values()} == {("later", "à venir")}

    @pytest.mark.parametrize(
        ("proposals", "state", "detail"),
        [
            ([ProposalState.DRAFT], "todo", "à commencer"),
            ([ProposalState.MADE], "current", "des enfants attendent leur réponse"),
            ([ProposalState.MADE, ProposalState.ANSWERED], "done", "1 proposition répondue"),
            ([ProposalState.DONE, ProposalState.IMPOSSIBLE], "done", "2 propositions répondues"),
        ],
    )
    def test_the_square_of_listening_follows_what_children_proposed(self, seen, rouen, proposals, state, detail):
        for one in proposals:
            proposal_in(one, organisation=rouen)
        square = next(square for square in seen().squares if square["key"] == "listen")
        assert (square["state"], square["detail"]) == (state, detail)

    def test_a_late_answer_opens_the_square_of_listening_again(self, seen, rouen):
        proposal_in(ProposalState.DONE, organisation=rouen)
        proposal_in(ProposalState.MADE, organisation=rouen, made_on=date(2025, 11, 6), due_on=date(2026, 1, 5))
        square = next(square for square in seen().squares if square["key"] == "listen")
        assert (square["state"], square["detail"]) == ("current", "1 réponse en retard")


class TestWhatWaits:
    def texts(self, found):
        return [(todo.text, todo.until, todo.tag) for todo in found.todos]

    def test_nothing_before_an_intention_and_a_button_to_declare_it(self, seen):
        assert seen().todos == []
        assert seen().step.label == "Déclarer notre intention"

    def test_a_draft_says_how_much_is_missing_and_until_when(self, seen, rouen):
        CandidacyFactory(organisation=rouen)
        ((text, until, tag),) = self.texts(seen())
        assert text == "Compléter le dossier\u202f: il manque 4 réponses ou pièces"
        assert (until, tag) == (date(2027, 2, 28), "")

    @pytest.mark.parametrize(("days", "tag"), [(3, "3 jours"), (1, "1 jour"), (0, "aujourd’hui"), (-1, "en retard")])
    def test_a_day_that_comes_is_said(self, seen, rouen, days, tag):
        CandidacyFactory(organisation=rouen, due_at=NOW + timedelta(days=days))
        assert self.texts(seen())[0][2] == tag

    def test_corrections_are_counted(self, seen, rouen):
        candidacy = CandidacyFactory(organisation=rouen, status=Status.CORRECTION)
        correction = Correction.objects.create(
            candidacy=candidacy,
            after=submitted(candidacy),
            due_on=date(2026, 12, 15),
            asked_at=NOW,
            asked_by=UserFactory(),
        )
        for question in ("motivation", "enfants"):
            CorrectionItem.objects.create(correction=correction, question=question, reason="À préciser.")
        assert self.texts(seen()) == [("Corriger 2 points du dossier", date(2026, 12, 15), "")]

    @pytest.mark.parametrize(("side", "waits"), [(Side.TEAM, True), (Side.COLLECTIVITE, False)])
    def test_a_message_of_the_team_waits_for_an_answer(self, seen, rouen, side, waits):
        candidacy = CandidacyFactory(organisation=rouen, status=Status.FILED)
        Message.objects.create(candidacy=candidacy, side=side, text="…", at=NOW, by=UserFactory())
        assert ("Répondre au message de l’équipe" in [todo.text for todo in seen().todos]) is waits

    def test_what_a_probation_asks_is_listed_until_said_done(self, seen, rouen):
        candidacy = CandidacyFactory(organisation=rouen, status=Status.PROBATION)
        decision = Decision.objects.create(
            candidacy=candidacy, submission=submitted(candidacy), judged={}, judged_digest="d" * 64,
            outcome=OutcomeKind.PROBATION, reasons="…", body="Commission", decided_on=date(2026, 11, 1),
            probation_ends_on=date(2027, 6, 1), recorded_at=NOW, recorded_by=UserFactory(),
        )  # fmt: skip
        ProbationTask.objects.create(
            decision=decision, wording="Ouvrir un conseil d’enfants", due_on=date(2026, 11, 20)
        )
        ProbationTask.objects.create(
            decision=decision, wording="Déjà fait", due_on=date(2026, 12, 1), done_at=NOW, done_by=UserFactory()
        )
        assert self.texts(seen()) == [("Ouvrir un conseil d’enfants", date(2026, 11, 20), "en retard")]

    def test_an_award_waits_for_the_council(self, seen, rouen):
        CandidacyFactory(organisation=rouen, status=Status.AWARDED)
        assert [todo.text for todo in seen().todos] == ["Joindre la délibération du conseil"]

    def test_invitations_without_answer_are_counted(self, seen, rouen, lead):
        for ends in (NOW + timedelta(days=3), NOW - timedelta(days=3)):
            Invitation.objects.create(
                organisation=rouen, email=f"a{ends.day}@marelle.example", role=Role.LEAD, invited_at=NOW, invited_by=lead, expires_at=ends
            )  # fmt: skip
        assert [todo.text for todo in seen().todos] == ["1 invitation sans réponse"]

    def test_words_of_children_wait_for_who_reads_them_and_for_no_colleague(self, seen, rouen):
        reader = lead_of(rouen)
        asked = open_consultation(organisation=rouen, territory=rouen.territory, created_by=reader, title="Ma cour")
        group = session_of(asked)
        for state in (VerbatimState.WAITING, VerbatimState.WAITING, VerbatimState.HELD):
            Verbatim.objects.create(
                session=group, question="quoi", text="De l’ombre", arrived_on=NOW.date(), state=state
            )
        verbatim(group)
        (todo,) = dashboard(rouen, user=reader, at=NOW).todos
        assert todo.text == "Relire 2 paroles d’enfants\u202f: Ma cour"
        assert todo.url == reverse("participation:verbatim_queue", args=[asked.public_id])
        assert seen().todos == []

    def test_consents_that_end_wait_for_who_looks_after_the_council(self, seen, rouen):
        term = TermFactory(council=CouncilFactory(organisation=rouen))
        sitting(term)
        assert seen().todos == []
        sitting(term, valid_until=NOW.date() + timedelta(days=20))
        MemberFactory(term=term)
        (todo,) = seen().todos
        assert todo.text == "Recueillir ou renouveler l’accord de 2 membres de conseil"
        assert todo.url == reverse("participation:councils")
        assert dashboard(rouen, user=national(Role.ADVISER), at=NOW).todos == []


class TestPage:
    @pytest.fixture
    def page(self, client, rouen):
        def page(user):
            client.force_login(user)
            return client.get(reverse("portal:collectivite", args=[rouen.public_id]))

        return page

    @pytest.mark.parametrize("status", list(Status))
    def test_it_stands_in_every_state_in_twelve_queries(
        self, client, page, rouen, lead, status, django_assert_max_num_queries
    ):
        candidacy = CandidacyFactory(organisation=rouen, status=status, adviser=national(Role.ADVISER))
        if status == Status.CORRECTION:
            Correction.objects.create(
                candidacy=candidacy,
                after=submitted(candidacy),
                due_on=date(2026, 12, 15),
                asked_at=NOW,
                asked_by=UserFactory(),
            )
        address = page(lead).wsgi_request.path
        with django_assert_max_num_queries(12):
            html = client.get(address).content.decode()
        assert html.count("<h1>") == 1

    def test_empty_it_says_how_to_begin(self, page, lead):
        html = page(lead).content.decode()
        assert "Déclarer notre intention" in html
        assert "Aucune candidature en cours" in html
        assert "pas encore désignée" in html

    def test_it_says_who_accompanies(self, page, rouen, lead):
        CandidacyFactory(organisation=rouen, adviser=national(Role.ADVISER, user__name="Léa Dumas"))
        assert "Léa Dumas" in page(lead).content.decode()

    def test_twin_files_are_linked_to_the_other_dashboard_for_who_belongs_to_both(self, page, rouen, lead):
        metropole = CollectiviteFactory(territory=EpciFactory(name="Métropole Rouen Normandie"))
        rouen.territory.epci = metropole.territory
        rouen.territory.save()
        CandidacyFactory(organisation=rouen), CandidacyFactory(organisation=metropole)
        there = reverse("portal:collectivite", args=[metropole.public_id])
        html = page(lead).content.decode()
        assert "Métropole Rouen Normandie" in html
        assert there not in html
        MembershipFactory(user=lead, organisation=metropole)
        assert there in page(type(lead).objects.get(pk=lead.pk)).content.decode()

    def test_the_network_and_past_candidacies_are_there(self, page, rouen, lead):
        NetworkMembership.objects.create(
            territory=rouen.territory, organisation=rouen, version=RouteVersionFactory(network=True),
            status=NetworkStatus.MEMBER, charter_accepted_at=NOW, asked_at=NOW, asked_by=lead, decided_at=NOW, decided_by=UserFactory(),
            joined_on=date(2026, 11, 1),
        )  # fmt: skip
        CandidacyFactory(organisation=rouen, status=Status.REFUSED)
        html = page(lead).content.decode()
        assert "membre du réseau" in html
        assert "Candidatures passées" in html

    def test_the_demonstration_is_marked(self, page, rouen, lead):
        CandidacyFactory(organisation=rouen, is_demonstration=True)
        assert "tag demo" in page(lead).content.decode()

    def test_the_national_team_reads_it_without_its_buttons(self, page):
        html = page(national(Role.ADVISER)).content.decode()
        assert "Rouen" in html
        assert 'class="button"' not in html

    @pytest.mark.parametrize(
        "stranger", [UserFactory, lambda: lead_of(CollectiviteFactory()), lambda: of_delegation(Role.HEAD)]
    )
    def test_strangers_find_nothing(self, page, stranger):
        assert page(stranger()).status_code == 404

    def test_nobody_is_asked_to_sign_in(self, client, rouen):
        assert client.get(reverse("portal:collectivite", args=[rouen.public_id])).status_code == 302


class TestNavigation:
    def ways(self, client, user, path=None):
        client.force_login(user)
        context = client.get(path or reverse("portal:home")).context
        return [entry["label"] for entry in context["navigation"]], context

    def test_each_role_has_its_ways(self, client, lead):
        assert self.ways(client, lead)[0][:2] == ["Rouen", "Dossier"]
        assert self.ways(client, national(Role.ADVISER))[0][:2] == ["Portefeuille", "Rattachements"]
        assert self.ways(client, national(Role.MANAGER))[0][:2] == ["Entonnoir", "Portefeuille"]
        assert self.ways(client, of_delegation(Role.VOLUNTEER))[0][:2] == ["Mon territoire", "Avis demandés"]

    def test_the_way_one_is_on_is_marked_once(self, client):
        _labels, context = self.ways(client, national(Role.ADVISER), reverse("portal:portfolio"))
        assert [entry["label"] for entry in context["navigation"] if entry["current"]] == ["Portefeuille"]

    def test_a_stranger_has_no_ways_of_a_role(self, client):
        context = client.get(reverse("portal:home")).context
        assert "Portefeuille" not in [entry["label"] for entry in context["navigation"]]
        assert context["account_menu"] == []

    def test_a_part_of_a_page_carries_no_navigation(self, client, lead):
        client.force_login(lead)
        response = client.get(reverse("portal:home"), headers={"HX-Request": "true"})
        assert "navigation" not in response.context

    def test_my_file_leads_to_the_file_or_to_where_it_begins(self, client, rouen, lead):
        client.force_login(lead)
        there = reverse("portal:my_file")
        assert client.get(there)["Location"] == reverse("portal:collectivite", args=[rouen.public_id])
        candidacy = CandidacyFactory(organisation=rouen)
        assert client.get(there)["Location"] == reverse("programme:file", args=[candidacy.public_id])
        client.force_login(UserFactory())
        assert client.get(there).status_code == 404

    @pytest.mark.parametrize(
        "who",
        [
            lambda: national(Role.MANAGER),
            lambda: national(Role.ADVISER),
            lambda: national(Role.EXPERT),
            lambda: of_delegation(Role.HEAD),
            lambda: lead_of(CollectiviteFactory()),
            UserFactory,
        ],
    )
    def test_no_way_is_lost(self, client, who):
        client.force_login(who())
        assert client.get(reverse("portal:home")).context["navigation"]
