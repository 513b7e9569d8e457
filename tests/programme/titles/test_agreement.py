"""The agreement as a document: accessible, complete, and honest about what is not known."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.core.rules import Refused
from marelle.programme.actions import agreements, deliberations, titles
from marelle.programme.enums import OutcomeKind
from marelle.programme.models import Agreement
from tests.accounts.factories import CollectiviteFactory, lead_of, member_of, national
from tests.programme.lives import a_file, decided, ready
from tests.territories.factories import EpciFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def read(file):
    pdf = PdfReader(io.BytesIO(file.content.open("rb").read()))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split()).replace("\u202f", " ")
    return pdf, words


def made(decision, at):
    lead = lead_of(decision.candidacy.organisation)
    return agreements.make_agreement(candidacy=decision.candidacy, by=lead, at=at)


def test_it_is_tagged_french_and_titled(at):
    pdf, _ = read(made(decided(), at).draft)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("fr")
    assert pdf.metadata.title.startswith("Convention Ville amie des enfants")


def test_it_says_who_what_how_much_and_until_when(at):
    decision = decided(OutcomeKind.AWARD_WITH_RECOMMENDATIONS)
    member_of(decision.candidacy.organisation, Role.SIGNATORY, user__name="Nadia Lefèvre")
    _, words = read(made(decision, at).draft)
    for said in (
        decision.candidacy.territory.name, "UNICEF France", "Ville amie des enfants", "Commission d’attribution",
        "23 novembre 2026", "31 mars 2032", "200 €", "5 000 habitants", "Associer les collèges.", "Publier le budget.",
        "Écouter les enfants.", "Nadia Lefèvre", "Signature",
    ):  # fmt: skip
        assert said in words.replace("\xa0", " "), said


def test_what_is_not_known_is_a_line_to_fill_in(at):
    decision = decided(organisation=CollectiviteFactory(territory=TerritoryFactory(population=None)))
    _, words = read(made(decision, at).draft)
    assert "(montant)" in words
    assert "(numéro)" in words
    assert "None" not in words
    assert "none" not in words


def test_an_intercommunalite_is_named_by_its_siren(at):
    epci = EpciFactory()
    _, words = read(made(decided(organisation=CollectiviteFactory(territory=epci)), at).draft)
    assert f"numéro SIREN {epci.code}" in words
    assert "code INSEE" not in words


def test_it_is_made_anew_with_the_vote_of_the_council(at):
    decision = decided()
    lead = lead_of(decision.candidacy.organisation)
    first = agreements.make_agreement(candidacy=decision.candidacy, by=lead, at=at).draft
    deliberations.record_deliberation(
        candidacy=decision.candidacy, number="1DL15494", held_on=date(2026, 11, 20), council="Conseil municipal",
        document=a_file(lead), by=lead, at=at,
    )  # fmt: skip
    again = Agreement.objects.get().draft
    assert again != first
    assert "n° 1DL15494 du 20 novembre 2026" in read(again)[1].replace("\xa0", " ")


def test_what_was_signed_is_not_made_again(at):
    candidacy = ready()
    with pytest.raises(Refused, match="déjà signée"):
        agreements.make_agreement(candidacy=candidacy, by=lead_of(candidacy.organisation), at=at)


def test_hostile_words_stay_words(at):
    """Typst, HTML or broken text typed by people is printed, never run."""
    territory = TerritoryFactory(name='Saint-#panic("x") <b>$a$ \\ *Ville*')
    _, words = read(made(decided(organisation=CollectiviteFactory(territory=territory)), at).draft)
    assert '#panic("x")' in words
    assert "<b>$a$" in words


def test_the_title_of_an_intercommunalite_has_its_own_name(at):
    """« Intercommunalité amie des enfants » in the agreement, on the title and on its public page."""
    candidacy = ready(organisation__territory=EpciFactory())
    version = candidacy.version
    version.content = version.content | {"title_names": {"epci": "Intercommunalité amie des enfants"}}
    version.digest = "intercommunalite".ljust(64, "0")  # definitions are read once per digest
    version.save()
    candidacy.refresh_from_db()
    Agreement.objects.all().update(signed=None, signed_on=None)
    agreement = agreements.make_agreement(candidacy=candidacy, by=lead_of(candidacy.organisation), at=at)
    pdf, words = read(agreement.draft)
    assert "« Intercommunalité amie des enfants »" in words.replace("\xa0", " ")
    assert pdf.metadata.title.startswith("Convention Intercommunalité amie des enfants")
    assert version.definition.title_for("commune") == "Ville amie des enfants"
    assert version.definition.title_for("epci") == "Intercommunalité amie des enfants"


def test_the_published_title_of_an_intercommunalite_too(at):
    candidacy = ready(organisation__territory=EpciFactory())
    version = candidacy.version
    version.content = version.content | {"title_names": {"epci": "Intercommunalité amie des enfants"}}
    version.digest = "f" * 64
    version.save()
    title = titles.grant(candidacy=candidacy, by=national(), at=at)
    assert title.name == "Intercommunalité amie des enfants"
