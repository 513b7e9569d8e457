"""A teacher at eight in the morning, on a phone and without an account: finds an activity, prints it, keeps it with
another in a list, and shows the list's code to a colleague."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from marelle.library.enums import Setting
from tests.library.factories import ResourceFactory, ResourceFileFactory

STEPS = [{"type": "steps", "value": [{"title": "On sort", "minutes": 20, "text": "<p>Par deux, avec un plan.</p>"}]}]
INK = """() => {
    const seen = [...document.querySelectorAll("main *")].filter(one => one.checkVisibility() && one.textContent.trim());
    const coloured = css => { const [r, g, b, a] = css.match(/[\\d.]+/g).map(Number); return a !== 0 && Math.min(r, g, b) < 200; };
    return seen.filter(one => coloured(getComputedStyle(one).backgroundColor)).map(one => one.className || one.tagName);
}"""
"""What is printed on a ground dark enough to eat ink."""


@pytest.fixture
def shelf(transactional_db):
    walk = ResourceFactory(live=True, title="La carte des cachettes", age_from=8, age_to=10, body=STEPS)
    ResourceFileFactory(resource=walk, label="Le plan à compléter")
    ResourceFactory(live=True, title="Le mur des idées", age_from=6, age_to=11)
    ResourceFactory(live=True, title="Le goûter des parents", settings=[Setting.FAMILY.value], age_from=3, age_to=5)


def printed(page) -> str:
    """The words on the paper, which eats little ink."""
    page.emulate_media(media="print")
    assert page.evaluate(INK) == []
    words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages).split())
    page.emulate_media(media="screen")
    return words


def test_found_printed_kept_and_shown_by_its_code(shelf, browse, axe):
    page = browse(phone=True)
    page.goto("/ressources/catalogue/")
    axe(page)

    # Found: for nine-year-olds, in class; the list narrows at once and says how many are left.
    page.locator("#filtres > summary").click()
    page.get_by_label("de", exact=True).fill("9")
    page.get_by_label("de", exact=True).press("Tab")
    page.locator("#combien", has_text="2 ressources").wait_for()
    axe(page)
    page.get_by_role("link", name="La carte des cachettes").click()
    page.get_by_role("heading", level=1, name="La carte des cachettes").wait_for()
    axe(page)

    # Printed: what to do, without what only a screen can do, and without eating ink.
    page.evaluate("window.print = () => { document.title = 'imprimé'; }")
    page.get_by_role("button", name="Imprimer cette page").click()
    assert page.title() == "imprimé"
    sheet = printed(page)
    assert "La carte des cachettes" in sheet
    assert "Par deux, avec un plan." in sheet
    assert "Imprimer cette page" not in sheet
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger Le plan à compléter").click()
    assert download.value.suggested_filename.endswith(".pdf")

    # Kept, with another one, in a list that needs no account.
    page.get_by_role("link", name="Garder dans une liste").click()
    page.get_by_label("Titre").fill("Mardi matin, CE2")
    axe(page)
    page.get_by_role("button", name="Créer la liste et garder").click()
    page.goto("/ressources/catalogue/")
    page.get_by_role("link", name="Le mur des idées").click()
    page.get_by_role("link", name="Garder dans une liste").click()
    page.get_by_role("button", name="Mardi matin, CE2").click()
    page.goto("/listes/")
    axe(page)
    page.get_by_role("link", name="Mardi matin, CE2", exact=True).click()
    axe(page)

    # Shown: the code and the address below it lead a colleague to the same list, to read and to copy, not to change.
    code = page.get_by_role("img", name="Code à scanner")
    address = page.locator(".share-address a").get_attribute("href")
    assert code.locator("svg").is_visible()
    assert address in code.get_attribute("aria-label")
    colleague = browse(phone=True)
    colleague.goto(urlsplit(address).path)
    axe(colleague)
    assert colleague.get_by_role("link", name="La carte des cachettes").is_visible()
    assert colleague.get_by_role("link", name="Le mur des idées").is_visible()
    assert colleague.get_by_role("link", name="Modifier").count() == 0
    assert "Mardi matin, CE2" in printed(colleague)
