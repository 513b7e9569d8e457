"""From what a class proposes to the sheet on its wall: carried, made public, supported, answered, done, told."""

import re

import pytest
from django.core import mail

from marelle.accounts.enums import Kind, Role, StructureKind
from marelle.participation.models import Proposal
from marelle.participation.views import kept, limits
from tests.accounts.factories import CollectiviteFactory, OrganisationFactory, lead_of, member_of
from tests.participation.factories import open_consultation, session_of


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def town(live_server, at):
    kept.forget()
    limits._counts.clear()
    town = CollectiviteFactory(territory__name="Rouen", territory__code="76540", territory__slug="rouen")
    school = OrganisationFactory(
        kind=Kind.STRUCTURE, structure_kind=StructureKind.SCHOOL, name="École Jean-Jaurès", territory=town.territory
    )
    return town, school


def test_a_class_proposes_and_gets_its_answer(browse, axe, town, tmp_path):
    town, school = town
    teacher, lead = member_of(school, Role.FACILITATOR), lead_of(town)
    consultation = open_consultation(organisation=town)
    session = session_of(consultation, organisation=school, opened_by=teacher, age_band="9-12")

    # The teacher writes down what the class wants, on a phone.
    phone = browse(user=teacher, phone=True)
    phone.goto(f"/seances/{session.public_id}/")
    phone.click("text=Porter une proposition du groupe")
    axe(phone)
    phone.click("button:has-text('Enregistrer la proposition')")
    assert phone.locator("[role=alert] a").count() == 2, "the words and the theme are asked, each with a link"
    axe(phone)
    phone.fill("[name=wording]", "Des arbres dans la cour pour avoir de l’ombre")
    phone.select_option("[name=theme]", "nature")
    phone.select_option("[name=article]", "31")
    phone.click("button:has-text('Enregistrer la proposition')")
    assert "C’est envoyé à Rouen" in plain(phone.inner_text("main, .before"))

    # The town reads the words again and makes them public.
    desk = browse(user=lead)
    desk.goto(f"/tableau-de-bord/{town.public_id}/")
    desk.click("text=Relire 1 proposition d’enfants")
    axe(desk)
    desk.click("text=Des arbres dans la cour pour avoir de l’ombre")
    axe(desk)
    desk.fill("[name=group_name]", "CM1, école Jean-Jaurès")
    desk.click("button:has-text('Rendre publique')")
    proposal = Proposal.objects.get()
    assert proposal.state == "made"

    # Another class supports it, each child once, on one tablet.
    desk.click("summary:has-text('Demander à d’autres enfants')")
    desk.click("button:has-text('Ouvrir le vote de soutien')")
    desk.click("summary:has-text('Faire voter un groupe')")
    desk.check("[name=mode][value=shared]")
    desk.select_option("[name=gathering]", "school")
    desk.fill("[name=roll]", "5")
    desk.click("button:has-text('Ouvrir le vote de ce groupe')")
    axe(desk)
    code = desk.inner_text(".group-code")
    for _ in range(5):
        tablet = browse(javascript=False, viewport={"width": 768, "height": 1024})
        tablet.goto(f"/s/{code}/")
        assert "Des arbres dans la cour" in tablet.content()
        tablet.click("text=Je commence")
        tablet.check("[name=q-support][value=yes]")
        tablet.click("#q-support >> text=Suivant")
        tablet.click("text=J’envoie")
        tablet.wait_for_url(re.compile("merci"))
    desk.click("button:has-text('Clore le vote et compter')")
    assert "5 enfants la soutiennent" in plain(desk.inner_text("#soutien, [aria-labelledby^=soutien]"))

    # The answer: a word is not one; a sentence, by whom and for when, is.
    desk.check("[name=outcome][value=oui]")
    desk.fill("[name=text]", "Vu.")
    desk.fill("[name=simple]", "Tu auras six arbres et de l’ombre.")
    desk.click("button:has-text('Donner cette réponse aux enfants')")
    assert "vraie phrase" in desk.inner_text("main")
    assert desk.input_value("[name=simple]") == "Tu auras six arbres et de l’ombre."
    axe(desk)
    desk.fill("[name=text]", "Nous planterons six arbres dans la cour cet hiver.")
    desk.fill("[name=answered_by]", "L’adjointe à l’éducation")
    desk.fill("[name=planned_for]", "2027-02-01")
    desk.click("button:has-text('Donner cette réponse aux enfants')")
    assert "La réponse est publique" in plain(desk.inner_text(".before"))
    mail_of_the_teacher = [one.body for one in mail.outbox if one.to == [teacher.email]]
    assert any("Nous planterons six arbres" in body and "fiche.pdf" in body for body in mail_of_the_teacher)

    # The teacher downloads the sheet for the wall.
    phone.goto(f"/propositions/{proposal.public_id}/")
    with phone.expect_download() as paper:
        phone.click("text=La fiche pour la classe")
    assert paper.value.suggested_filename == f"proposition-{proposal.public_id}.pdf"

    # Done, and said to the children.
    desk.fill("[name=note]", "Six arbres sont plantés dans la cour, avec des bancs autour.")
    desk.fill("[name=done_by]", "Les jardiniers de la ville")
    desk.click("button:has-text('C’est réalisé')")
    assert Proposal.objects.get().state == "done"

    # Anyone walks the thread, both ways; a child reads it with their own words, with or without JavaScript.
    reader = browse(phone=True)
    reader.goto("/")
    reader.click("text=Toutes les propositions")
    axe(reader)
    reader.click("text=Des arbres dans la cour pour avoir de l’ombre")
    axe(reader)
    shown = plain(reader.inner_text("main"))
    for words in ("CM1, école Jean-Jaurès", "5 enfants", "Nous planterons six arbres", "Six arbres sont plantés",
                  consultation.title):  # fmt: skip
        assert words in shown, words
    reader.click("text=La page pour les enfants")
    axe(reader)
    told = plain(reader.inner_text("main"))
    assert "Tu auras six arbres et de l’ombre." in told
    assert "119" in told
    assert "3018" in told
    reader.goto("/territoires/76540-rouen/")
    assert "1\npropositions d’enfants" in plain(reader.inner_text("#voix >> xpath=ancestor::section"))
