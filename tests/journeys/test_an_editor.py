"""An editor's Tuesday: a draft, its review, its hour; and the same with the keyboard alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

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


def test_a_draft_is_reviewed_scheduled_and_online_at_its_hour(browse, team, at):
    page = browse(user=team[Role.EDITOR])
    page.goto(ADD)
    page.get_by_label("Titre").fill("La carte des cachettes")
    page.get_by_label("En une phrase ou deux").fill("Les enfants dessinent leur quartier.")
    page.get_by_label("Nature").select_option("activity")
    page.get_by_role("button", name="Insérer un bloc").first.click()
    page.get_by_role("option", name="Texte").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("On commence par se promener.")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.wait_for_url("**/edit/**")
    page.get_by_role("button", name="Plus d’actions").or_(page.locator("footer [data-w-dropdown-target=toggle]")).first.click()
    page.get_by_role("button", name="Soumettre à Relecture").click()
    page.get_by_text("a été soumis").wait_for()
    resource = Resource.objects.get()
    assert (resource.live, resource.workflow_in_progress) == (False, True)

    page = browse(user=team[Role.PUBLISHER])
    page.goto("/edition/")
    page.get_by_role("link", name="La carte des cachettes").first.click()
