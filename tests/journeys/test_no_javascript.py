"""Without JavaScript: write a draft, join a document, hand the file over."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfWriter

from marelle.programme.models import Submission
from tests.accounts.factories import lead_of
from tests.programme.factories import CandidacyFactory


def a_pdf():
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return {"name": "délibération.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def test_draft_upload_submit(browse):
    candidacy = CandidacyFactory(organisation__territory__name="Rouen")
    lead = lead_of(candidacy.organisation, user__name="Inès Martin")
    page = browse(user=lead, javascript=False)
    page.goto(f"/dossiers/{candidacy.public_id}/")
    page.get_by_role("link", name="La collectivité").first.click()
    page.get_by_label("Pourquoi cette démarche").fill("Parce que les enfants comptent.")
    page.get_by_label("Nombre d’enfants").fill("deux cents")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_text("Écrivez un nombre, par exemple 200.")).to_be_visible()
    page.get_by_label("Nombre d’enfants").fill("200")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Écouter les enfants")

    page.get_by_label("Oui").check()
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_text("Votre réponse ouvre une autre question.")).to_be_visible()
    page.get_by_label("Quel est son rôle").fill("Donner son avis.")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pièces à joindre")

    page.get_by_label("Le fichier").set_input_files(a_pdf())
    page.get_by_role("button", name="Joindre").click()
    expect(page.get_by_role("link", name="délibération.pdf")).to_be_visible()

    page.get_by_role("link", name="Vérifier avant dépôt").first.click()
    expect(page.get_by_text("Rien ne manque.")).to_be_visible()
    page.get_by_role("button", name="Déposer le dossier").click()
    expect(page.get_by_text("Votre dossier est déposé.")).to_be_visible()
    expect(page.get_by_role("link", name="Télécharger le récépissé")).to_be_visible()
    assert Submission.objects.get().content["answers"]["enfants"] == 200
