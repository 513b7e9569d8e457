"""A volunteer of another département, who guesses addresses: every page and every paper is as if it did not exist."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from marelle.accounts.enums import Role
from marelle.programme.actions import answers, attachments, messages, notes, reviews, submissions
from marelle.programme.actions.answers import Typed
from marelle.programme.enums import Status
from tests.accounts.factories import CollectiviteFactory, lead_of, national, of_delegation
from tests.house.test_doors import ABOUT_A_CANDIDACY, address
from tests.programme.factories import COMPLETE, CandidacyFactory
from tests.territories.factories import DepartementFactory, TerritoryFactory

from .test_no_javascript import a_pdf


@pytest.fixture
def candidacy(live_server, at):
    """Rouen's file, handed over and being studied, with an attachment, a note and a message."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    departement = DepartementFactory(code="76", name="Seine-Maritime")
    rouen = TerritoryFactory(code="76540", name="Rouen", departement=departement)
    found = CandidacyFactory(organisation=CollectiviteFactory(territory=rouen))
    lead, manager = lead_of(found.organisation), national()
    answers.write(candidacy=found, typed={key: Typed(value, 0) for key, value in COMPLETE.items()}, by=lead, at=at)
    paper = SimpleUploadedFile("délibération.pdf", a_pdf()["buffer"], "application/pdf")
    attachments.add(candidacy=found, requirement="deliberation", uploads=[paper], by=lead, at=at)
    submissions.submit(candidacy=found, by=lead, at=at)
    found.refresh_from_db()
    reviews.open_review(candidacy=found, by=manager, at=at)
    notes.add(candidacy=found, text="Une note de l’équipe.", by=manager, at=at)
    messages.write(candidacy=found, text="Une question.", by=lead, at=at)
    found.refresh_from_db()
    assert found.status == Status.UNDER_REVIEW
    return found


def papers(candidacy):
    """Guessed by somebody who was once sent these addresses: they are real, not made up."""
    attachment = candidacy.attachments.get()
    yield reverse("programme:attachment", args=[attachment.public_id])
    yield reverse("programme:receipt", args=[candidacy.public_id, 1])
    yield reverse("programme:file_pdf", args=[candidacy.public_id])
    yield reverse("programme:review_document", args=[candidacy.public_id, attachment.file.public_id])


def test_a_volunteer_of_another_departement_finds_nothing(browse, axe, candidacy):
    neighbour = of_delegation(Role.VOLUNTEER, covers=[DepartementFactory(code="27", name="Eure")])
    page = browse(user=neighbour)
    page.goto("/tableau-de-bord/")
    expect(page.get_by_role("main")).not_to_contain_text("Rouen")
    axe(page)
    page.goto("/avis/")
    expect(page.get_by_role("main")).not_to_contain_text("Rouen")
    axe(page)
    page.goto("/portefeuille/?q=Rouen")
    expect(page.get_by_role("main")).not_to_contain_text("Rouen")

    refused = page.goto(f"/candidatures/{candidacy.public_id}/")
    assert refused.status == 404
    expect(page.get_by_role("heading", level=1)).to_contain_text("n’existe pas, ou pas pour vous")
    axe(page)

    request = page.context.request
    for url in [*papers(candidacy), *(address(name, pattern, candidacy) for name, pattern in ABOUT_A_CANDIDACY)]:
        answer = request.get(url, max_redirects=0)
        assert answer.status in {404, 405}, (url, answer.status)
        assert "Rouen" not in answer.text(), url
        assert not re.match(rb"%PDF", answer.body()), url
    export = request.get("/portefeuille/export.csv")
    assert "Rouen" not in export.text()


def test_a_volunteer_of_the_departement_reads_what_was_handed_over(browse, axe, candidacy):
    """The same addresses do answer: the refusals above are not an accident."""
    page = browse(user=of_delegation(Role.VOLUNTEER, covers=[candidacy.territory.departement]))
    page.goto("/portefeuille/")
    expect(page.get_by_role("main")).to_contain_text("Rouen")
    assert page.goto(f"/candidatures/{candidacy.public_id}/").status == 200
    axe(page)
    document = f"/candidatures/{candidacy.public_id}/instruction/pieces/{candidacy.attachments.get().file.public_id}/"
    assert page.context.request.get(document).status == 200
