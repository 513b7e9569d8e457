"""What comes out of the printer: legible, in black line, with the numbers to call."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from marelle.ui.drawings import in_black
from marelle.ui.pictograms import load
from tests.accounts.factories import UserFactory
from tests.participation.factories import QUESTIONNAIRE, ConsultationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(client):
    def read(user, name, consultation):
        client.force_login(user)
        answer = client.get(reverse(f"participation:{name}", args=[consultation.public_id]))
        if answer.status_code != 200:
            return answer
        assert answer["Content-Type"] == "application/pdf"
        return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]

    return read


def test_a_sheet_for_a_child(printed, consultation, teacher):
    pages = printed(teacher, "paper_questionnaire", consultation)
    text = " ".join(pages)
    assert len(pages) <= 2
    assert all("119" in page and "3018" in page for page in pages)
    assert "Ne mets pas ton nom" in text
    for section in QUESTIONNAIRE["sections"]:
        for question in section["questions"]:
            assert question["text"]["fr"].replace("\u202f", " ") in text.replace("\u202f", " ")
    assert "Coche 2 cases au plus." in text
    assert "Seulement si tu as coché" in text
    assert "Nadia Lefèvre, maire" in text


def test_a_sheet_for_strokes(printed, consultation, teacher):
    text = " ".join(printed(teacher, "paper_tally", consultation))
    assert "Nombre de feuilles" in text
    assert "Feuilles sans réponse à cette question" in text
    assert "Place 3" in text


def test_a_draft_is_marked_and_only_its_people_print_it(printed, teacher):
    draft = ConsultationFactory()
    assert "Brouillon" in printed(draft.created_by, "paper_questionnaire", draft)[0]
    for stranger in (teacher, UserFactory()):
        assert printed(stranger, "paper_questionnaire", draft).status_code == 404
        assert printed(stranger, "paper_tally", draft).status_code == 404


def test_a_picture_that_the_package_does_not_hold_is_left_out(printed, consultation, teacher):
    version = consultation.versions.get()
    version.content["sections"][0]["questions"][2]["choices"][0]["picto"] = "../../etc/passwd"
    version.digest = "another"
    version.save()
    assert "Des arbres" in " ".join(printed(teacher, "paper_questionnaire", consultation))


def test_every_drawing_we_offer_has_its_black_line():
    """Photocopied, a drawing made of flat colours alone would be a grey stain."""
    kept = [code for code in load() if 'id="color"' in in_black(code)]
    assert kept == []
