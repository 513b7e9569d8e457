"""Inès and Marc write in the same section at once: nothing is overwritten, nothing is lost, even without network."""

import pytest
from playwright.sync_api import expect

from marelle.accounts.enums import Role
from marelle.programme.models import Answer, AnswerRevision, UnmergedText
from tests.accounts.factories import lead_of, member_of
from tests.programme.factories import CandidacyFactory


@pytest.fixture
def file(browse):
    """Opens the section for a lead and for a contributor of one collectivité."""
    candidacy = CandidacyFactory(organisation__territory__name="Rouen")
    ines = lead_of(candidacy.organisation, user__name="Inès Martin")
    marc = member_of(candidacy.organisation, Role.CONTRIBUTOR, user__name="Marc Besson")
    path = f"/dossiers/{candidacy.public_id}/sections/collectivite/"
    pages = [browse(user=ines), browse(user=marc)]
    for page in pages:
        page.goto(path)
    return pages


def field(page, label="Pourquoi cette démarche"):
    return page.get_by_label(label)


def saved(page, key="motivation"):
    return page.locator(f"#s-{key} .saved")


def test_each_question_is_saved_while_it_is_written(file, axe):
    page, _other = file
    field(page).fill("Parce que les enfants comptent.")
    expect(saved(page)).to_contain_text("par vous")
    expect(page.locator("#file-status")).to_contain_text("non déposé")
    expect(page.locator("#file-parts li").first).to_contain_text("1 / 2")
    field(page, "Nombre d’enfants").fill("deux cents")
    field(page, "Nombre d’enfants").blur()
    expect(page.get_by_text("Écrivez un nombre, par exemple 200.")).to_be_visible()
    axe(page)
    field(page, "Nombre d’enfants").fill("200")
    field(page, "Nombre d’enfants").blur()
    expect(page.get_by_text("Écrivez un nombre, par exemple 200.")).to_have_count(0)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Écouter les enfants")
    assert dict(Answer.objects.values_list("question", "value")) == {
        "motivation": "Parce que les enfants comptent.", "enfants": 200,
    }  # fmt: skip


def test_two_texts_stand_side_by_side_until_someone_chooses(file, axe):
    ines, marc = file
    field(ines).fill("Celui d’Inès.")
    expect(saved(ines)).to_contain_text("par vous")
    field(marc).fill("Celui de Marc.")
    expect(marc.get_by_text("Inès M. a changé cette réponse")).to_be_visible()
    expect(field(marc)).to_have_value("Celui de Marc.")
    field(marc).press_sequentially(" Et la suite.", delay=20)
    field(marc).blur()
    expect(marc.locator(".two-texts")).to_contain_text("Celui de Marc. Et la suite.")
    assert Answer.objects.get().value == "Celui d’Inès."
    axe(marc)
    marc.get_by_role("button", name="Mettre la mienne").click()
    expect(saved(marc)).to_contain_text("par vous")
    expect(marc.locator(".two-texts")).to_have_count(0)
    assert Answer.objects.get().value == "Celui de Marc. Et la suite."
    assert set(AnswerRevision.objects.values_list("value", flat=True)) == {
        "Celui d’Inès.",
        "Celui de Marc. Et la suite.",
    }
    assert not UnmergedText.objects.exists()
    marc.get_by_role("link", name="versions").click()
    expect(marc.get_by_text("Celui d’Inès.")).to_be_visible()
    axe(marc)


def test_a_text_made_of_both_by_hand_settles_it(file):
    ines, marc = file
    field(ines).fill("Celui d’Inès.")
    expect(saved(ines)).to_contain_text("par vous")
    field(marc).fill("Celui de Marc.")
    expect(marc.locator(".two-texts")).to_be_visible()
    field(marc).fill("Celui d’Inès et celui de Marc.")
    marc.get_by_role("button", name="J’ai réuni les deux").click()
    expect(marc.locator(".two-texts")).to_have_count(0)
    expect(field(marc)).to_have_value("Celui d’Inès et celui de Marc.")
    assert Answer.objects.get().value == "Celui d’Inès et celui de Marc."


def test_a_cut_of_the_network_loses_no_word(file):
    page, _other = file
    page.context.set_offline(True)
    field(page).fill("Écrit dans le train.")
    expect(saved(page)).to_contain_text("Non enregistré, nouvel essai")
    expect(field(page)).to_have_value("Écrit dans le train.")
    page.context.set_offline(False)
    expect(saved(page)).to_contain_text("par vous", timeout=15_000)
    assert Answer.objects.get().value == "Écrit dans le train."
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_text_left_on_the_device_is_found_again(file):
    before, _other = file
    device, address = before.context, before.url
    device.set_offline(True)
    field(before).fill("Avant la panne.")
    expect(saved(before)).to_contain_text("Non enregistré")
    before.close()
    device.set_offline(False)
    page = device.new_page()
    page.goto(address)
    expect(page.get_by_text("Un texte non enregistré a été retrouvé")).to_be_visible()
    expect(field(page)).to_have_value("")
    page.get_by_role("button", name="Le reprendre").click()
    expect(saved(page)).to_contain_text("par vous")
    assert Answer.objects.get().value == "Avant la panne."
