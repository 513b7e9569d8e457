"""Documents of a file: joined, replaced, taken off, put back, and shown to those who may see them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.programme.actions import attachments, submissions
from marelle.programme.enums import Status
from marelle.programme.models import Attachment, Candidacy, Correction, CorrectionItem, Opinion
from tests.accounts.factories import UserFactory, national, of_delegation

from .test_pages import text_of


@pytest.fixture
def joined(candidacy, lead, pdf, at):
    return attachments.add(candidacy=candidacy, requirement="deliberation", uploads=[pdf()], by=lead, at=at)[0]


@pytest.fixture
def several(candidacy):
    """The same route, where the document may be several."""
    version = candidacy.version
    documents = [d | {"several": True} for d in version.content["documents"]]
    version.content = version.content | {"documents": documents}
    version.digest = "s" * 64
    version.save()


def doors(attachment):
    return {
        name: reverse(f"programme:{name}", args=[attachment.public_id])
        for name in ("attachment", "attachment_remove", "attachment_put_back", "attachment_replace")
    }


def test_joining_is_a_sign_of_life_and_is_logged(candidacy, joined, at):
    candidacy.refresh_from_db()
    assert candidacy.last_activity_at == at
    assert Entry.objects.get().kind == "programme.attachment.added"


def test_one_where_one_is_asked_several_where_they_may_be(candidacy, joined, lead, pdf, at):
    with pytest.raises(Refused, match="Une seule pièce"):
        attachments.add(candidacy=candidacy, requirement="deliberation", uploads=[pdf()], by=lead, at=at)


def test_several_are_all_taken_or_none(candidacy, several, lead, pdf, at):
    bad = SimpleUploadedFile("virus.exe", b"MZ", content_type="application/pdf")
    with pytest.raises(UploadRefused):
        attachments.add(candidacy=candidacy, requirement="deliberation", uploads=[pdf(), bad], by=lead, at=at)
    assert not Attachment.objects.exists()
    added = attachments.add(
        candidacy=candidacy, requirement="deliberation", uploads=[pdf("a.pdf"), pdf("b.pdf")], by=lead, at=at
    )
    assert [a.file.name for a in added] == ["a.pdf", "b.pdf"]
    with pytest.raises(Refused, match="Pas plus de 20"):
        attachments.add(candidacy=candidacy, requirement="deliberation", uploads=[pdf()] * 19, by=lead, at=at)


def test_taking_off_can_be_undone(candidacy, joined, lead, at):
    attachments.remove(attachment=joined, by=lead, at=at)
    assert not candidacy.attachments.filter(removed_at__isnull=True).exists()
    attachments.put_back(attachment=joined, by=lead, at=at)
    assert candidacy.attachments.get(removed_at__isnull=True) == joined


def test_the_old_one_does_not_come_back_beside_the_new(joined, lead, pdf, at):
    new = attachments.replace(attachment=joined, upload=pdf("signee.pdf"), by=lead, at=at)
    with pytest.raises(Refused, match="a pris sa place"):
        attachments.put_back(attachment=joined, by=lead, at=at)
    with pytest.raises(Refused):
        attachments.replace(attachment=joined, upload=pdf(), by=lead, at=at)
    attachments.remove(attachment=new, by=lead, at=at)
    joined.refresh_from_db()
    attachments.put_back(attachment=joined, by=lead, at=at)


def test_the_page_joins_and_shows_without_script(client, candidacy, lead, pdf):
    client.force_login(lead)
    add = reverse("programme:attachment_add", args=[candidacy.public_id, "deliberation"])
    page = text_of(client.post(add, {"file": pdf()}, follow=True))
    assert "deliberation.pdf" in page
    assert "Inès Martin" in page
    one = Attachment.objects.get()
    page = text_of(client.post(doors(one)["attachment_remove"], follow=True))
    assert "« deliberation.pdf », retirée par Inès Martin" in page
    page = text_of(client.post(doors(one)["attachment_put_back"], follow=True))
    assert "Retirer « deliberation.pdf »" in page
    page = text_of(client.post(doors(one)["attachment_replace"], {"file": pdf("signee.pdf")}, follow=True))
    assert "Retirer « signee.pdf »" in page


@pytest.mark.parametrize(
    "upload",
    [
        None,
        SimpleUploadedFile("vide.pdf", b""),
        SimpleUploadedFile("faux.pdf", b"pas un pdf"),
        SimpleUploadedFile("virus.exe", b"MZ\x00"),
        SimpleUploadedFile("sans-extension", b"%PDF-1.7"),
        SimpleUploadedFile("é" * 300 + ".pdf", b"<script>"),
    ],
    ids=["none", "empty", "fake", "exe", "bare", "long"],
)
def test_a_refused_upload_says_why_and_keeps_the_rest(client, candidacy, joined, lead, upload):
    client.force_login(lead)
    data = {"file": upload} if upload else {}
    response = client.post(doors(joined)["attachment_replace"], data)
    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)
    assert candidacy.attachments.get(removed_at__isnull=True) == joined


def test_too_heavy_is_said_in_words(client, candidacy, lead, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    client.force_login(lead)
    add = reverse("programme:attachment_add", args=[candidacy.public_id, "deliberation"])
    response = client.post(add, {"file": SimpleUploadedFile("gros.pdf", b"%PDF-1.7" + b"0" * 2000)})
    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)
    assert not Attachment.objects.exists()


def test_an_unknown_requirement_is_not_found(client, candidacy, lead, pdf):
    client.force_login(lead)
    add = reverse("programme:attachment_add", args=[candidacy.public_id, "rien"])
    assert client.post(add, {"file": pdf()}).status_code == 404


def read(response):
    return BytesIO(b"".join(response.streaming_content)).getvalue()


def test_a_document_is_served_to_those_who_see_the_file(client, candidacy, joined):
    for someone, status in [
        (national(Role.ADVISER), 200),
        (of_delegation(Role.HEAD, covers=[candidacy.territory]), 200),
        (of_delegation(Role.VOLUNTEER, covers=[candidacy.territory]), 404),
        (UserFactory(), 404),
    ]:
        client.force_login(someone)
        response = client.get(doors(joined)["attachment"])
        assert response.status_code == status
        if status == 200:
            assert read(response).startswith(b"%PDF")
            assert response["Content-Disposition"].startswith("attachment")


def test_one_taken_off_stays_the_collectivites_own_unless_it_was_handed_over(client, complete, lead, at):
    one = complete.attachments.get()
    attachments.remove(attachment=one, by=lead, at=at)
    adviser = national(Role.ADVISER)
    client.force_login(adviser)
    assert client.get(doors(one)["attachment"]).status_code == 404
    client.force_login(lead)
    assert client.get(doors(one)["attachment"]).status_code == 200
    attachments.put_back(attachment=one, by=lead, at=at)
    submissions.submit(candidacy=complete, by=lead, at=at)
    Attachment.objects.update(removed_at=at, removed_by=lead)
    client.force_login(adviser)
    assert client.get(doors(one)["attachment"]).status_code == 200


def test_others_change_nothing(client, candidacy, joined, pdf):
    for someone, status in [(national(), 403), (UserFactory(), 404)]:
        client.force_login(someone)
        for name in ("attachment_remove", "attachment_put_back", "attachment_replace"):
            assert client.post(doors(joined)[name], {"file": pdf()}).status_code == status
        add = reverse("programme:attachment_add", args=[candidacy.public_id, "deliberation"])
        assert client.post(add, {"file": pdf()}).status_code == status
    assert candidacy.attachments.get(removed_at__isnull=True) == joined


def test_a_document_not_handed_over_yet_is_not_fetched_by_those_who_only_read(complete, lead, pdf, at, client):
    """During corrections, after they are taken back, or once withdrawn: what was never sent stays a draft."""
    submissions.submit(candidacy=complete, by=lead, at=at)
    sent = complete.attachments.get()
    Candidacy.objects.filter(pk=complete.pk).update(status=Status.CORRECTION)
    correction = Correction.objects.create(
        candidacy=complete, after=complete.submissions.get(), due_on=at.date(), asked_at=at, asked_by=lead
    )
    CorrectionItem.objects.create(correction=correction, question="deliberation", reason="Illisible.")
    new = attachments.replace(attachment=sent, upload=pdf("nouvelle.pdf"), by=lead, at=at)
    expert, adviser = national(Role.EXPERT), national(Role.ADVISER)
    head, volunteer = (of_delegation(role, covers=[complete.territory]) for role in (Role.HEAD, Role.VOLUNTEER))
    Opinion.objects.create(candidacy=complete, asked_of=expert, due_on=at.date(), asked_at=at, asked_by=adviser)
    for status in (Status.CORRECTION, Status.UNDER_REVIEW):
        Candidacy.objects.filter(pk=complete.pk).update(status=status)
        for person, sees_the_draft in ((expert, 404), (volunteer, 404), (head, 200), (adviser, 200), (lead, 200)):
            client.force_login(person)
            assert client.get(doors(new)["attachment"]).status_code == sees_the_draft, (status, person.email)
            assert client.get(doors(sent)["attachment"]).status_code == 200, (status, person.email)
            page = client.get(reverse("programme:file_documents", args=[complete.public_id])).content.decode()
            assert ("nouvelle.pdf" in page) == (sees_the_draft == 200), (status, person.email)
