"""The pages of an election: those who carry it, a teacher who helps, the public; and its papers."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.participation.actions import consents, elections
from marelle.participation.models import Candidate, Council, Election, Member, Session
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national
from tests.participation.councils.factories import ConsentFactory

pytestmark = pytest.mark.django_db

TERMS = {"title": "Élection 2026", "seats": "2", "votes_each": "1", "starts_on": "2026-11-24", "ends_on": "2026-12-04"}
CARD = {"first_name": "Ana", "school": "CM1", "picto": "chat", "promise": "Plus de jeux", "has_consent": "on"}


def url(name, thing=None, *more):
    return reverse(f"participation:{name}", args=[thing.public_id, *more] if thing else [])


def words(response):
    return response.content.decode()


@pytest.fixture
def enter(client):
    def enter(person):
        client.force_login(person)
        return client

    return enter


def test_from_the_council_to_seats_page_by_page(enter, council, lead, vote, term):
    client = enter(lead)
    client.post(url("election_create", council), TERMS)
    election = Election.objects.get()
    here = url("election", election)
    assert "au moins deux candidatures" in words(client.get(here))
    assert "au moins deux" in words(client.post(url("election_open", election)))
    client.post(url("candidate_add", election), CARD)
    client.post(url("candidate_add", election), CARD | {"first_name": "Bilal", "picto": "lion"})
    assert client.post(url("election_open", election)).url == here
    election.refresh_from_db()
    opened = client.post(
        url("election_class", election),
        {"organisation": council.organisation.public_id, "title": "CM1 B", "roll": "3", "mode": "shared",
         "gathering": "school", "age_band": "9-12"},
    )  # fmt: skip
    assert opened.url == url("session", Session.objects.get().station)
    vote(election, ["Ana"], ["Ana"], ["Bilal"])
    assert "CM1 B" in words(client.get(here))
    client.post(url("election_close", election))
    page = words(client.get(here))
    assert "Annoncer le résultat" in page
    client.post(url("election_announce", election))
    assert "Inscrire les élus" in words(client.get(here))
    done = client.post(url("election_install", election), {"term": term.public_id})
    assert done.url == url("council", council)
    assert sorted(Member.objects.values_list("first_name", flat=True)) == ["Ana", "Bilal"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"picto": "zzzz"}, "Nous n’avons pas ce dessin"),
        ({"picto": "c"}, "Plusieurs dessins"),
        ({"first_name": ""}, "Écrivez le prénom"),
        ({"promise": "x" * 300}, ""),
    ],
)
def test_a_card_badly_filled_loses_nothing(enter, lead, prepared, wrong, said):
    election = prepared()
    response = enter(lead).post(url("candidate_add", election), CARD | {"school": "CM2 de Léo"} | wrong)
    assert response.status_code == 422
    assert said in words(response)
    assert "CM2 de Léo" in words(response)
    assert election.candidates.count() == 3


def test_a_card_is_corrected_and_removed_before_the_vote(enter, lead, prepared):
    election = prepared()
    one = election.candidates.get(first_name="Ana")
    door = url("candidate", election, one.key)
    assert "chat" in words(enter(lead).get(door))
    enter(lead).post(door, CARD | {"first_name": "Anna"})
    assert Candidate.objects.get(pk=one.pk).first_name == "Anna"
    enter(lead).post(url("candidate_remove", election, one.key))
    assert election.candidates.count() == 2


@pytest.mark.parametrize("wrong", [{"votes_each": "9"}, {"ends_on": "2026-01-01"}, {"seats": "0"}, {"seats": "deux"}])
def test_terms_without_sense_are_refused_and_kept(enter, lead, council, wrong):
    response = enter(lead).post(url("election_create", council), TERMS | wrong)
    assert response.status_code in {200, 422}
    assert "Élection 2026" in words(response)
    assert not Election.objects.exists()


def test_before_the_announcement_no_page_tells_the_counts(enter, client, lead, teacher, counted):
    election = counted(["Ana"], ["Ana"], ["Ana"], ["Bilal"], ["Chloé"])
    Council.objects.update(is_public=True)
    page = words(enter(lead).get(url("election", election)))
    assert "élu·e</span>" not in page
    assert words(enter(teacher).get(url("election", election))).count("Ana") == 1  # a card, with the others
    client.logout()
    assert client.get(url("election", election)).status_code == 404
    assert client.get(url("election_counts", election)).status_code in {302, 405}


def test_reading_early_is_said_and_written_down(enter, lead, counted):
    election = counted(["Ana"], ["Ana"])
    assert enter(lead).get(url("election_counts", election)).status_code == 405
    page = words(enter(lead).post(url("election_counts", election)))
    assert "Votre lecture est notée" in page
    assert Entry.objects.filter(kind="participation.election.read").count() == 1


def test_the_public_reads_who_is_elected_and_no_zero(enter, client, lead, counted, at):
    election = counted(["Ana"], ["Ana"], ["Bilal"], seats=1)
    elections.announce(election=election, by=lead, at=at)
    client.logout()
    assert client.get(url("election", election)).status_code == 404  # the council has no public page
    Council.objects.update(is_public=True)
    page = words(client.get(url("election", election)))
    assert "Ana" in page
    assert "2 voix" in page
    for hidden in ("Bilal", "Chloé"):
        assert hidden not in page
    whole = words(enter(lead).get(url("election", election)))
    assert all(name in whole for name in ("Ana", "Bilal", "Chloé"))
    assert "Bilal" not in words(enter(lead).get(url("election", election) + "?public"))


def test_a_tie_is_drawn_on_its_page(enter, lead, counted):
    election = counted(["Ana"], ["Ana"], ["Bilal"], ["Chloé"])
    client = enter(lead)
    assert "égalité" in words(client.get(url("election", election)))
    assert "tirage au sort" in words(client.post(url("election_announce", election)))
    keys = {one.first_name: one.key for one in election.candidates.all()}
    page = words(client.get(url("election_lots", election)))
    assert keys["Bilal"] in page
    assert keys["Ana"] not in page
    wrong = client.post(url("election_lots", election), {"drawn": [keys["Ana"]], "drawn_on": "2026-11-24"})
    assert wrong.status_code == 422
    both = client.post(
        url("election_lots", election), {"drawn": [keys["Bilal"], keys["Chloé"]], "drawn_on": "2026-11-24"}
    )
    assert "exactement 1" in words(both)
    client.post(url("election_lots", election), {"drawn": [keys["Chloé"]], "drawn_on": "2026-11-24"})
    assert client.post(url("election_announce", election)).status_code == 302


def test_a_child_renounces_during_the_vote(enter, lead, opened):
    election = opened()
    one = election.candidates.get(first_name="Ana")
    enter(lead).post(url("candidate_withdraw", election, one.key))
    assert "a renoncé" in words(enter(lead).get(url("election", election)))
    assert "déjà noté" in words(enter(lead).post(url("candidate_withdraw", election, one.key)))


TENDED = [
    "election_change", "election_drop", "election_open", "election_close", "election_counts", "election_lots",
    "election_announce", "election_install", "election_minutes", "candidate_add",
]  # fmt: skip


def test_strangers_and_helpers_find_no_door_of_those_who_carry_it(enter, council, opened, prepared, teacher):
    election = opened()
    one = election.candidates.first()
    doors = [url(name, election) for name in TENDED] + [url("election_create", council)]
    doors += [url(name, election, one.key) for name in ("candidate", "candidate_remove", "candidate_withdraw")]
    signatory = member_of(council.organisation, Role.SIGNATORY)
    for person in (UserFactory(), lead_of(CollectiviteFactory()), national(), signatory, teacher):
        client = enter(person)
        for door in doors:
            assert {client.get(door).status_code, client.post(door).status_code} <= {404, 405}, door
        if person != teacher:
            for name in ("election", "election_class", "election_cards", "election_ballot"):
                assert client.get(url(name, election)).status_code == 404, name
    assert Election.objects.get(pk=election.pk).state == "open"


def test_a_teacher_finds_cards_papers_and_the_door_of_a_class(enter, teacher, opened):
    election = opened()
    client = enter(teacher)
    page = words(client.get(url("election", election)))
    assert "Ouvrir le vote d’une classe" in page
    assert "Plus de jeux" in page
    data = {"organisation": teacher.memberships.get().organisation.public_id, "title": "CM1", "roll": "", "mode": "tickets",
            "gathering": "school"}  # fmt: skip
    assert client.post(url("election_class", election), data).status_code == 422
    assert client.post(url("election_class", election), data | {"roll": "25"}).status_code == 302
    assert Session.objects.get().station.roll == 25


def test_the_public_reads_a_first_name_and_no_class_until_the_family_takes_back_its_yes(
    client, lead, counted, term, at
):
    election = elections.announce(election=counted(["Ana"], ["Ana"], ["Bilal"]), by=lead, at=at)
    Council.objects.update(is_public=True)
    [member, _other] = elections.install(election=election, term=term, by=lead, at=at)
    given = ConsentFactory(member=member, signed_on=at.date(), valid_until=term.ends_on)
    page = words(client.get(url("election", election)))
    assert member.first_name in page
    assert "CM1" not in page
    consents.withdraw(consent=given, by=lead, at=at)
    page = words(client.get(url("election", election)))
    assert member.first_name not in page
    assert "Prénom non publié" in page


def test_the_public_no_longer_reads_a_first_name_that_was_erased(client, lead, counted, term, at):
    election = elections.announce(election=counted(["Ana"], ["Ana"], ["Bilal"]), by=lead, at=at)
    Council.objects.update(is_public=True)
    elections.install(election=election, term=term, by=lead, at=at)
    Member.objects.update(first_name="")
    page = words(client.get(url("election", election)))
    assert "Ana" not in page
    assert "Bilal" not in page


def text_of(response):
    reader = PdfReader(BytesIO(response.content))
    return " ".join("".join(page.extract_text() for page in reader.pages).split()), len(reader.pages)


def test_cards_for_the_wall_are_four_a_page(enter, lead, prepared):
    text, pages = text_of(enter(lead).get(url("election_cards", prepared(candidates_=5))))
    assert pages == 2
    assert "Plus de jeux" in text
    assert "119" in text


@pytest.mark.parametrize("candidates_", [3, 5])
def test_the_ballot_is_black_on_white_and_asks_no_name(enter, lead, prepared, candidates_):
    response = enter(lead).get(url("election_ballot", prepared(candidates_=candidates_)))
    text, pages = text_of(response)
    assert pages == 1
    assert text.count("Ana") == 2  # two on a sheet
    assert "Ne mets pas ton nom" in text


def test_the_minutes_say_all_and_whether_it_was_announced(enter, lead, counted, at):
    election = counted(["Ana"], ["Ana"], ["Bilal"])
    text, _pages = text_of(enter(lead).post(url("election_minutes", election)))
    assert "Résultat non annoncé" in text
    elections.announce(election=election, by=lead, at=at)
    text, _pages = text_of(enter(lead).post(url("election_minutes", election)))
    for said in ("Ana", "Bilal", "Chloé", "3 bulletins", "élu·e", "CM1"):
        assert said in text
    assert "non annoncé" not in text


@pytest.mark.parametrize("classes", [1, 5])
def test_the_page_takes_a_constant_number_of_queries(enter, lead, opened, vote, django_assert_max_num_queries, classes):
    election = opened()
    for _ in range(classes):
        vote(election, ["Ana"])
    client = enter(lead)
    client.get(url("election", election))
    with django_assert_max_num_queries(16):
        response = client.get(url("election", election))
    assert words(response).count("<h1") == 1
