"""A worrying answer, followed to its outcome: the child sees help, the officer is told and acts, nobody else knows."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from marelle.accounts.enums import Role
from marelle.ballots.enums import Mode
from marelle.participation.models import Alert
from marelle.participation.views import kept
from tests.accounts.factories import national
from tests.participation.factories import open_consultation, session_of
from tests.participation.words import moderator_of, officer

from .children import TABLET, to_the_end, touch

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "mon papa me frape tout les soirs"
ASKS = {
    "languages": ["fr"],
    "sections": [
        {
            "key": "s1",
            "title": {},
            "questions": [{"key": "mots", "kind": "text", "text": {"fr": "Que veux-tu nous dire ?"}}],
        }
    ],
}


@pytest.fixture(autouse=True)
def fresh():
    kept.forget()


@pytest.fixture
def session(live_server):
    consultation = open_consultation(draft=ASKS)
    opened_by = consultation.created_by
    opened_by.phone = "05 56 00 00 00"
    opened_by.save(update_fields=["phone"])
    return session_of(consultation, roll=5, mode=Mode.SHARED, title="CM1 de la rue Verte")


def a_child_writes(page, session, words):
    page.goto(f"/s/{session.station.code}/")
    page.locator("#debut").wait_for()
    touch(page, "Je commence")
    page.locator("textarea:visible").fill(words)
    to_the_end(page)
    touch(page, "J’envoie")
    page.locator("#merci").wait_for()


def test_a_cry_for_help_reaches_who_protects_and_nobody_else(browse, axe, session):
    protects, manager, moderator = officer(), national(Role.MANAGER), moderator_of(session.consultation)
    mail.outbox.clear()

    tablet = browse(**TABLET)
    a_child_writes(tablet, session, WORDS)
    expect(tablet.locator("#merci")).to_contain_text("119")
    expect(tablet.locator("#merci")).to_contain_text("3018")
    axe(tablet)

    told = {message.to[0]: message for message in mail.outbox}
    assert protects.email in told
    assert not {manager.email, moderator.email} & {*told}
    message = told[protects.email]
    assert message.subject == "Une parole à lire tout de suite"
    assert "frape" not in message.body
    address = re.search(r"/alertes/\w+/", message.body)[0]

    for stranger in (manager, moderator):
        other = browse(user=stranger)
        assert other.goto(address).status == 404
        assert other.goto("/alertes/").status == 404
    watched = browse(user=moderator)
    watched.goto(f"/consultations/{session.consultation.public_id}/paroles/")
    expect(watched.get_by_role("main")).to_contain_text("Tout est relu")
    expect(watched.get_by_role("main")).not_to_contain_text("frape")
    axe(watched)

    page = browse(user=protects)
    page.goto("/alertes/")
    expect(page.get_by_role("main")).to_contain_text("CM1 de la rue Verte")
    axe(page)
    page.get_by_role("link", name="Ouvrir").click()
    expect(page.get_by_role("main")).not_to_contain_text("frape")
    expect(page.get_by_role("main")).to_contain_text("05 56 00 00 00")
    axe(page)
    page.get_by_role("button", name="Lire la parole").click()
    expect(page.locator(".word")).to_have_text(WORDS)
    page.get_by_role("button", name="Prendre en charge").click()
    page.get_by_role("textbox", name="Ce qui a été fait", exact=True).fill(
        "Appelé l’école : la directrice reste avec le groupe."
    )
    page.get_by_role("button", name="Noter").click()
    expect(page.locator(".what-was-done")).to_contain_text("la directrice reste avec le groupe")
    page.get_by_label("information préoccupante transmise à la CRIP").check()
    page.get_by_label("Ce qui a été fait, et par qui").fill("CRIP de la Gironde prévenue, accusé reçu.")
    page.get_by_role("button", name="Clore l’alerte").click()
    expect(page.get_by_role("main")).to_contain_text("suivie jusqu’au bout".capitalize())
    axe(page)
    alert = Alert.objects.get()
    assert (alert.state, alert.outcome, alert.taken_by) == ("closed", "reported", protects)

    again = browse(user=protects, phone=True)
    again.goto(address)
    expect(again.get_by_role("main")).not_to_contain_text("frape")
    axe(again)


def test_without_javascript_too(browse, session):
    """A tablet of 2012, an officer whose browser runs no script."""
    protects = officer()
    tablet = browse(javascript=False, **TABLET)
    tablet.goto(f"/s/{session.station.code}/")
    touch(tablet, "Je commence")
    tablet.locator("textarea:visible").fill(WORDS)
    to_the_end(tablet)
    touch(tablet, "J’envoie")
    expect(tablet.get_by_role("main")).to_contain_text("119")
    page = browse(user=protects, javascript=False)
    page.goto("/alertes/")
    page.get_by_role("link", name="Ouvrir").click()
    page.get_by_role("button", name="Lire la parole").click()
    expect(page.locator(".word")).to_have_text(WORDS)
