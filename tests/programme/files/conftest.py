"""A file being written by a lead and a contributor of one collectivité."""

import pytest

from marelle.accounts.enums import Role
from marelle.programme.actions import answers
from marelle.programme.actions.answers import Typed
from tests.accounts.factories import lead_of, member_of
from tests.programme.factories import COMPLETE, CandidacyFactory


@pytest.fixture
def candidacy(db):
    return CandidacyFactory(organisation__territory__name="Rouen")


@pytest.fixture
def lead(candidacy):
    return lead_of(candidacy.organisation, user__name="Inès Martin")


@pytest.fixture
def colleague(candidacy):
    return member_of(candidacy.organisation, Role.CONTRIBUTOR, user__name="Marc Besson")


@pytest.fixture
def write(candidacy, lead, at):
    """`write(motivation="…")` saves answers from what stands now."""

    def write(by=None, on=None, **new):
        target = on or candidacy
        new = {key.replace("_", "-"): value for key, value in new.items()}
        now = {a.question: a.revision for a in target.answers.all()}
        typed = {key: Typed(value, now.get(key, 0)) for key, value in new.items()}
        return answers.write(candidacy=target, typed=typed, by=by or lead, at=at)

    return write


@pytest.fixture
def pdf():
    """A small real PDF, as an upload of that name."""
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from pypdf import PdfWriter

    def make(name="deliberation.pdf"):
        writer, out = PdfWriter(), BytesIO()
        writer.add_blank_page(200, 200)
        writer.write(out)
        return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")

    return make


@pytest.fixture
def complete(candidacy, lead, write, pdf, at):
    """Nothing is missing any more."""
    from marelle.programme.actions import attachments

    write(**COMPLETE)
    attachments.add(candidacy=candidacy, requirement="deliberation", uploads=[pdf()], by=lead, at=at)
    return candidacy
