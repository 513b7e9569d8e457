"""A youth worker writes a questionnaire: with a mouse, with the keyboard alone, on a phone, without JavaScript."""

import os

import pytest

from marelle.participation.models import Consultation
from tests.participation.factories import ConsultationFactory, open_consultation

SHOTS = os.environ.get("SHOTS")
"""A folder: each page is photographed into it, to be looked at."""


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.fixture
def draft(live_server):
    return ConsultationFactory(title="Ma cour d’école", draft_revision=1)


def order(consultation):
    consultation.refresh_from_db()
    return [question["key"] for section in consultation.draft["sections"] for question in section["questions"]]


def pages_of(consultation):
    here = f"/consultations/{consultation.public_id}/"
    return {
        "list": "/consultations/?etat=preparation",
        "new": "/consultations/nouvelle/",
        "page": here,
        "edit": f"{here}modifier/",
        "team": f"{here}equipe/",
        "copy": f"{here}copier/",
        "builder": f"{here}questionnaire/",
        "add": f"{here}questionnaire/ajouter/",
        "bank": f"{here}questionnaire/banque/?theme=food",
        "question": f"{here}questionnaire/questions/manque/",
        "ranking": f"{here}questionnaire/questions/ordre/",
        "preview": f"{here}questionnaire/apercu/?age=5",
    }


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_page_of_who_prepares_has_no_barrier(browse, axe, draft, phone):
    page = browse(user=draft.created_by, phone=phone)
    for name, path in pages_of(draft).items():
        page.goto(path)
        shoot(page, f"{name}-{'390' if phone else '1280'}")
        if name != "preview":  # The frame has its own page, tested with the children's.
            axe(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_what_anyone_reads_has_no_barrier(browse, axe, live_server, phone):
    opened = open_consultation()
    for user, who in ((None, "public"), (opened.created_by, "tended")):
        page = browse(phone=phone, user=user)
        for name, path in {"list": "/consultations/", "page": f"/consultations/{opened.public_id}/"}.items():
            page.goto(path)
            shoot(page, f"{who}-{name}-{'390' if phone else '1280'}")
            axe(page)


def test_a_question_is_dragged_to_its_place(browse, draft):
    page = browse(user=draft.created_by)
    page.goto(f"/consultations/{draft.public_id}/questionnaire/")
    handle = page.locator("[data-question='ordre'] [data-handle]").bounding_box()
    target = page.locator("[data-question='age']").bounding_box()
    page.mouse.move(handle["x"] + 10, handle["y"] + 10)
    page.mouse.down()
    page.mouse.move(handle["x"] + 10, target["y"] + target["height"], steps=6)
    page.mouse.move(handle["x"] + 10, target["y"] + 4, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    assert order(draft)[:2] == ["ordre", "age"]


def test_a_whole_questionnaire_without_javascript(browse, draft):
    Consultation.objects.filter(pk=draft.pk).update(draft={"sections": []})
    page = browse(user=draft.created_by, javascript=False)
    page.goto(f"/consultations/{draft.public_id}/questionnaire/")
    page.get_by_role("link", name="Écrire une question").first.click()
    page.get_by_role("button", name="Choisir\u202f: images, un seul choix").click()
    page.get_by_label("La question").fill("Où aimes-tu jouer\u202f?")
    page.get_by_label("Mots").nth(0).fill("Dans un parc")
    page.get_by_label("Mots").nth(1).fill("Chez moi")
    page.locator("summary", has_text="Choisir un dessin").nth(1).click()
    page.get_by_label("Chercher un dessin").nth(1).fill("maison")
    page.get_by_role("button", name="Chercher").first.click()
    page.locator("#drawings-1").get_by_label("maison", exact=True).check()
    page.get_by_role("button", name="Enregistrer").last.click()
    draft.refresh_from_db()
    (question,) = draft.draft["sections"][0]["questions"]
    assert question["choices"] == [
        {"key": "r1", "label": {"fr": "Dans un parc"}},
        {"key": "r2", "label": {"fr": "Chez moi"}, "picto": "1F3E0"},
    ]


def test_drawings_are_found_as_one_types(browse, draft):
    page = browse(user=draft.created_by)
    page.goto(f"/consultations/{draft.public_id}/questionnaire/questions/manque/")
    page.locator("summary", has_text="Changer le dessin").first.click()
    page.get_by_label("Chercher un dessin").first.press_sequentially("vélo")
    page.locator("#drawings-0").get_by_text("vélo", exact=True).wait_for()
    shoot(page, "picker-1280")
    page.locator("#drawings-0").get_by_label("vélo", exact=True).check()
    page.get_by_role("button", name="Enregistrer").last.click()
    page.wait_for_url("**/questionnaire/#manque")
    draft.refresh_from_db()
    assert draft.draft["sections"][0]["questions"][2]["choices"][0]["picto"] == "1F6B2"


def test_the_phone_is_tried_and_sends_nothing(browse, draft):
    page = browse(user=draft.created_by)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"/consultations/{draft.public_id}/questionnaire/apercu/?age=9")
    phone = page.frame_locator(".phone iframe")
    phone.get_by_text("Je commence").click()
    phone.get_by_text("Quel âge as-tu").first.wait_for()
    shoot(page, "preview-1280")
    assert sent == []
