"""A moderator reads fifty words of children with four keys, and turns the keys off."""

import pytest
from playwright.sync_api import expect

from marelle.participation.enums import VerbatimState
from tests.participation.words import a_session, moderator_of, waiting


@pytest.fixture
def words(live_server):
    session = a_session()
    return [waiting(session, text) for text in ("Des arbres", "Appelle Zoé au 06 12 34 56 78", "Des bancs")]


def state(verbatim):
    verbatim.refresh_from_db()
    return verbatim.state


def test_one_key_a_gesture_off_while_one_types_and_off_for_good(browse, axe, words):
    plain, named, _last = words
    consultation = plain.session.consultation
    there = f"/consultations/{consultation.public_id}/paroles/"
    page = browse(user=moderator_of(consultation))
    page.goto(f"{there}{plain.public_id}/")
    keys = page.get_by_label("Raccourcis du clavier")
    expect(keys).to_be_checked()
    axe(page)

    page.keyboard.press("m")  # Nothing to propose: the words themselves.
    expect(page.locator("[name=wording]")).to_be_focused()
    page.keyboard.press("a")
    assert state(plain) == VerbatimState.WAITING
    page.reload()
    page.keyboard.press("Control+a")
    page.keyboard.press("r")
    expect(page.locator("[data-key=r] :is(input, select)").first).to_be_focused()

    page.reload()
    keys.uncheck()
    page.keyboard.press("a")
    page.reload()
    expect(keys).not_to_be_checked()
    page.keyboard.press("a")
    assert state(plain) == VerbatimState.WAITING

    keys.check()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert state(plain) == VerbatimState.APPROVED

    page.goto(f"{there}{named.public_id}/")
    with page.expect_navigation():
        page.keyboard.press("m")
    expect(page.locator("[name=wording]")).not_to_have_value("Appelle Zoé au 06 12 34 56 78")
    here = page.url
    with page.expect_navigation():
        page.keyboard.press("s")
    assert page.url != here
    assert state(named) == VerbatimState.WAITING


def test_a_word_already_read_has_no_keys(browse, words):
    consultation = words[0].session.consultation
    moderator = moderator_of(consultation)
    page = browse(user=moderator)
    page.goto(f"/consultations/{consultation.public_id}/paroles/{words[0].public_id}/")
    with page.expect_navigation():
        page.keyboard.press("a")
    page.goto(f"/consultations/{consultation.public_id}/paroles/{words[0].public_id}/")
    expect(page.locator("[data-keys]")).to_have_count(0)
