"""A youth worker writes a questionnaire: list, question, bank, preview; and two of them at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marelle.participation.actions import builder as actions
from marelle.participation.definition import editing
from marelle.participation.enums import QuestionKind
from marelle.participation.models import Consultation, Recording
from tests.accounts.factories import CollectiviteFactory, lead_of
from tests.participation.factories import QUESTIONNAIRE, ConsultationFactory, open_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    consultation = ConsultationFactory()
    client.force_login(consultation.created_by)
    return consultation


def url(name, consultation, *more):
    return reverse(f"participation:{name}", args=[consultation.public_id, *more])


def do(client, consultation, act, **sent):
    consultation.refresh_from_db()
    sent = {"revision": consultation.draft_revision, "acte": act, **sent}
    return client.post(url("questionnaire_act", consultation), sent)


def keys(consultation):
    consultation.refresh_from_db()
    return [[question["key"] for question in section["questions"]] for section in consultation.draft["sections"]]


def write(client, consultation, key, **typed):
    """Open the question, type over what its form holds, save."""
    page = client.get(url("question", consultation, key))
    form = page.context["form"]
    sent = {"revision": form["revision"].value(), "seen": form["seen"].value(), "acte": "save"}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False, ""):
            sent[name] = value
    for n, row in enumerate(form.rows):
        sent |= {f"row-{n}": row.key, f"label-{n}-fr": row.label.get("fr", ""), f"picto-{n}": row.picto}
    return client.post(url("question", consultation, key), sent | typed)


# --- The list ------------------------------------------------------------------------------------------------


def test_questions_move_copy_and_go(client, draft):
    assert client.get(url("questionnaire", draft)).status_code == 200
    assert do(client, draft, "down", cle="age").status_code == 302
    assert keys(draft) == [["aime", "age", "manque", "ordre"], ["seul", "quoi"]]
    do(client, draft, "down", cle="ordre")
    assert keys(draft) == [["aime", "age", "manque"], ["ordre", "seul", "quoi"]]
    do(client, draft, "duplicate", cle="aime")
    assert keys(draft)[0] == ["aime", "q1", "age", "manque"]
    do(client, draft, "remove", cle="q1")
    assert keys(draft)[0] == ["aime", "age", "manque"]


def test_what_was_removed_comes_back_where_it_was(client, draft):
    before = keys(draft)
    do(client, draft, "remove", cle="manque")
    assert "est retirée" in client.get(url("questionnaire", draft)).content.decode()
    do(client, draft, "put_back")
    assert keys(draft) == before
    do(client, draft, "section_remove", cle="s1")
    assert keys(draft) == [["seul", "quoi"]]
    do(client, draft, "put_back")
    assert keys(draft) == before


def test_dragging_sends_the_whole_order(client, draft):
    order = {"s1": ["ordre", "age"], "s2": ["seul", "quoi", "aime", "manque"]}
    assert do(client, draft, "reorder", ordre=json.dumps(order)).status_code == 302
    assert keys(draft) == list(order.values())


@pytest.mark.parametrize("order", ["", "[]", '{"s1": ["age"]}', '{"s1": 3, "s2": []}', "{" * 50])
def test_an_order_that_loses_a_question_is_refused(client, draft, order):
    before = keys(draft)
    assert do(client, draft, "reorder", ordre=order).status_code == 200
    assert keys(draft) == before


def test_sections_are_named_and_moved(client, draft):
    do(client, draft, "section_add", titre="  Pour   finir ")
    assert draft.draft != Consultation.objects.get(pk=draft.pk).draft
    draft.refresh_from_db()
    assert [one["title"]["fr"] for one in draft.draft["sections"]][-1] == "Pour finir"
    do(client, draft, "section_up", cle="s3")
    draft.refresh_from_db()
    assert [one["key"] for one in draft.draft["sections"]] == ["s1", "s3", "s2"]


def test_the_list_costs_the_same_for_six_questions_and_for_sixty(client, draft, django_assert_max_num_queries):
    client.get(url("questionnaire", draft))
    many = QUESTIONNAIRE["sections"] * 1
    for _ in range(5):
        many = editing.append({"sections": many}, QUESTIONNAIRE["sections"])["sections"]
    Consultation.objects.filter(pk=draft.pk).update(draft={"sections": many})
    with django_assert_max_num_queries(9):
        assert client.get(url("questionnaire", draft)).status_code == 200


# --- A question ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_of_every_kind_is_added_and_opens(client, draft, kind):
    answer = client.post(url("question_add", draft), {"revision": draft.draft_revision, "genre": kind, "partie": "s1"})
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200


def test_a_question_is_written_with_its_answers_and_drawings(client, draft):
    answer = write(
        client, draft, "manque",
        **{"text-fr": "Que veux-tu ?", "label-0-fr": "De grands arbres", "row-4": "", "label-4-fr": "", "picto-4": "1F4A7", "most": "1"},
    )  # fmt: skip
    assert answer.status_code == 302
    draft.refresh_from_db()
    question = editing.question_in(draft.draft, "manque")
    assert question["text"] == {"fr": "Que veux-tu ?"}
    assert question["choices"][0] == {"key": "arbres", "label": {"fr": "De grands arbres"}, "picto": "1F333"}
    assert question["choices"][4] == {"key": "r1", "label": {"fr": "Goutte"}, "picto": "1F4A7"}
    assert question["most"] == 1
    assert "shuffle" in question


def test_rows_are_rearranged_without_saving(client, draft):
    answer = write(client, draft, "manque", acte="down:0")
    assert answer.status_code == 200
    assert [row.key for row in answer.context["form"].rows][:2] == ["bancs", "arbres"]
    assert len(write(client, draft, "manque", acte="more").context["form"].rows) == 8
    found = write(client, draft, "manque", acte="search:1", **{"search-1": "vélo"}).content.decode()
    assert 'value="1F6B2"' in found
    draft.refresh_from_db()
    assert draft.draft == QUESTIONNAIRE


def test_a_condition_looks_at_one_earlier_question(client, draft):
    assert write(client, draft, "ordre", only_if=["manque:arbres", "manque:jeux"]).status_code == 302
    draft.refresh_from_db()
    assert editing.question_in(draft.draft, "ordre")["only_if"] == {"question": "manque", "choices": ["arbres", "jeux"]}
    wrong = write(client, draft, "ordre", only_if=["manque:arbres", "aime:1"])
    assert "d’une seule question" in wrong.content.decode()
    assert write(client, draft, "ordre", only_if=["seul:yes"]).status_code == 422  # Asked later.


def test_places_are_typed_one_per_line_and_keep_their_keys(client, draft):
    client.post(url("question_add", draft), {"revision": draft.draft_revision, "genre": "place", "partie": "s1"})
    write(client, draft, "q1", **{"text-fr": "Où ?", "places": "Le parc\n\nLe stade\nle parc"})
    write(client, draft, "q1", **{"places": "La piscine\nLe stade"})
    draft.refresh_from_db()
    choices = editing.question_in(draft.draft, "q1")["choices"]
    assert [(one["key"], one["label"]["fr"]) for one in choices] == [("r3", "La piscine"), ("r2", "Le stade")]


def test_too_long_is_said_and_nothing_typed_is_lost(client, draft):
    answer = write(client, draft, "manque", **{"label-0-fr": "x" * 90, "text-fr": "Ma phrase"})
    assert answer.status_code == 422
    assert "Ma phrase" in answer.content.decode()
    assert "x" * 90 in answer.content.decode()


# --- Two people at once --------------------------------------------------------------------------------------


def test_a_save_that_comes_too_late_is_refused_and_keeps_what_was_typed(client, draft, at):
    page = client.get(url("question", draft, "aime"))
    typed = {"revision": draft.draft_revision, "seen": page.context["form"]["seen"].value(), "text-fr": "Ma version"}
    actions.change(
        consultation=draft,
        revision=draft.draft_revision,
        edit=lambda data: editing.change_question(data, "aime", text={"fr": "La leur"}),
        by=draft.created_by,
        at=at,
    )
    answer = client.post(url("question", draft, "aime"), typed)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "Ma version" in said
    assert "La leur" in said
    draft.refresh_from_db()
    assert editing.question_in(draft.draft, "aime")["text"]["fr"] == "La leur"
    form = answer.context["form"]
    again = typed | {"revision": form["revision"].value(), "seen": form["seen"].value()}
    assert client.post(url("question", draft, "aime"), again).status_code == 302  # Knowingly, now.


def test_two_people_write_two_questions_at_once(client, draft, at):
    seen = client.get(url("question", draft, "aime")).context["form"]["seen"].value()
    actions.change(
        consultation=draft,
        revision=draft.draft_revision,
        edit=lambda data: editing.change_question(data, "seul", text={"fr": "La leur"}),
        by=draft.created_by,
        at=at,
    )
    sent = {"revision": draft.draft_revision, "seen": seen, "text-fr": "La mienne"}
    assert client.post(url("question", draft, "aime"), sent).status_code == 302
    draft.refresh_from_db()
    assert [editing.question_in(draft.draft, key)["text"]["fr"] for key in ("aime", "seul")] == ["La mienne", "La leur"]


def test_an_old_page_removes_nothing(client, draft):
    answer = client.post(url("questionnaire_act", draft), {"revision": "0", "acte": "remove", "cle": "aime"})
    assert "pendant que vous écriviez" in answer.content.decode()
    assert "aime" in keys(draft)[0]


# --- While children answer -----------------------------------------------------------------------------------


def test_only_words_are_corrected_once_it_is_open(client):
    opened = open_consultation()
    client.force_login(opened.created_by)
    answer = write(
        client, opened, "manque", **{"text-fr": "Que manque-t-il ?", "label-0-fr": "Arbres", "picto-0": "1F431"}
    )
    assert answer.status_code == 302
    version = opened.versions.latest("number")
    question = editing.question_in(version.content, "manque")
    assert version.number == 2
    assert question["text"]["fr"] == "Que manque-t-il ?"
    assert question["choices"][0] == {"key": "arbres", "label": {"fr": "Arbres"}, "picto": "1F333"}
    assert client.post(url("questionnaire_act", opened), {"revision": "1", "acte": "remove", "cle": "aime"}).status_code == 200  # fmt: skip
    assert opened.versions.count() == 2


# --- The bank and the preview --------------------------------------------------------------------------------


def test_the_bank_gives_a_question_and_a_whole_questionnaire(client, draft):
    page = client.get(url("question_bank", draft) + "?theme=food&age=6-8")
    assert page.status_code == 200
    sent = {"revision": draft.draft_revision, "question": "cantine-bon", "partie": "s1"}
    assert client.post(url("question_bank", draft), sent).status_code == 302
    draft.refresh_from_db()
    sent = {"revision": draft.draft_revision, "questionnaire": "cantine"}
    assert client.post(url("question_bank", draft), sent).status_code == 302
    assert len(keys(draft)) == 4
    draft.refresh_from_db()
    conditions = [q["only_if"]["question"] for s in draft.draft["sections"] for q in s["questions"] if "only_if" in q]
    assert set(conditions) <= {key for section in keys(draft) for key in section}
    assert client.post(url("question_bank", draft), {"revision": "0", "question": "rien"}).status_code == 200


@pytest.mark.parametrize("age", ["5", "9", "15"])
def test_a_phone_shows_the_children_s_page_and_sends_nothing(client, draft, age):
    page = client.get(url("questionnaire_preview", draft) + f"?age={age}")
    assert page.status_code == 200
    assert f"Pour un enfant de {age} ans" in page.content.decode()
    phone = client.get(url("questionnaire_phone", draft))
    assert "Aimes-tu ta cour" in phone.content.decode()
    assert phone.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = phone.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    assert "connect-src 'none'" in policy


def test_nothing_else_may_be_framed(client, draft):
    assert "frame-ancestors 'none'" in client.get(url("questionnaire", draft)).headers["Content-Security-Policy"]


def test_drawings_are_found_in_french(client, draft):
    found = client.get(reverse("participation:pictograms") + "?rang=2&search-2=arbres").content.decode()
    assert 'name="picto-2" value="1F333"' in found
    assert client.get(reverse("participation:pictograms") + "?rang=x").status_code == 404


# --- A voice -------------------------------------------------------------------------------------------------

MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 40
"""Forty frames of silence, MPEG 1 layer III at 128 kbit/s."""


def test_a_voice_is_added_heard_and_taken_away(client, draft):
    sent = {"language": "fr", "sound": SimpleUploadedFile("question.mp3", MP3)}
    assert client.post(url("question_sound", draft, "aime"), sent).status_code == 302
    draft.refresh_from_db()
    heard = editing.question_in(draft.draft, "aime")["audio"]["fr"]
    assert client.get(url("recording", draft, heard)).headers["Content-Type"] == "audio/mpeg"
    client.logout()
    assert client.get(url("recording", draft, heard)).status_code == 404
    client.force_login(draft.created_by)
    assert client.post(url("question_sound", draft, "aime"), {"retirer": "fr"}).status_code == 302
    draft.refresh_from_db()
    assert "audio" not in editing.question_in(draft.draft, "aime")


def test_what_is_not_a_sound_is_refused_in_words(client, draft):
    sent = {"language": "fr", "sound": SimpleUploadedFile("question.mp3", b"ID3 is not enough" * 20)}
    answer = client.post(url("question_sound", draft, "aime"), sent)
    assert answer.status_code == 422
    assert "Ce son ne se lit pas" in answer.content.decode()
    assert not Recording.objects.exists()


# --- Strangers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("questionnaire", ()), ("questionnaire_act", ()), ("question_add", ()), ("question_bank", ()),
        ("questionnaire_preview", ()), ("questionnaire_phone", ()), ("question", ("aime",)), ("question_sound", ("aime",)),
    ],
)  # fmt: skip
def test_a_stranger_finds_no_such_page(client, draft, name, more):
    client.force_login(lead_of(CollectiviteFactory()))
    there = url(name, draft, *more)
    assert {client.get(there).status_code, client.post(there, {}).status_code} <= {404, 405}


def test_a_question_that_does_not_exist_is_not_found(client, draft):
    assert client.get(url("question", draft, "nope")).status_code == 404


@pytest.mark.parametrize("act", ["up:²", "drop:" + "9" * 5000, "search:-1", "down:", ":"])
def test_a_row_that_is_none_moves_nothing(client, draft, act):
    before = [row.key for row in write(client, draft, "manque", acte="more").context["form"].rows]
    answer = write(client, draft, "manque", acte=act)
    assert answer.status_code in {200, 302, 422}
    assert before[:2] == [row.key for row in write(client, draft, "manque", acte="more").context["form"].rows][:2]
