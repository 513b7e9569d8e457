"""A recorded question: a sound that plays to its end, light, and nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marelle.documents.actions import store_upload
from marelle.documents.checks import SOUNDS, UploadRefused

FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def page(content, number=0):
    return b"OggS\x00" + bytes(13) + number.to_bytes(4, "little") + bytes(4) + bytes([1, len(content)]) + content


def box(name, content=b""):
    return (8 + len(content)).to_bytes(4) + name + content


M4A = box(b"ftyp", b"M4A ") + box(b"moov", box(b"hdlr", b"soun")) + box(b"mdat", bytes(40))
FILM = box(b"ftyp", b"isom") + box(b"moov", box(b"hdlr", b"soun") + box(b"hdlr", b"vide")) + box(b"mdat", bytes(40))
OGG = page(b"OpusHead" + bytes(11)) + page(bytes(60), 1)
ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("a.mp3", FRAME * 40, "audio/mpeg"),
        ("b.mp3", ID3 + FRAME * 40, "audio/mpeg"),
        ("c.ogg", OGG, "audio/ogg"),
        ("d.m4a", M4A, "audio/mp4"),
    ],
)
def test_a_sound_is_taken(name, content, mime, at):
    assert store_upload(SimpleUploadedFile(name, content), by=None, at=at, accept=SOUNDS).mime == mime


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.mp3", FRAME * 3, "ne se lit pas"),
        ("a.mp3", b"<html>" * 50, "mais il contient"),
        ("a.mp3", M4A, "mais il contient"),
        ("c.ogg", OGG + b"<script>", "ne se lit pas"),
        ("c.ogg", page(b"theora" + bytes(20)) + page(bytes(9)), "ne se lit pas"),
        ("d.m4a", FILM, "ne se lit pas"),
        ("d.m4a", M4A[:-10], "ne se lit pas"),
        ("e.exe", FRAME * 40, "n’est pas accepté"),
        ("f.mp3", FRAME * 4000, "1,5 Mo"),
    ],
)
def test_anything_else_is_refused_in_words(name, content, words, at):
    with pytest.raises(UploadRefused, match=words):
        store_upload(SimpleUploadedFile(name, content), by=None, at=at, accept=SOUNDS)
