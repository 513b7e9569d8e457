"""A practice from one town to another: written, commented, published, taken up."""

import pytest

from marelle.accounts.enums import Role
from marelle.library.models import Practice
from tests.accounts.factories import CollectiviteFactory, lead_of, national
from tests.library.factories import WHOLE, PracticeFactory, ThemeFactory


@pytest.fixture
def rouen(transactional_db):
    ThemeFactory(slug="cadre-de-vie", name="Cadre de vie")
    return CollectiviteFactory(name="Rouen")


def test_written_then_commented_then_published_then_taken_up(rouen, browse, axe):
    lille = CollectiviteFactory(name="Lille")
    lead, publisher, other = lead_of(rouen), national(Role.PUBLISHER), lead_of(lille)
    fields = {name: value for name, value in WHOLE.items() if name not in {"evidence", "context"}}
    PracticeFactory(organisation=rouen, title="La cour fraîche", themes=["cadre-de-vie"], **fields)

    # Rouen answers what is missing, from the list that leads there, and proposes.
    writer = browse(user=lead)
    writer.goto("/pratiques/les-notres/")
    writer.get_by_role("link", name="La cour fraîche").click()
    writer.get_by_role("link", name="D’où êtes-vous partis").click()
    writer.get_by_role("textbox", name="D’où êtes-vous partis").fill("Deux cours bitumées, trop chaudes en juin.")
    axe(writer)
    writer.get_by_role("button", name="Enregistrer", exact=True).click()
    writer.get_by_role("link", name="Vérifier et proposer").click()
    writer.get_by_role("link", name="Comment le savez-vous").click()
    writer.get_by_role("textbox", name="Comment le savez-vous").fill("Nous avons compté les jeux.")
    writer.get_by_role("button", name="Enregistrer", exact=True).click()
    writer.get_by_role("link", name="Vérifier et proposer").click()
    writer.get_by_role("button", name="Proposer la fiche").click()
    writer.get_by_text("La fiche est proposée").wait_for()
    axe(writer)

    # The team reads it, remarks on one answer, sends it back.
    reader = browse(user=publisher)
    reader.goto("/bibliotheque/pratiques/")
    reader.get_by_role("link", name="La cour fraîche").click()
    reader.get_by_text("Remarquer sur « Comment le savez-vous").click()
    reader.locator("#c-evidence").fill("Compté quand, et par qui ?")
    reader.locator("#q-evidence").get_by_role("button", name="Écrire la remarque").click()
    reader.get_by_role("button", name="Renvoyer à compléter").click()
    axe(reader)

    # Rouen completes, settles, proposes again; the team sees what changed and publishes.
    writer.reload()
    writer.get_by_role("link", name="Le résultat").click()
    writer.get_by_role("textbox", name="Comment le savez-vous").fill(
        "Les élèves ont compté les jeux en mai puis en juin."
    )
    writer.get_by_role("button", name="Enregistrer", exact=True).click()
    writer.get_by_role("link", name="Vérifier et proposer").click()
    writer.get_by_role("button", name="C’est réglé").click()
    writer.get_by_role("button", name="Proposer la fiche").click()
    reader.goto(f"/bibliotheque/pratiques/{Practice.objects.get().public_id}/")
    assert "Les élèves" in reader.locator("#q-evidence ins").first.inner_text()
    axe(reader)
    reader.get_by_role("button", name="Publier").click()
    reader.get_by_text("La fiche est publique").wait_for()

    # Lille finds it and takes it up with one press; everybody reads so.
    taker = browse(user=other, phone=True)
    taker.goto("/pratiques/")
    taker.get_by_role("link", name="La cour fraîche").click()
    taker.get_by_role("button", name="Nous reprenons cette pratique").click()
    taker.get_by_text("Lille reprend cette pratique").wait_for()
    axe(taker)
    anyone = browse()
    anyone.goto(Practice.objects.get().get_absolute_url())
    assert "Reprise par 1 collectivité" in anyone.locator("#reprises").inner_text().replace("\u202f", " ")
    axe(anyone)
