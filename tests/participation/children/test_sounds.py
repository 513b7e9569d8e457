"""A question read aloud by a voice: heard on the child's page, in pieces when the browser wants pieces."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marelle.ballots.enums import Mode
from marelle.participation.actions import builder
from marelle.participation.actions import consultations as actions
from tests.participation.factories import AT, ConsultationFactory, session_of

from .questionnaire import EVERY_KIND

pytestmark = pytest.mark.django_db

MP3 = (b"\xff\xfb\x90\x00" + bytes(range(256)) + bytes(157)) * 40


@pytest.fixture
def recorded(db):
    """A draft whose question `aime` was read aloud; its file's address for adults."""
    draft = ConsultationFactory(draft=EVERY_KIND)
    upload = SimpleUploadedFile("question.mp3", MP3)
    by = draft.created_by
    held = builder.record_question(consultation=draft, question="aime", language="fr", upload=upload, by=by, at=AT)
    draft.refresh_from_db()
    return draft, f"/consultations/{draft.public_id}/sons/{held.file.public_id}/"


@pytest.fixture
def voice(recorded):
    """Open to children: the address of the voice beside the page of a group."""
    draft, _ = recorded
    opened = actions.open(consultation=draft, by=draft.created_by, at=AT)
    return f"/s/{session_of(opened, mode=Mode.SHARED).station.code}/son/aime/fr/"


def test_the_page_of_a_child_plays_the_voice_with_and_without_javascript(client, voice):
    page = client.get(voice.removesuffix("son/aime/fr/")).content.decode()
    assert page.count('data-audio="son/aime/fr/"') == 1
    assert page.count('<audio controls preload="none" src="son/aime/fr/"') == 1

    heard = client.get(voice)
    assert (heard.status_code, heard.content) == (200, MP3)
    assert heard.headers["Content-Type"] == "audio/mpeg"
    assert heard.headers["Content-Disposition"] == "inline"
    assert heard.headers["Accept-Ranges"] == "bytes"
    assert not heard.cookies


def test_a_question_without_a_voice_has_no_address(client, voice):
    assert client.get(voice.replace("aime", "note")).status_code == 404
    assert client.get(voice.replace("/fr/", "/ar/")).status_code == 404


def test_the_voice_of_a_draft_is_heard_by_those_who_prepare_it_alone(client, recorded):
    draft, there = recorded
    assert client.get(there).status_code == 404
    client.force_login(draft.created_by)
    assert client.get(there).content == MP3
    client.logout()
    actions.open(consultation=draft, by=draft.created_by, at=AT)
    assert client.get(there, headers={"Range": "bytes=0-1"}).content == MP3[:2]


SIZE = len(MP3)
PIECES = {
    "bytes=0-1": (0, 2),
    "bytes=0-": (0, SIZE),
    "bytes=100-199": (100, 200),
    "bytes=-10": (SIZE - 10, SIZE),
    f"bytes=-{SIZE + 5}": (0, SIZE),
    f"bytes={SIZE - 1}-{SIZE + 99}": (SIZE - 1, SIZE),
}


@pytest.mark.parametrize("asked", PIECES)
def test_the_piece_that_is_asked_for_is_given(client, voice, asked):
    first, end = PIECES[asked]
    reply = client.get(voice, headers={"Range": asked})
    assert (reply.status_code, reply.content) == (206, MP3[first:end])
    assert reply.headers["Content-Range"] == f"bytes {first}-{end - 1}/{SIZE}"
    assert reply.headers["Content-Length"] == str(end - first)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 1}-{SIZE + 2}", "bytes=-0"])
def test_a_piece_beyond_the_end_is_refused(client, voice, asked):
    reply = client.get(voice, headers={"Range": asked})
    assert (reply.status_code, reply.content) == (416, b"")
    assert reply.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "asked", ["bytes=-", "bytes=5-2", "bytes=0-1,4-5", "pages=1-2", "bytes=a-b", "bytes=" + "9" * 99 + "-"]
)
def test_whatever_else_is_asked_gets_the_whole(client, voice, asked):
    reply = client.get(voice, headers={"Range": asked})
    assert (reply.status_code, reply.content) == (200, MP3)


def test_a_piece_of_something_older_is_the_whole(client, voice):
    assert client.get(voice, headers={"Range": "bytes=0-1", "If-Range": '"old"'}).status_code == 200
