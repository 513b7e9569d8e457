"""A class on paper with one sheet too many: three children answer on a tablet, the others on paper; the adult counts
26 sheets where 25 can be, is told why, finds the second sheet of one child, and the account comes out right."""

import pytest
from django.urls import reverse
from django.utils import timezone

from marelle.accounts.enums import Kind, Role, StructureKind
from marelle.ballots.actions import casting
from marelle.participation.models import Session, Verbatim
from tests.accounts.factories import OrganisationFactory, member_of
from tests.participation.factories import open_consultation


@pytest.fixture
def consultation(live_server):
    return open_consultation()


@pytest.fixture
def teacher(consultation):
    school = OrganisationFactory(
        kind=Kind.STRUCTURE,
        structure_kind=StructureKind.SCHOOL,
        name="École Jean-Jaurès",
        territory=consultation.territory,
    )
    return member_of(school, Role.FACILITATOR)


def three_children_answer(session):
    """On the tablet at the back of the room."""
    for number, ticket in enumerate(session.station.tickets.values_list("code", flat=True)[:3]):
        casting.cast(
            station=session.station,
            answers={"aime": "5"},
            words={},
            sending=f"{number:020d}",
            ticket=ticket,
            at=timezone.now(),
        )


def type_by_keyboard(page, *texts):
    """What a person does with a sheet of strokes at the left of the keyboard: a number, Tab, a number, Tab…"""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")


@pytest.mark.parametrize("javascript", [True, False])
def test_one_sheet_too_many(browse, axe, consultation, teacher, javascript):
    page = browse(user=teacher, javascript=javascript)

    def check():
        if javascript:  # axe is a script
            axe(page)

    page.goto(reverse("participation:consultation", args=[consultation.public_id]))
    page.get_by_role("link", name="Ouvrir une séance").click()
    check()
    page.get_by_label("Nom du groupe").fill("CE2 B")
    page.get_by_label("Nombre d’enfants").fill("28")
    page.get_by_role("button", name="Ouvrir la séance").click()
    session = Session.objects.get()
    three_children_answer(session)
    page.reload()
    page.get_by_text("25 enfants sont encore attendus.").wait_for()
    check()

    page.get_by_role("link", name="Saisir des feuilles").click()
    page.get_by_label("Nombre de feuilles").focus()
    type_by_keyboard(page, "26", "", "2", "1", "0", "3", "27")  # the age stays; five faces, one count too large
    page.keyboard.press("Enter")
    page.get_by_text("Cela fait 33 réponses pour 26 feuilles").first.wait_for()
    check()
    page.get_by_label("Très bien").fill("20")
    page.get_by_label("Les mots des enfants").fill("Un toboggan\nPlus d’arbres")
    page.get_by_role("button", name="Vérifier et recompter").click()

    page.get_by_text("Il y a plus de feuilles que d’enfants.").wait_for()
    said = page.get_by_role("alert").inner_text()
    assert "Votre groupe compte 28 enfants\u202f; 3 ont déjà répondu en ligne\u202f: 25 feuilles au plus." in said
    assert "Vous en annoncez 26." in said
    check()
    page.get_by_label("Comptez encore les feuilles").fill("26")
    page.get_by_role("button", name="Confirmer les feuilles").click()
    page.get_by_text("Il y a plus de feuilles que d’enfants.").wait_for()
    assert not Verbatim.objects.exists()

    page.get_by_role("link", name="Corriger la saisie").click()
    assert page.get_by_label("Très bien").input_value() == "20"
    assert page.get_by_label("Les mots des enfants").input_value() == "Un toboggan\nPlus d’arbres"
    page.get_by_label("Nombre de feuilles").fill("25")
    page.get_by_label("Très bien").fill("19")
    page.get_by_role("button", name="Enregistrer la correction").click()
    page.get_by_label("Comptez encore les feuilles").fill("25")
    check()
    page.get_by_role("button", name="Confirmer les feuilles").click()
    page.get_by_text("25 feuilles sont comptées.").wait_for()
    page.get_by_text("Tous les enfants ont répondu.").wait_for()

    page.get_by_role("link", name="Fermer la séance").click()
    check()
    page.get_by_role("button", name="Fermer la séance").click()
    page.get_by_text("Le compte est bon").wait_for()
    rows = [row.inner_text().split() for row in page.locator(".statement tr").all()]
    assert [(row[0], int(row[-1])) for row in rows] == [
        ("Réponses", 3), ("Feuilles", 25), ("Sans", 0), ("Enfants", 28),
    ]  # fmt: skip
    check()
    assert sorted(Verbatim.objects.values_list("text", flat=True)) == ["Plus d’arbres", "Un toboggan"]


def test_the_console_follows_the_children(browse, axe, consultation, teacher):
    """The count moves by itself on the console and on the wall, and stops when the session closes."""
    from marelle.participation.actions import sessions
    from tests.participation.factories import session_of

    group = session_of(consultation, opened_by=teacher, organisation=teacher.memberships.get().organisation)
    console = browse(user=teacher, phone=True)
    console.goto(reverse("participation:session", args=[group.public_id]))
    axe(console)
    wall = browse(user=teacher, viewport={"width": 1920, "height": 1080})
    wall.goto(reverse("participation:session_project", args=[group.public_id]))
    axe(wall)
    assert wall.evaluate("document.documentElement.scrollHeight") <= 1080
    three_children_answer(group)
    console.get_by_text("25 enfants sont encore attendus.").wait_for()
    wall.locator(".wall-count b", has_text="3").wait_for()
    sessions.close(session=group, by=teacher, at=timezone.now())
    wall.get_by_text("C’est fini. Merci").wait_for()
    console.get_by_text("25 enfants n’ont pas répondu.").wait_for()
    assert console.locator("[hx-trigger]").count() == 0
