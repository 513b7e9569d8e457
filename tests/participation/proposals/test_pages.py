"""The pages of proposals: what each says, to whom, in how many queries; what a refusal keeps; what a stranger finds."""

from datetime import date

import pytest
from django.urls import reverse

from marelle.participation.enums import CouncilKind, ProposalState
from marelle.participation.models import Council, Proposal
from marelle.participation.queries.proposal_papers import sheet
from marelle.participation.queries.proposal_threads import thread_of
from tests.accounts.factories import CollectiviteFactory
from tests.participation.factories import proposal_in, verbatim
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
WORDS = {"wording": "Des arbres dans la cour", "theme": "nature", "article": "31", "age_band": "9-12",
         "group_name": "Une classe de CM1"}  # fmt: skip
ANSWER = {"outcome": "oui", "text": "Nous planterons six arbres cet hiver.", "simple": "Tu auras de l’ombre.",
          "answered_by": "Le maire", "planned_for": "2027-02-01"}  # fmt: skip


def door(name, thing=None):
    return reverse(f"participation:{name}", args=[thing.public_id] if thing else [])


@pytest.fixture
def enter(client):
    def enter(person):
        client.force_login(person)
        return client

    return enter


def said(response):
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


# --- The list ------------------------------------------------------------------------------------------------


def test_an_empty_list_says_where_they_come_from(client):
    page = said(client.get("/propositions/"))
    assert "Les premières propositions arriveront ici" in page
    assert page.count("<h1") == 1
    assert "119" in page


def test_the_list_shows_what_is_public_and_what_is_late(client, rouen):
    proposal_in("draft", organisation=rouen, wording="Encore secrète")
    proposal_in("withdrawn", organisation=rouen, wording="Retirée depuis")
    proposal_in("made", organisation=rouen, wording="Toujours sans réponse", due_on=date(2026, 11, 20))
    page = said(client.get("/propositions/"))
    assert "Toujours sans réponse" in page
    assert "réponse en retard" in page
    assert "1 réponse est en retard" in page
    assert "Encore secrète" not in page
    assert "Retirée depuis" not in page


def test_the_list_makes_few_queries_however_long(client, rouen, django_assert_max_num_queries):
    for n in range(30):
        proposal_in(
            ["made", "answered", "done", "impossible"][n % 4], organisation=rouen,
            territory=TerritoryFactory(departement=rouen.territory.departement),
        )  # fmt: skip
    with django_assert_max_num_queries(5):
        page = client.get("/propositions/")
    assert page.context["page"].paginator.count == 30
    assert "page=2" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"theme": "food"}, {"La cantine"}),
        ({"article": "31"}, {"Un parc"}),
        ({"etat": "retard"}, {"La cantine"}),
        ({"etat": "attente"}, {"La cantine"}),
        ({"etat": "realisee"}, {"Un parc"}),
        ({"departement": "76"}, {"Un parc", "La cantine"}),
        ({"territoire": "Rouen"}, {"Un parc", "La cantine"}),
        ({"territoire": "Rouen", "theme": "food"}, {"La cantine"}),
        ({"theme": "nonsense", "etat": "' OR 1=1"}, {"Un parc", "La cantine", "Ailleurs"}),
    ],
)
def test_the_list_is_narrowed(client, rouen, query, found):
    proposal_in("done", organisation=rouen, wording="Un parc", article=31, theme="play")
    proposal_in("made", organisation=rouen, wording="La cantine", theme="food", due_on=date(2026, 11, 1))
    proposal_in("answered", wording="Ailleurs", organisation=CollectiviteFactory(
        territory=TerritoryFactory(departement=DepartementFactory(code="27"))))  # fmt: skip
    response = client.get("/propositions/", query)
    assert {row["proposal"].wording for row in response.context["rows"]} == found


@pytest.mark.parametrize(
    "query", ["territoire=%00", "territoire=%FF", "departement=%00", "theme=" + "a" * 5000, "article=99", "page=x",
              "article=x", "etat=%00", "territoire=" + "é" * 5000, "page=99999999999"],
)  # fmt: skip
def test_a_hostile_address_narrows_nothing_and_breaks_nothing(client, rouen, query):
    proposal_in("made", organisation=rouen)
    assert client.get(f"/propositions/?{query}").status_code == 200
    assert client.get(f"/propositions/export.csv?{query}").status_code in {200, 302}


@pytest.mark.parametrize("bad", ["\x00", "a" * 20_000, "2027-13-45", "\ud800".encode("utf-8", "surrogatepass")])
def test_every_form_badly_filled_is_said_and_breaks_nothing(enter, rouen, people, session, consultation, bad):
    verbatim(session)
    made, draft = (proposal_in(state, organisation=rouen) for state in ("made", "draft"))
    answered = proposal_in("answered", organisation=rouen)
    client = enter(people.lead)
    doors = [door(name, one) for name in POSTS for one in (made, draft, answered)]
    doors += [door("proposal_from_session", session), door("proposal_from_verbatims", consultation)]
    names = [*WORDS, *ANSWER, "reason", "note", "done_on", "done_by", "into", "mode", "gathering", "roll", "closes_on",
             "paroles"]  # fmt: skip
    one_by_one = [door("proposal_answer", made), door("proposal_finish", answered), doors[-1]]
    tries = [(address, dict.fromkeys(names, bad)) for address in doors]
    tries += [(address, WORDS | ANSWER | {name: bad}) for address in one_by_one for name in names]
    for address, given in tries:
        assert client.post(address, given).status_code in {200, 302, 403, 404, 422}, address
    assert client.get(door("proposal_from_verbatims", consultation), {"paroles": bad[:100]}).status_code == 200


def test_an_unknown_town_is_said_and_narrows_nothing(client, rouen):
    proposal_in("made", organisation=rouen)
    response = client.get("/propositions/", {"territoire": "Nulle-Part"})
    assert response.status_code == 200
    assert "Nous ne trouvons pas" in said(response)
    assert "Nulle-Part" in said(response)


def test_the_export_holds_the_public_alone_and_no_formula(client, rouen):
    proposal_in("made", organisation=rouen, wording="=HYPERLINK(1)", group_name="@SUM(1)")
    proposal_in("draft", organisation=rouen, wording="Encore secrète")
    response = client.get("/propositions/export.csv", {"departement": "76"})
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert ";'=HYPERLINK(1);'@SUM(1);" in lines[1]
    assert client.get("/propositions/export.csv").status_code == 302, "a territory is asked for"


# --- One thread ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [s for s in ProposalState if s not in {"draft", "withdrawn"}])
def test_a_thread_in_each_state(client, rouen, session, state, django_assert_max_num_queries):
    proposal = proposal_in(state, organisation=rouen, session=session, article=31, group_name="Une classe de CM1")
    with django_assert_max_num_queries(6):
        page = said(client.get(door("proposal", proposal)))
    assert page.count("<h1") == 1
    assert proposal.wording in page
    assert session.consultation.title in page
    assert session.title not in page, "the session's own name may hold a teacher's"
    assert "Une classe de CM1" in page
    assert ("Nous planterons six arbres" in page) is (state in {"answered", "done", "impossible"})
    kids = said(client.get(door("proposal_for_children", proposal)))
    assert "Tu as proposé" in kids
    assert "tel:119" in kids
    assert "tel:3018" in kids
    assert "tu as le droit de jouer" in kids


def test_an_overdue_answer_shows_on_the_thread_and_to_children(client, rouen):
    late = proposal_in("made", organisation=rouen, due_on=date(2026, 11, 20))
    assert "La réponse est en retard" in said(client.get(door("proposal", late)))
    assert "La réponse est en retard" in said(client.get(door("proposal_for_children", late)))
    assert "réponse en retard" in said(client.get("/propositions/?etat=retard"))


def test_the_consultation_and_the_session_lead_to_what_came_out_of_them(client, enter, rouen, session, people):
    direct = proposal_in("answered", organisation=rouen, session=session, wording="Dite par le groupe")
    of_words = proposal_in("made", organisation=rouen, origin="verbatim", wording="Née des paroles")
    of_words.verbatims.set([verbatim(session, "Une"), verbatim(session, "Deux")])
    proposal_in("draft", organisation=rouen, session=session, wording="Encore secrète")
    page = said(client.get(f"/consultations/{session.consultation.public_id}/"))
    for one in (direct, of_words):
        assert page.count(one.get_absolute_url()) == 1
    assert "Encore secrète" not in page
    held = said(enter(people.facilitator).get(f"/seances/{session.public_id}/"))
    assert "Dite par le groupe" in held
    assert "Porter une proposition du groupe" in held


def test_words_no_longer_publishable_leave_the_thread(client, rouen, session):
    word = verbatim(session, "Il fait chaud dans la cour")
    proposal = proposal_in("made", organisation=rouen, session=session, origin="verbatim")
    proposal.verbatims.add(word)
    assert "Il fait chaud dans la cour" in said(client.get(door("proposal", proposal)))
    word.state, word.wording, word.reason = "refused", "", "identifies"
    word.save()
    assert "Il fait chaud dans la cour" not in said(client.get(door("proposal", proposal)))


def test_what_a_child_wrote_is_escaped(client, rouen):
    proposal = proposal_in("made", organisation=rouen, wording="<script>alert(1)</script>")
    for address in ("/propositions/", door("proposal", proposal), door("proposal_for_children", proposal)):
        assert b"<script>alert" not in client.get(address).content


def test_the_thread_never_names_who_noted(client, rouen, people):
    proposal = proposal_in("made", organisation=rouen, created_by=people.facilitator)
    proposal.steps.create(kind="published", state="made", on=date(2026, 11, 3), at=proposal.created_at, by=people.lead)
    page = said(client.get(door("proposal", proposal)))
    assert people.lead.name not in page
    assert people.facilitator.name not in page


def test_one_that_was_joined_leads_to_the_other(client, rouen):
    into = proposal_in("answered", organisation=rouen, wording="De l’ombre pour tous")
    joined = proposal_in("made", organisation=rouen, joined_to=into, group_name="Le centre de loisirs")
    assert "De l’ombre pour tous" in said(client.get(door("proposal", joined)))
    assert "Le centre de loisirs" in said(client.get(door("proposal", into)))


def test_a_stranger_finds_no_draft(client, enter, rouen, people):
    draft = proposal_in("draft", organisation=rouen)
    for address in ("proposal", "proposal_for_children"):
        assert client.get(door(address, draft)).status_code == 404
    enter(people.neighbour)
    for address in ("proposal", "proposal_work", "proposal_sheet"):
        assert client.get(door(address, draft)).status_code == 404


# --- The sheet for the class ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [s for s in ProposalState if s not in {"draft", "withdrawn"}])
def test_the_sheet_is_made_in_each_state(enter, rouen, session, people, state):
    proposal = proposal_in(state, organisation=rouen, session=session, article=12, wording="Des arbres ☃ 🌳 ici")
    response = enter(people.facilitator).get(door("proposal_sheet", proposal))
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "private, no-store"


def test_the_sheet_leads_back_to_the_thread(rouen, session):
    proposal = proposal_in("answered", organisation=rouen, session=session, answer_simple="Tu auras de l’ombre.")
    data = sheet(thread_of(proposal, on=date(2026, 11, 24)), on=date(2026, 11, 24))
    assert data["url"].endswith(f"/propositions/{proposal.public_id}/")
    assert data["qr"].startswith("<svg")
    assert "Tu auras de l’ombre." in [part["text"] for part in data["parts"]]


# --- Work ----------------------------------------------------------------------------------------------------


def test_the_desk_says_what_waits(enter, rouen, people, django_assert_max_num_queries):
    for n in range(6):
        proposal_in(["draft", "made", "answered"][n % 3], organisation=rouen)
    proposal_in("made", organisation=rouen, wording="Très en retard", due_on=date(2026, 11, 1))
    client = enter(people.contributor)
    client.get(door("proposals_desk"))
    with django_assert_max_num_queries(8):
        page = said(client.get(door("proposals_desk")))
    assert "en retard" in page
    assert page.index("Très en retard") < page.index("Des arbres dans la cour numéro", page.index("À répondre"))
    assert enter(people.facilitator).get(door("proposals_desk")).status_code == 403


def test_worded_and_published_in_one_gesture(enter, rouen, people):
    draft = proposal_in("draft", organisation=rouen)
    response = enter(people.contributor).post(door("proposal_publish", draft), WORDS, follow=True)
    draft.refresh_from_db()
    assert (draft.state, draft.wording, draft.article) == ("made", "Des arbres dans la cour", 31)
    assert "La proposition est publique" in said(response)
    assert "60 jours" in said(response)


def test_an_answer_badly_filled_keeps_what_was_typed(enter, rouen, people):
    made = proposal_in("made", organisation=rouen)
    response = enter(people.lead).post(
        door("proposal_answer", made), {"outcome": "oui", "text": "Vu.", "simple": "Bravo à tous", "answered_by": ""}
    )
    page = said(response)
    assert response.status_code == 422
    assert "vraie phrase" in page
    assert "Dites pour quand" in page
    assert "Bravo à tous" in page
    assert page.count("<h1") == 1


def test_a_yes_then_done(enter, rouen, people):
    made = proposal_in("made", organisation=rouen)
    client = enter(people.lead)
    assert "La réponse est publique" in said(client.post(door("proposal_answer", made), ANSWER, follow=True))
    done = {"note": "Six arbres sont plantés là.", "done_on": "2026-11-24", "done_by": "Les jardiniers"}
    assert "réalisée" in said(client.post(door("proposal_finish", made), done, follow=True))
    made.refresh_from_db()
    assert made.state == "done"


def test_a_refusal_is_said_on_the_page_with_what_was_typed(enter, rouen, people):
    made = proposal_in("made", organisation=rouen)
    response = enter(people.lead).post(door("proposal_answer", made), ANSWER | {"planned_for": "2026-01-01"})
    assert "déjà passée" in said(response)
    assert "Tu auras de l’ombre." in said(response)


def test_a_contributor_prepares_and_does_not_answer(enter, rouen, people):
    made = proposal_in("made", organisation=rouen)
    client = enter(people.contributor)
    assert "Répondre engage la collectivité" in said(client.get(door("proposal_work", made)))
    assert client.post(door("proposal_answer", made), ANSWER).status_code == 403


POSTS = [
    "proposal_word", "proposal_publish", "proposal_answer", "proposal_finish", "proposal_withdraw", "proposal_join",
    "proposal_separate", "proposal_support", "proposal_support_group", "proposal_support_close",
]  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_each_act_refuses_a_get_and_does_not_exist_for_strangers(enter, rouen, people, name):
    made = proposal_in("made", organisation=rouen)
    given = WORDS | ANSWER | {"reason": "Un motif écrit ici", "mode": "shared", "gathering": "school", "roll": "3"}
    client = enter(people.lead)
    assert client.get(door(name, made)).status_code == 405
    for who in (people.neighbour, people.somebody, people.manager, people.volunteer):
        assert enter(who).post(door(name, made), given).status_code == 404
    made.refresh_from_db()
    assert made.state == "made"


@pytest.mark.parametrize("state", ProposalState)
def test_the_work_page_stands_in_every_state(enter, rouen, session, people, state):
    proposal = proposal_in(state, organisation=rouen, session=session)
    for who in (people.lead, people.contributor, people.signatory, people.facilitator):
        response = enter(who).get(door("proposal_work", proposal))
        assert response.status_code == 200
        assert said(response).count("<h1") == 1


# --- Where they are carried from -----------------------------------------------------------------------------


def test_a_facilitator_carries_what_the_group_said(enter, session, people, rouen):
    client = enter(people.facilitator)
    page = client.get(door("proposal_from_session", session))
    assert page.context["form"].initial["group_name"] == "Classe, 9 à 12 ans"
    response = client.post(door("proposal_from_session", session), WORDS, follow=True)
    assert "C’est envoyé à Rouen" in said(response)
    made = Proposal.objects.get()
    assert (made.session, made.state, made.organisation) == (session, "draft", rouen)
    assert enter(people.neighbour).get(door("proposal_from_session", session)).status_code == 404


def test_words_are_chosen_and_carried(enter, consultation, session, people):
    words = [verbatim(session, f"Parole {n}") for n in range(3)]
    address = door("proposal_from_verbatims", consultation)
    client = enter(people.contributor)
    page = client.get(address, {"paroles": words[0].public_id})
    assert page.context["form"].initial["wording"] == "Parole 0"
    response = client.post(address, WORDS | {"paroles": [one.public_id for one in words[:2]]})
    assert response.status_code == 302
    assert set(Proposal.objects.get().verbatims.all()) == set(words[:2])
    refused = client.post(address, WORDS | {"paroles": []})
    assert refused.status_code == 422
    assert "Cochez au moins une parole" in said(refused)


def test_somebody_of_another_town_is_shown_no_words(enter, consultation, session, people):
    verbatim(session, "Il fait chaud")
    page = enter(people.neighbour).get(door("proposal_from_verbatims", consultation))
    assert "Il fait chaud" not in said(page)
    assert "Aucune parole à porter" in said(page)
    assert enter(people.somebody).get(door("proposal_from_verbatims", consultation)).status_code == 404


def test_a_council_proposes(enter, rouen, people, at):
    council = Council.objects.create(
        organisation=rouen, kind=CouncilKind.CHILDREN, name="Conseil des enfants", created_at=at
    )
    response = enter(people.lead).post(door("proposal_from_council", council), WORDS, follow=True)
    assert "Relisez ses mots" in said(response)
    made = Proposal.objects.get()
    assert (made.origin, made.council) == ("council", council)
    assert enter(people.neighbour).get(door("proposal_from_council", council)).status_code == 404
