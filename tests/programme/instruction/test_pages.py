"""The pages of the instruction: who opens them, what they show, what they do with bad input."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.programme.actions import corrections, messages, notes
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy, Correction, Message, Note, Opinion
from tests.accounts.factories import national
from tests.programme.factories import COMPLETE, CandidacyFactory
from tests.programme.instruction.files import paper, submit
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HOSTILE = "<script>alert(1)</script>\u202e{{ user.email }}%(x)s '\"; DROP TABLE -- \U0001f9d2"


# --- Reading -------------------------------------------------------------------------------------------------


def test_the_page_says_who_the_city_is_and_what_changed(client, candidacy, people, at):
    epci = EpciFactory(name="Métropole Rouen Normandie")
    candidacy.territory.epci = epci
    candidacy.territory.save()
    twin = CandidacyFactory(status=Status.FILED, organisation__territory=epci)
    changed = COMPLETE | {"motivation": "Parce que les enfants comptent vraiment.", "conseil": True}
    submit(candidacy, at=at, answers=changed, documents={"deliberation": [paper(at=at)]})
    client.force_login(people.adviser)
    page = client.get(reverse("programme:review", args=[candidacy.public_id])).text
    assert "116\u202f331" in page
    assert reverse("programme:review", args=[twin.public_id]) in page
    assert "vraiment" in page.split("<ins>")[1].split("</ins>")[0]
    assert "<del>Non</del>" in page
    assert "<ins>Oui</ins>" in page
    assert "3\N{NO-BREAK SPACE}" in page or "3 changements" in page
    older = client.get(reverse("programme:review", args=[candidacy.public_id]) + "?depot=1").text
    assert "n’est pas le dernier" in older
    assert "vraiment" not in older


@pytest.mark.parametrize("number", ["0", "3", "99999999", "²", "-1", "un", "1;DROP", ""])
def test_a_submission_that_is_not_there_is_not_found(number, client, candidacy, people):
    client.force_login(people.adviser)
    status = client.get(reverse("programme:review", args=[candidacy.public_id]), {"depot": number}).status_code
    assert status == 404


def test_a_file_not_yet_submitted_says_so(client, candidacy, people):
    candidacy.submissions.all().delete()
    client.force_login(people.adviser)
    page = client.get(reverse("programme:review", args=[candidacy.public_id]))
    assert (page.status_code, "Rien à lire" in page.text) == (200, True)


def test_reading_costs_the_same_however_much_was_said(
    client, candidacy, people, everything, at, django_assert_max_num_queries
):
    client.force_login(people.manager)
    address = reverse("programme:review", args=[candidacy.public_id])
    for n in range(5):
        notes.add(candidacy=candidacy, text=f"Note {n}", question="conseil", by=people.adviser, at=at)
        messages.write(candidacy=candidacy, text=f"Message {n}", by=people.lead, at=at)
        submit(candidacy, at=at, answers=COMPLETE | {"enfants": n})
    with django_assert_max_num_queries(24):
        assert client.get(address).status_code == 200


def test_a_submitted_document_is_served_even_after_it_left_the_file(client, people, everything):
    client.force_login(people.volunteer)
    address = reverse("programme:review_document", args=[everything["public_id"], everything["file_id"]])
    response = client.get(address)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_file_of_another_candidacy_is_not_served(client, people, everything, at):
    other = paper("secret.pdf", b"%PDF-1.7 autre", at=at)
    client.force_login(people.manager)
    address = reverse("programme:review_document", args=[everything["public_id"], other["file"]])
    assert client.get(address).status_code == 404


def test_opening_the_review_from_the_page(client, candidacy, people):
    Candidacy.objects.update(status=Status.FILED)
    client.force_login(people.adviser)
    address = reverse("programme:open_review", args=[candidacy.public_id])
    assert "Ouvrir l’instruction" in client.get(reverse("programme:review", args=[candidacy.public_id])).text
    assert client.post(address).status_code == 302
    again = client.post(address)
    assert (again.status_code, 'role="alert"' in again.text) == (200, True)


def test_what_was_typed_for_corrections_is_kept_when_something_is_missing(client, candidacy, people):
    client.force_login(people.adviser)
    address = reverse("programme:ask_correction", args=[candidacy.public_id])
    page = client.post(address, {"motif-motivation": "Trop court & vague", "due_on": "hier", "clock": "runs"})
    assert page.status_code == 422
    assert "Trop court &amp; vague" in page.text
    assert not Correction.objects.exists()


@pytest.mark.parametrize(("clock", "stops"), [("stops", True), ("runs", False)])
def test_corrections_are_asked_from_the_reading_page(clock, stops, client, candidacy, people, at):
    client.force_login(people.adviser)
    due = (at.date() + timedelta(days=21)).isoformat()
    address = reverse("programme:ask_correction", args=[candidacy.public_id])
    fields = {
        "motif-motivation": "Trop court",
        "motif-conseil": " ",
        "motif-inconnue": "x",
        "due_on": due,
        "clock": clock,
    }
    assert client.post(address, fields).status_code == 302
    one = Correction.objects.get()
    assert ([item.question for item in one.items.all()], one.stops_clock) == (["motivation"], stops)
    page = client.get(reverse("programme:review", args=[candidacy.public_id])).text
    assert ("est arrêté" in page, "continue de courir" in page) == (stops, not stops)


def test_item_by_item_what_became_of_the_corrections(client, candidacy, people, at):
    asked = corrections.ask(
        candidacy=candidacy, items={"motivation": "Trop court", "enfants": "À vérifier"},
        due_on=at.date() + timedelta(days=9), stops_clock=True, by=people.adviser, at=at,
    )  # fmt: skip
    answer = submit(candidacy, at=at, answers=COMPLETE | {"motivation": "Bien plus long."})
    Correction.objects.filter(pk=asked.pk).update(closed_at=at, answered_with=answer)
    Candidacy.objects.update(status=Status.UNDER_REVIEW)
    client.force_login(people.adviser)
    page = client.get(reverse("programme:review", args=[candidacy.public_id])).text
    assert "Ce que la collectivité a fait" in page
    assert page.count("modifié</span>") == page.count("inchangé</span>") == 1


BAD = [{}, {"text": ""}, {"text": "x" * 200_000}, {"text": "a\0b"}, {"text": "x", "question": HOSTILE}]


@pytest.mark.parametrize("fields", BAD)
@pytest.mark.parametrize("door", ["add_note", "messages"])
def test_bad_input_is_answered_in_french_and_never_a_500(door, fields, client, candidacy, people):
    client.force_login(people.adviser)
    response = client.post(reverse(f"programme:{door}", args=[candidacy.public_id]), fields)
    assert response.status_code in {200, 422}
    assert 'role="alert"' in response.text
    assert "<script>alert" not in response.text
    assert not Note.objects.exists()
    assert not Message.objects.exists()


def test_hostile_words_are_shown_as_words(client, candidacy, people, at):
    client.force_login(people.adviser)
    client.post(reverse("programme:messages", args=[candidacy.public_id]), {"text": HOSTILE})
    client.post(reverse("programme:add_note", args=[candidacy.public_id]), {"text": HOSTILE, "question": "conseil"})
    submit(candidacy, at=at, answers=COMPLETE | {"motivation": HOSTILE})
    for name in ("review", "messages", "review_print"):
        page = client.get(reverse(f"programme:{name}", args=[candidacy.public_id])).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


# --- Messages ------------------------------------------------------------------------------------------------


def test_both_sides_talk_and_say_when_nobody_waits(client, candidacy, people):
    address = reverse("programme:messages", args=[candidacy.public_id])
    client.force_login(people.lead)
    joined = SimpleUploadedFile("plan.png", PNG, "image/png")
    assert client.post(address, {"text": "Voici le plan", "question": "conseil", "file": joined}).status_code == 302
    message = Message.objects.get()
    assert "réponse attendue" in client.get(address).text
    document = reverse("programme:message_document", args=[candidacy.public_id, message.public_id])
    assert b"".join(client.get(document).streaming_content).startswith(b"\x89PNG")
    client.force_login(people.adviser)
    assert "à vous de répondre" in client.get(address).text
    client.post(reverse("programme:settle_message", args=[candidacy.public_id, message.public_id]))
    assert "personne n’attend" in client.get(address).text


def test_a_file_that_is_not_accepted_loses_no_words(client, candidacy, people):
    client.force_login(people.lead)
    joined = SimpleUploadedFile("programme.exe", b"MZ\x90\x00" * 50)
    page = client.post(
        reverse("programme:messages", args=[candidacy.public_id]), {"text": "Mes mots précieux", "file": joined}
    )
    assert (page.status_code, "Mes mots précieux" in page.text, 'role="alert"' in page.text) == (200, True, True)


@pytest.mark.parametrize("who", ["head", "volunteer"])
def test_the_delegation_reads_and_does_not_write(who, client, candidacy, people):
    client.force_login(getattr(people, who))
    address = reverse("programme:messages", args=[candidacy.public_id])
    page = client.get(address)
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert client.post(address, {"text": "Bonjour"}).status_code == 403


def test_the_thread_costs_the_same_however_long(client, candidacy, people, at, django_assert_max_num_queries):
    for n in range(6):
        messages.write(candidacy=candidacy, text=f"Message {n}", by=people.lead, at=at + timedelta(minutes=n))
    client.force_login(people.lead)
    with django_assert_max_num_queries(14):
        client.get(reverse("programme:messages", args=[candidacy.public_id]))


# --- Opinions ------------------------------------------------------------------------------------------------


def test_the_person_asked_reads_the_file_keeps_a_draft_and_answers(client, people, opinion):
    address = reverse("programme:opinion", args=[opinion.public_id])
    client.force_login(people.expert)
    page = client.get(address).text
    assert "Parce que les enfants comptent." in page
    assert "seule l’équipe nationale" in page
    client.post(address, {"text": "Un début", "draft": "1"})
    assert "Un début" in client.get(address).text
    missing = client.post(address, {"text": "Un début"})
    assert ('role="alert"' in missing.text, "Un début" in missing.text) == (True, True)
    assert client.post(address, {"text": "Tout vu", "advice": "reserved"}).status_code == 302
    assert Opinion.objects.get().given_at is not None
    assert "<textarea" not in client.get(address).text


def test_access_closes_with_the_request(client, people, opinion):
    client.force_login(people.adviser)
    client.post(reverse("programme:revoke_opinion", args=[opinion.public_id]), {"reason": "Erreur"})
    client.force_login(people.expert)
    assert client.get(reverse("programme:opinion", args=[opinion.public_id])).status_code == 404
    assert client.get(reverse("programme:review", args=[opinion.candidacy.public_id])).status_code == 404


def test_asking_from_the_page(client, candidacy, people, at):
    client.force_login(people.adviser)
    address = reverse("programme:ask_opinion", args=[candidacy.public_id])
    page = client.get(address).text
    assert people.volunteer.public_id in page
    assert people.volunteer_elsewhere.public_id not in page
    fields = {"asked_of": people.volunteer_elsewhere.public_id, "due_on": (at.date() + timedelta(days=9)).isoformat()}
    assert "bénévole de la délégation" in client.post(address, fields).text
    assert client.post(address, fields | {"asked_of": people.volunteer.public_id}).status_code == 302
    assert Opinion.objects.get().asked_of == people.volunteer


def test_an_overdue_opinion_shows(client, people, opinion, at, time_machine):
    time_machine.move_to(at + timedelta(days=30), tick=False)
    client.force_login(people.expert)
    assert "en retard" in client.get(reverse("programme:opinions")).text
    client.force_login(people.adviser)
    assert "en retard" in client.get(reverse("programme:review", args=[opinion.candidacy.public_id])).text


def test_stepping_aside_from_the_page_closes_it(client, people, candidacy):
    client.force_login(people.volunteer)
    address = reverse("programme:declare_conflict", args=[candidacy.public_id])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Mon frère est maire"}).status_code == 302
    assert client.get(address).status_code == 404


# --- Assignment ----------------------------------------------------------------------------------------------


def test_unassigned_files_are_given_by_departement(client, people, departement, django_assert_max_num_queries):
    for n in range(4):
        CandidacyFactory(
            status=Status.FILED,
            organisation__territory=TerritoryFactory(departement=departement if n else DepartementFactory()),
        )
    client.force_login(people.manager)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("programme:assignments"))
    assert page.text.count('name="candidacies"') == 4
    chosen = list(Candidacy.objects.filter(adviser=None).values_list("public_id", flat=True)[:3])
    nobody = client.post(reverse("programme:assignments"), {"candidacies": chosen})
    assert (nobody.status_code, nobody.text.count(" checked")) == (422, 3)
    fields = {"candidacies": chosen, "adviser": people.adviser.public_id}
    assert client.post(reverse("programme:assignments"), fields).status_code == 302
    assert Candidacy.objects.filter(adviser=people.adviser, public_id__in=chosen).count() == 3


@pytest.mark.parametrize("role", [Role.ADVISER, Role.EXPERT])
def test_only_managers_assign(role, client):
    client.force_login(national(role))
    assert client.get(reverse("programme:assignments")).status_code == 403


def test_following_one_file(client, candidacy, people):
    client.force_login(people.manager)
    address = reverse("programme:assign", args=[candidacy.public_id])
    delegation = people.head.memberships.get().organisation
    fields = {"adviser": people.manager.public_id, "delegation": delegation.public_id}
    assert client.get(address).status_code == 200
    assert client.post(address, fields).status_code == 302
    found = Candidacy.objects.get(pk=candidacy.pk)
    assert (found.adviser, found.delegation) == (people.manager, delegation)
    assert client.post(address, {"adviser": "nimportequi"}).status_code == 422


def test_taking_over_and_giving_back_from_the_page(client, candidacy, people):
    client.force_login(people.manager)
    address = reverse("programme:takeover")
    assert client.get(address).status_code == 200
    assert candidacy.public_id in client.get(address, {"absent": people.adviser.public_id}).text
    fields = {
        "absent": people.adviser.public_id, "taker": people.manager.public_id, "candidacies": [candidacy.public_id],
    }  # fmt: skip
    assert client.post(address, fields).status_code == 302
    assert Candidacy.objects.get(pk=candidacy.pk).adviser == people.manager
    page = client.get(address).text
    batch = page.split("/reprises/")[1].split("/rendre/")[0]
    assert client.post(reverse("programme:take_back", args=[batch])).status_code == 302
    assert Candidacy.objects.get(pk=candidacy.pk).adviser == people.adviser
    assert client.post(reverse("programme:take_back", args=[batch])).status_code == 404


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
