"""A village joins the network on a phone, without JavaScript, and is confirmed the same day."""

import pytest

from marelle.programme.actions.configuration import load
from marelle.programme.definition.reading import read_configuration
from marelle.programme.management.commands.load_programme import SHIPPED
from marelle.programme.models import NetworkMembership
from tests.accounts.factories import CollectiviteFactory, lead_of, national


@pytest.fixture
def village(live_server, at):
    shipped = read_configuration((SHIPPED / "2026-2032").glob("*.yaml"))
    load(mandate=shipped.mandate, routes=shipped.routes, by=None, at=at)
    return CollectiviteFactory(territory__name="Saint-Exemple", territory__population=812)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_village_joins_on_a_phone(browse, axe, village, settings, javascript):
    page = browse(user=lead_of(village), phone=True, javascript=javascript)
    page.goto("/reseau/rejoindre/")
    assert "Saint-Exemple rejoint Territoires d’enfance" in page.inner_text("h1")
    assert "50 € par an" in page.inner_text("main").replace("\u202f", " ").replace("\u00a0", " ")
    if javascript:
        axe(page)

    page.fill("[name=q-premiere-action]", "Une fête des droits de l’enfant.")
    page.click("text=Envoyer la demande d’adhésion")
    assert page.input_value("[name=q-premiere-action]") == "Une fête des droits de l’enfant."
    assert page.locator("[role=alert] a").count() == 3, "charter, contact and council are asked, each with a link"
    if javascript:
        axe(page)

    page.check("[name=charter]")
    page.fill("[name=q-contact-fonction]", "Secrétaire de mairie")
    page.check("[name=q-deliberation-etat][value=prevue]")
    page.click("text=Envoyer la demande d’adhésion")
    assert "Votre demande est bien partie." in page.inner_text("main")
    if javascript:
        axe(page)

    settings.DEMO = True  # a fictitious manager owns no phone: the second factor counts as passed
    manager = national()
    manager.is_fictitious = True
    manager.save()
    desk = browse(user=manager, javascript=javascript)
    desk.goto("/reseau/demandes/")
    if javascript:
        axe(desk)
    desk.click("text=Confirmer Saint-Exemple")
    assert NetworkMembership.objects.get().status == "member"

    page.reload()
    with page.expect_download() as paper:
        page.click("text=Télécharger l’attestation")
    assert paper.value.suggested_filename.endswith(".pdf")
