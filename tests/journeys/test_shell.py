"""The page around every page, as a person meets it."""


def test_the_home_page_has_no_barrier(page, axe):
    page.goto("/")
    axe(page)


def test_the_keyboard_skips_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
