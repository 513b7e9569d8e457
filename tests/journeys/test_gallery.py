"""Every component, in every light and size, has no known barrier."""

import pytest

pytestmark = pytest.mark.urls("tests.ui.test_gallery")


@pytest.mark.parametrize(
    "reader", [{}, {"dark": True}, {"phone": True}, {"viewport": {"width": 320, "height": 640}}], ids=str
)
def test_no_component_has_a_barrier(browse, axe, reader):
    page = browse(**reader)
    page.goto("/ui/")
    axe(page)


@pytest.mark.parametrize("code", [403, 404, 429, 500])
def test_no_error_page_has_a_barrier(page, axe, code):
    page.goto(f"/ui/erreurs/{code}/")
    axe(page)


def test_what_is_folded_opens_without_javascript(browse):
    page = browse(phone=True, javascript=False)
    page.goto("/ui/")
    hidden = page.locator("pre").first
    assert not hidden.is_visible()
    page.locator("summary", has_text="Code").first.click()
    assert hidden.is_visible()
