"""A commune and its intercommunalité each own a file; an answer passes from one to the other by consent only."""

import pytest
from django.urls import reverse

from marelle.core.rules import Refused
from marelle.programme.actions import answers
from marelle.programme.models import Answer
from tests.accounts.factories import lead_of
from tests.programme.factories import CandidacyFactory
from tests.territories.factories import EpciFactory

from .test_pages import text_of


@pytest.fixture
def metropole(candidacy, db):
    epci = EpciFactory(name="Métropole Rouen Normandie")
    candidacy.territory.epci = epci
    candidacy.territory.save()
    return CandidacyFactory(organisation__territory=epci)


@pytest.fixture
def their_lead(metropole):
    return lead_of(metropole.organisation, user__name="Aïcha Diallo")


@pytest.fixture
def theirs(metropole, their_lead, write):
    write(by=their_lead, on=metropole, motivation="Nos enfants aussi.")
    return metropole.answers.get()


def page(candidacy):
    return reverse("programme:file_section", args=[candidacy.public_id, "collectivite"])


def test_nothing_is_shared_without_consent(client, candidacy, lead, theirs, at):
    client.force_login(lead)
    assert "Nos enfants aussi." not in text_of(client.get(page(candidacy)))
    with pytest.raises(Refused, match="plus partagée"):
        answers.take_up(candidacy=candidacy, shared=theirs, base=0, by=lead, at=at)


def test_a_shared_answer_is_offered_and_taken_up_with_its_provenance(
    client, candidacy, metropole, lead, their_lead, theirs
):
    client.force_login(their_lead)
    assert "Partager cette réponse avec Rouen" in text_of(client.get(page(metropole)))
    client.post(page(metropole), {"do": "share:motivation"})
    client.force_login(lead)
    offered = text_of(client.get(page(candidacy)))
    assert "<strong>Métropole Rouen Normandie</strong> a répondu à cette question" in offered
    client.post(page(candidacy), {"do": f"take:motivation:{metropole.public_id}"})
    mine = Answer.objects.get(candidacy=candidacy)
    assert (mine.value, mine.taken_from, mine.saved_by) == ("Nos enfants aussi.", theirs, lead)
    assert "repris du dossier jumeau" in text_of(client.get(page(candidacy)))


def test_sharing_can_stop(client, candidacy, metropole, lead, their_lead, theirs):
    client.force_login(their_lead)
    client.post(page(metropole), {"do": "share:motivation"})
    client.post(page(metropole), {"do": "unshare:motivation"})
    client.force_login(lead)
    assert "Nos enfants aussi." not in text_of(client.get(page(candidacy)))


def test_one_rewritten_in_own_words_is_ones_own_again(
    client, candidacy, metropole, lead, their_lead, theirs, write, at
):
    answers.share(answer=theirs, shared=True, by=their_lead, at=at)
    answers.take_up(candidacy=candidacy, shared=theirs, base=0, by=lead, at=at)
    write(motivation="Avec nos mots.")
    assert Answer.objects.get(candidacy=candidacy).taken_from is None


def test_a_neighbour_is_not_a_twin(client, candidacy, lead, write, at):
    other = CandidacyFactory(organisation__territory__name="Ailleurs")
    someone = lead_of(other.organisation)
    write(by=someone, on=other, motivation="Loin d’ici.")
    answers.share(answer=other.answers.get(), shared=True, by=someone, at=at)
    client.force_login(lead)
    assert "Loin d’ici." not in text_of(client.get(page(candidacy)))
    client.post(page(candidacy), {"do": f"take:motivation:{other.public_id}"})
    assert not candidacy.answers.exists()
