"""An editor's Tuesday: a draft, its review, its hour; and the same page with the keyboard alone."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from marelle.accounts.actions.seats import seat
from marelle.accounts.enums import Role
from marelle.library.actions.editorial import publish_what_is_due
from marelle.library.actions.office import open_the_office
from marelle.library.models import Resource
from tests.accounts.factories import national

ADD = "/edition/snippets/library/resource/add/"
AFTERNOON = datetime(2026, 11, 24, 15, 5, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def team(transactional_db, at):
    open_the_office(at=at)
    people = {role: national(role) for role in (Role.EDITOR, Role.PUBLISHER)}
    for person in people.values():
        seat(user=person)
    return people


def office(browse, person):
    """The back office in a browser. Its first page warms hundreds of templates up: patience."""
    page = browse(user=person)
    page.set_default_timeout(25_000)
    return page


def act(page, words):
    """An action of the menu beside « Enregistrer le brouillon »."""
    page.get_by_role("button", name="Plus d'actions").click()
    page.locator("footer").get_by_role("button", name=words).first.click()


def test_a_draft_is_reviewed_scheduled_and_online_at_its_hour(browse, team):
    page = office(browse, team[Role.EDITOR])
    page.goto(ADD)
    page.locator("[name=title]").fill("La carte des cachettes")
    page.locator("[name=summary]").fill("Les enfants dessinent leur quartier.")
    page.locator("[name=kind]").select_option("activity")
    page.get_by_role("button", name="Insérer un bloc").first.click()
    page.get_by_role("option", name="texte").click()
    written = page.locator("[data-contentpath=body] [role=textbox][contenteditable=true]").first
    written.click()
    written.press_sequentially("On commence par se promener.")
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("promener"))  # the editor hands it over
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.wait_for_url("**/edit/**")
    act(page, "Soumettre à Relecture")
    page.wait_for_url("**/snippets/library/resource/")
    resource = Resource.objects.get()
    assert (resource.live, resource.workflow_in_progress) == (False, True)

    page = office(browse, team[Role.PUBLISHER])
    page.goto("/edition/")
    page.get_by_role("link", name="La carte des cachettes").first.click()
    page.get_by_role("button", name="Afficher/masquer le statut").click()
    page.get_by_role("button", name="Programmer").click()
    page.locator("#id_go_live_at").click()
    page.keyboard.type("24/11/2026 15:00")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    act(page, "Approuver et Publier")
    page.wait_for_url("**/snippets/library/resource/")
    resource.refresh_from_db()
    assert (resource.live, resource.approved_schedule) == (False, True)

    with time_machine.travel(AFTERNOON):
        assert publish_what_is_due(at=AFTERNOON) == 1
    resource.refresh_from_db()
    assert resource.live
    assert "se promener" in str(resource.body)


def reach(page, selector):
    """Tab until the field is in focus, as somebody without a mouse does."""
    for _ in range(120):
        if page.evaluate("wanted => document.activeElement && document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is out of reach of the keyboard")


def test_with_the_keyboard_alone_and_a_preview_without_barriers(browse, team, axe):
    page = office(browse, team[Role.EDITOR])
    page.goto(ADD)
    reach(page, "[name=title]")
    page.keyboard.type("Le marché des idées")
    reach(page, "[name=summary]")
    page.keyboard.type("Chaque groupe tient un étal.")
    reach(page, "[name=kind]")
    page.keyboard.type("activité")
    reach(page, "footer button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/**")
    resource = Resource.objects.get()
    assert resource.title == "Le marché des idées"
    assert not resource.live

    page.goto(f"/edition/snippets/library/resource/edit/{resource.pk}/")
    reach(page, "[aria-label='Afficher/masquer la prévisualisation']")
    page.keyboard.press("Enter")
    shown = page.frame_locator("iframe[data-preview-iframe], iframe.preview-panel__iframe, iframe").first
    shown.get_by_role("heading", name="Le marché des idées").wait_for()
    preview = next(frame for frame in page.frames if "/preview/" in frame.url)
    apart = browse(user=team[Role.EDITOR])
    apart.goto(preview.url)
    axe(apart)
