"""Finding one's town: by keyboard with the proposals, and without JavaScript."""

import pytest

from tests.accounts.factories import UserFactory
from tests.territories.factories import DepartementFactory, TerritoryFactory


@pytest.fixture
def saints():
    for code, population in (("974", 155634), ("93", 149077)):
        TerritoryFactory(
            code=f"{code}11"[:5].ljust(5, "0"),
            name="Saint-Denis",
            slug="saint-denis",
            population=population,
            departement=DepartementFactory(code=code, name=f"Département {code}"),
        )


def test_the_keyboard_alone_finds_a_town(browse, axe, saints):
    page = browse()
    page.goto("/territoires/")
    field = page.locator("input[role=combobox]")
    field.press_sequentially("st deni")
    page.locator(".combobox [role=option]").first.wait_for()
    assert page.locator(".combobox [role=option]").all_inner_texts()[0].startswith("Saint-Denis (974)")
    page.get_by_text("2 propositions").wait_for(state="attached")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".combobox [aria-selected=true]").inner_text().startswith("Saint-Denis (93)")
    axe(page)
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "st deni"
    page.keyboard.press("ArrowDown")
    page.locator(".combobox [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Saint-Denis").wait_for()
    axe(page)


def test_a_choice_in_a_form_is_sent_with_it(browse, saints):
    page = browse(user=UserFactory())
    page.goto("/compte/rattachement/")
    page.get_by_role("combobox", name="Votre commune").press_sequentially("saint denis")
    page.locator(".combobox [role=option]").nth(1).click()
    assert page.get_by_role("combobox", name="Votre commune").input_value() == "Saint-Denis (93)"
    assert page.locator("[name=territory_code]").get_attribute("value") == "93110"


def test_without_javascript_one_chooses_in_a_list(browse, axe, saints):
    page = browse(javascript=False, phone=True, user=UserFactory())
    page.goto("/compte/rattachement/")
    page.get_by_label("Votre commune").fill("st denis")
    page.locator("main form button[type=submit]").first.click()
    assert page.get_by_label("Votre commune").input_value() == "st denis"
    page.get_by_label("Saint-Denis (93)").check()
