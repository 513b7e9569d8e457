"""Every page of a file is accessible, on a desktop and on a phone: in a draft, and while corrections are asked."""

from datetime import UTC, date, datetime

from playwright.sync_api import expect

from marelle.core.frozen import digest
from marelle.programme.actions import answers
from marelle.programme.actions.answers import Typed
from marelle.programme.enums import Status
from marelle.programme.models import Correction, CorrectionItem, Submission
from marelle.programme.queries import files
from tests.accounts.factories import lead_of, national
from tests.programme.factories import CandidacyFactory

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_the_pages_of_a_file(browse, axe):
    candidacy = CandidacyFactory(organisation__territory__name="Rouen")
    lead = lead_of(candidacy.organisation)
    for base, text in enumerate(["Un.", "Deux."]):
        answers.write(candidacy=candidacy, typed={"motivation": Typed(text, base)}, by=lead, at=AT)
    here = f"/dossiers/{candidacy.public_id}"
    desktop, phone = browse(user=lead), browse(user=lead, phone=True)
    pages = ["/", "/sections/ecouter/", "/pieces/", "/verifier/", "/imprimer/", "/reponses/motivation/versions/"]
    for page in (desktop, phone):
        for path in pages:
            page.goto(here + path)
            axe(page)

    content = files.file_of(candidacy).content
    submission = Submission.objects.create(
        candidacy=candidacy,
        number=1,
        content=content,
        digest=digest(content),
        submitted_at=AT,
        submitted_by=lead,
    )
    correction = Correction.objects.create(
        candidacy=candidacy, after=submission, due_on=date(2026, 12, 15), asked_at=AT, asked_by=national()
    )
    CorrectionItem.objects.create(correction=correction, question="enfants", reason="Comptez chaque enfant une fois.")
    candidacy.status = Status.CORRECTION
    candidacy.save()
    for page in (desktop, phone):
        for path in ["/", "/sections/collectivite/", "/verifier/", "/depots/1/"]:
            page.goto(here + path)
            axe(page)
    desktop.goto(f"{here}/sections/collectivite/")
    expect(desktop.get_by_label("Nombre d’enfants")).to_be_editable()
    expect(desktop.get_by_label("Pourquoi cette démarche")).to_have_count(0)
