"""The page around every page, as a person meets it."""

from tests.accounts.factories import UserFactory


def test_the_home_page_has_no_barrier(page, axe):
    page.goto("/")
    axe(page)


def test_the_keyboard_skips_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_signed_in_person_has_their_menus_on_the_smallest_screen(browse, axe):
    page = browse(user=UserFactory(name="Inès Martin"), viewport={"width": 320, "height": 640})
    page.goto("/programme/")
    axe(page)
    page.locator("details.account summary").click()
    assert page.get_by_role("link", name="Mon compte").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Mon compte").is_visible()
    page.locator(".phone-menu summary").click()
    assert page.locator(".phone-menu").get_by_role("link", name="Le réseau").is_visible()
    axe(page)
