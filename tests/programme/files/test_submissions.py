"""Handing a file over: what is frozen, who is told, what is refused and why."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import No, NotNow, Refused
from marelle.notifications.models import Mail
from marelle.programme import signals
from marelle.programme.actions import attachments, submissions
from marelle.programme.enums import Move, Status
from marelle.programme.models import Correction, CorrectionItem, Submission
from marelle.programme.queries import files
from marelle.programme.rules import files as rules
from marelle.programme.rules.moves import can_move
from tests.accounts.factories import lead_of, member_of, national, of_delegation


def correction_of(candidacy, submission, **reasons):
    """The team asks to correct these fields."""
    correction = Correction.objects.create(
        candidacy=candidacy,
        after=submission,
        due_on=date(2026, 12, 15),
        asked_at=submission.submitted_at,
        asked_by=national(),
    )
    for key, reason in reasons.items():
        CorrectionItem.objects.create(correction=correction, question=key, reason=reason)
    candidacy.status = Status.CORRECTION
    candidacy.save()
    return correction


@pytest.fixture
def submission(complete, lead, at):
    one = submissions.submit(candidacy=complete, by=lead, at=at)
    complete.refresh_from_db()
    return one


def test_what_was_said_is_frozen_with_its_fingerprint(complete, submission, lead, at):
    attachment = complete.attachments.get()
    assert submission.content == {
        "version": 1,
        "answers": {"motivation": "Parce que les enfants comptent.", "enfants": 214, "conseil": False},
        "documents": {
            "deliberation": [
                {"file": attachment.file.public_id, "name": "deliberation.pdf", "sha256": attachment.file.sha256}
            ]
        },
    }
    said = json.dumps(submission.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert submission.digest == sha256(said.encode()).hexdigest()
    assert (submission.number, submission.submitted_by, submission.submitted_at) == (1, lead, at)
    assert (complete.status, complete.status_since, complete.last_activity_at) == (Status.FILED, at, at)
    entry = Entry.objects.get(kind="programme.file.submitted")
    assert entry.details == {"number": 1, "digest": submission.digest}


def test_the_receipt_says_who_when_and_the_fingerprint(submission):
    with submission.receipt.content.open() as content:
        reader = PdfReader(BytesIO(content.read()))
        text = " ".join(page.extract_text() for page in reader.pages).replace("\xa0", " ")
    assert submission.digest in "".join(text.split())
    for words in ("Rouen", "Inès Martin", "24 novembre 2026 à 10 h 30", "deliberation.pdf", "Pourquoi cette démarche"):
        assert words in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_writers_adviser_and_delegation_are_told(complete, lead, colleague, at, commit):
    signatory = member_of(complete.organisation, Role.SIGNATORY)
    adviser, head = national(Role.ADVISER), of_delegation(Role.HEAD)
    complete.adviser, complete.delegation = adviser, head.memberships.get().organisation
    complete.save()
    with commit():
        submissions.submit(candidacy=complete, by=lead, at=at)
    told = {message.to[0]: message for message in mail.outbox}
    assert set(told) == {lead.email, colleague.email, adviser.email, head.email}
    assert signatory.email not in told
    assert "votre récépissé" in told[lead.email].subject
    assert "dépose son dossier" in told[adviser.email].subject
    assert f"/dossiers/{complete.public_id}/depots/1/" in told[lead.email].body
    assert f"/{complete.public_id}/instruction/" in told[adviser.email].body


def test_managers_are_told_when_nobody_follows_the_file_yet(complete, lead, at):
    manager = national(Role.MANAGER)
    submissions.submit(candidacy=complete, by=lead, at=at)
    assert Mail.objects.filter(to_user=manager).count() == 1


def test_the_floors_above_hear_of_it_once_it_is_committed(complete, lead, at, commit):
    heard = []

    def listen(sender, submission, **more):
        heard.append(submission)

    signals.candidacy_submitted.connect(listen)
    try:
        with commit():
            one = submissions.submit(candidacy=complete, by=lead, at=at)
            assert heard == []
    finally:
        signals.candidacy_submitted.disconnect(listen)
    assert heard == [one]


def test_the_gate_lists_exactly_what_is_missing(candidacy, lead, write, at):
    file = files.file_of(candidacy)
    assert [m.key for m in file.missing] == ["motivation", "enfants", "conseil", "deliberation"]
    assert [m.key for m in file.welcome] == ["themes"]
    write(motivation="Parce que.", enfants={"raw": "deux cents"}, conseil=True)
    file = files.file_of(candidacy)
    assert [m.key for m in file.missing] == ["enfants", "conseil-role", "deliberation"]
    assert [(p.key, p.done, p.total) for p in file.parts] == [
        ("collectivite", 1, 2),
        ("ecouter", 1, 2),
        ("pieces", 0, 1),
    ]
    with pytest.raises(Refused, match="Il manque encore 3 éléments"):
        submissions.submit(candidacy=candidacy, by=lead, at=at)
    assert not Submission.objects.exists()


def test_an_answer_that_is_no_longer_asked_is_kept_but_not_handed_over(complete, lead, write, at):
    write(conseil=True)
    write(conseil_role="Donner son avis.")
    write(conseil=False)
    one = submissions.submit(candidacy=complete, by=lead, at=at)
    assert "conseil-role" not in one.content["answers"]
    assert complete.answers.get(question="conseil-role").value == "Donner son avis."


@pytest.mark.parametrize(
    ("moment", "due_at", "answer"),
    [
        (datetime(2026, 8, 1, tzinfo=UTC), None, "Le dépôt ouvre le 1 septembre 2026 à 0 h"),
        (datetime(2027, 2, 28, 17, 0, tzinfo=UTC), None, True),
        (
            datetime(2027, 2, 28, 17, 0, 1, tzinfo=UTC),
            None,
            "La date limite de dépôt est passée (28 février 2027 à 18 h)",
        ),
        (datetime(2027, 3, 5, tzinfo=UTC), datetime(2027, 3, 10, tzinfo=UTC), True),
        (datetime(2027, 1, 5, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), "La date limite de dépôt est passée"),
    ],
)
def test_a_file_is_handed_over_in_time(complete, lead, moment, due_at, answer):
    complete.due_at = due_at
    complete.save()
    said = rules.can_submit(lead, complete, at=moment)
    assert said is True if answer is True else said.reason.startswith(answer)


def test_the_table_of_moves_asks_the_same_gate(complete, lead):
    with time_machine.travel(datetime(2026, 11, 24, 9, 30, tzinfo=UTC)):
        assert can_move(lead, complete, Move.SUBMIT) is True
        complete.attachments.update(removed_at=datetime(2026, 11, 24, tzinfo=UTC), removed_by=lead)
        assert isinstance(can_move(lead, complete, Move.SUBMIT), NotNow)
    with time_machine.travel(datetime(2027, 4, 1, tzinfo=UTC)):
        assert "date limite" in can_move(lead, complete, Move.SUBMIT).reason


WRITES = {Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR}
SUBMITS = {Role.LEAD, Role.ELECTED}


def person(who, candidacy):
    if who in {Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR, Role.SIGNATORY}:
        return member_of(candidacy.organisation, who)
    if who in {Role.MANAGER, Role.ADVISER, Role.EXPERT, Role.SAFEGUARDING}:
        return national(who)
    if who == "another lead":
        from tests.programme.factories import CandidacyFactory

        return lead_of(CandidacyFactory().organisation)
    return of_delegation(who, covers=[candidacy.territory])


EVERYONE = [
    Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR, Role.SIGNATORY, Role.MANAGER, Role.ADVISER, Role.EXPERT,
    Role.SAFEGUARDING, Role.HEAD, Role.VOLUNTEER, "another lead",
]  # fmt: skip


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("who", EVERYONE)
def test_who_writes_and_who_hands_over_in_each_state(complete, at, who, status):
    user = person(who, complete)
    complete.status = status
    written = rules.can_write(user, complete)
    submitted = rules.can_submit(user, complete, at=at)
    resubmitted = rules.can_resubmit(user, complete, at=at)

    def kind(answer):
        return True if answer is True else type(answer)

    writable = status in {Status.DRAFT, Status.CORRECTION}
    assert kind(written) is (No if who not in WRITES else True if writable else NotNow)
    assert kind(submitted) is (No if who not in SUBMITS else True if status == Status.DRAFT else NotNow)
    assert kind(resubmitted) is (No if who not in SUBMITS else True if status == Status.CORRECTION else NotNow)
    assert all(answer is True or answer.reason for answer in (written, submitted, resubmitted))


def test_a_contributor_sees_why_they_do_not_hand_over(client, complete, colleague, at):
    from django.urls import reverse

    client.force_login(colleague)
    page = client.get(reverse("programme:file_check", args=[complete.public_id])).content.decode()
    assert "la personne référente ou à l’élu·e de référence" in page
    with pytest.raises(PermissionDenied):
        submissions.submit(candidacy=complete, by=colleague, at=at)


# --- Corrections -------------------------------------------------------------------------------------------------


def test_during_corrections_only_what_is_named_and_what_it_opens_may_change(complete, submission, lead, write):
    correction_of(complete, submission, conseil="Votre site dit autre chose.")
    assert rules.can_write(lead, complete, "conseil") is True
    assert rules.can_write(lead, complete, "conseil-role") is True
    for locked in ("motivation", "deliberation"):
        assert isinstance(rules.can_write(lead, complete, locked), NotNow)
    outcomes = write(conseil=True, motivation="Autre chose.")
    assert outcomes == {"conseil": "saved", "motivation": "locked"}
    assert complete.answers.get(question="motivation").value == "Parce que les enfants comptent."


def test_a_corrected_file_goes_back_under_review_and_answers_the_correction(complete, submission, lead, write, at):
    correction = correction_of(complete, submission, enfants="Comptez chaque enfant une fois.")
    assert files.file_of(complete).changed == set()
    write(enfants=200)
    assert files.file_of(complete).changed == {"enfants"}
    later = at + timedelta(days=40)  # Late is better than never.
    second = submissions.resubmit(candidacy=complete, by=lead, at=later)
    correction.refresh_from_db()
    complete.refresh_from_db()
    assert (second.number, second.content["answers"]["enfants"]) == (2, 200)
    assert (correction.closed_at, correction.answered_with) == (later, second)
    assert complete.status == Status.UNDER_REVIEW
    assert Submission.objects.get(number=1).content["answers"]["enfants"] == 214
    assert Entry.objects.filter(kind="programme.file.resubmitted").count() == 1


def test_a_document_named_in_a_correction_may_be_replaced(complete, submission, lead, pdf, at):
    correction_of(complete, submission, deliberation="Il manque la signature.")
    old = complete.attachments.get()
    attachments.replace(attachment=old, upload=pdf("signee.pdf"), by=lead, at=at)
    assert files.file_of(complete).changed == {"deliberation"}
    assert submission.content["documents"]["deliberation"][0]["file"] == old.file.public_id


def test_submitting_twice_is_refused(complete, submission, lead, at):
    with pytest.raises(Refused, match="déposé"):
        submissions.submit(candidacy=complete, by=lead, at=at)
    assert Submission.objects.count() == 1


def test_an_answer_the_new_version_no_longer_knows_counts_as_missing(complete, write):
    write(themes=["rue"])
    version = complete.version
    sections = [
        section
        | {
            "questions": [
                q | {"options": [{"key": "mer", "label": "Mer"}]} if q["key"] == "themes" else q
                for q in section["questions"]
            ]
        }
        for section in version.content["sections"]
    ]
    version.content, version.digest = version.content | {"sections": sections}, "m" * 64
    version.save()
    file = files.file_of(complete)
    assert [(m.key, m.reason) for m in file.missing] == [("themes", "Choisissez parmi les réponses proposées.")]
    assert "themes" not in file.content["answers"]


def test_pages_of_a_submission(client, complete, submission, lead, at):
    from django.urls import reverse

    page = reverse("programme:submission", args=[complete.public_id, 1])
    receipt = reverse("programme:receipt", args=[complete.public_id, 1])
    volunteer = of_delegation(Role.VOLUNTEER, covers=[complete.territory])
    for someone, status in [(lead, 200), (volunteer, 200), (national(), 200), (lead_of_another(), 404)]:
        client.force_login(someone)
        assert client.get(page).status_code == status
        assert client.get(receipt).status_code == status
    client.force_login(lead)
    body = client.get(page).content.decode()
    assert submission.digest in body
    assert "rien d’autre à faire" in body
    assert client.get(reverse("programme:submission", args=[complete.public_id, 2])).status_code == 404


def lead_of_another():
    from tests.programme.factories import CandidacyFactory

    return lead_of(CandidacyFactory().organisation)


def test_a_whole_journey_on_the_page(client, candidacy, lead, pdf):
    """Answers, a document, the gate, the deposit, its receipt: only by pages and forms."""
    from django.urls import reverse

    def door(name, *args):
        return reverse(f"programme:{name}", args=[candidacy.public_id, *args])

    client.force_login(lead)
    with time_machine.travel(datetime(2026, 11, 24, 9, 30, tzinfo=UTC)):
        refused = client.post(door("file_submit"))
        assert "Il manque encore 4 éléments" in refused.content.decode()
        client.post(
            door("file_section", "collectivite"),
            {"q-motivation": "Oui.", "r-motivation": "0", "q-enfants": "12", "r-enfants": "0"},
        )
        client.post(door("file_section", "ecouter"), {"q-conseil": "non", "r-conseil": "0"})
        client.post(door("attachment_add", "deliberation"), {"file": pdf()})
        assert "Rien ne manque" in client.get(door("file_check")).content.decode()
        done = client.post(door("file_submit"))
        assert done["Location"] == door("submission", 1)
        assert "récépissé" in client.get(done["Location"]).content.decode()
        assert "Déposé</strong>" in client.get(door("file")).content.decode()
        again = client.post(door("file_submit"))
        assert again.status_code == 200
    assert Submission.objects.count() == 1


def test_internal_notes_are_printed_nowhere(client, complete, lead, at):
    from django.urls import reverse

    from marelle.programme.models import Note
    from marelle.programme.queries import papers

    Note.objects.create(candidacy=complete, text="SECRET DE L’ÉQUIPE", at=at, by=national())
    client.force_login(lead)
    for name in ("file", "file_print", "file_check"):
        assert "SECRET" not in client.get(reverse(f"programme:{name}", args=[complete.public_id])).content.decode()
    assert "SECRET" not in json.dumps(papers.whole(files.file_of(complete)))
    content = client.get(reverse("programme:file_pdf", args=[complete.public_id])).content
    assert PdfReader(BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_what_is_not_sent_back_yet_is_read_by_those_who_follow_the_file_alone(client, complete, submission, write, at):
    from django.urls import reverse

    from marelle.programme.models import Opinion

    correction_of(complete, submission, motivation="Précisez.")
    write(motivation="Pas encore renvoyé.")
    expert = national(Role.EXPERT)
    Opinion.objects.create(
        candidacy=complete, asked_of=expert, due_on=date(2026, 12, 24), asked_at=at, asked_by=national()
    )
    page = reverse("programme:file_section", args=[complete.public_id, "collectivite"])
    printed = reverse("programme:file_print", args=[complete.public_id])
    for someone, sees in [
        (national(Role.ADVISER), True),
        (of_delegation(Role.HEAD, covers=[complete.territory]), True),
        (of_delegation(Role.VOLUNTEER, covers=[complete.territory]), False),
        (expert, False),
    ]:
        client.force_login(someone)
        for url in (page, printed):
            body = client.get(url).content.decode()
            assert ("Pas encore renvoyé." in body) is sees
            assert ("Parce que les enfants comptent." in body) is not sees
