"""Films come in checked, and nobody sees one without captions and transcript."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.documents.checks import UploadRefused
from marelle.documents.checks.captions import cues
from marelle.documents.models import File
from marelle.library.actions import videos as actions
from marelle.library.enums import Kind, Showing
from marelle.library.models import Resource, Video
from marelle.library.rules import media as rules
from tests.accounts.factories import UserFactory, national
from tests.documents import hostile

from .factories import ConsentFactory, PictureFactory
from .films import CAPTIONS, box, mp4, webm
from .test_consents import TODAY
from .test_tag import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return national(Role.EDITOR)


@pytest.fixture
def add(editor, at):
    def add(content=None, name="marelle.mp4", captions=CAPTIONS, transcript="On dessine une marelle.", **more):
        sent = {"title": "La marelle", "credit": "Atelier", "showing": Showing.NOBODY, **more}
        said = SimpleUploadedFile("marelle.vtt", captions) if captions else None
        film = SimpleUploadedFile(name, mp4() if content is None else content)
        return actions.add(film=film, captions=said, transcript=transcript, by=editor, at=at, **sent)

    return add


@pytest.mark.parametrize(("name", "content", "mime"), [("a.mp4", mp4(seconds=12), "video/mp4"), ("a.webm", webm(seconds=12), "video/webm")])  # fmt: skip
def test_a_film_comes_in_and_we_know_how_long_it_lasts(add, name, content, mime):
    video = add(content, name)
    assert (video.film.mime, video.seconds) == (mime, 12)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.mp4", b"<!doctype html><script>alert(1)</script>", "une page web"),
        ("page.webm", b"<html><script>alert(1)</script></html>", "une page web"),
        ("cache.mp4", box(b"ftyp", b"isom<script>alert(1)</script>") + mp4(), "autre chose à la fois"),
        ("archive.mp4", mp4() + hostile.docx(), "autre chose à la fois"),
        ("suite.mp4", mp4(more=b"<p>encore</p>"), "ne se lit pas jusqu’au bout"),
        ("coupe.mp4", mp4()[:-40], "ne se lit pas jusqu’au bout"),
        ("coupe.webm", webm()[:-10], "ne se lit pas jusqu’au bout"),
        ("matroska.webm", webm(doctype=b"matroska"), "ne se lit pas jusqu’au bout"),
        ("hevc.mp4", mp4(codec=b"hvc1"), r"hvc1\). Exportez-le en MP4"),
        ("vieux.webm", webm(codec=b"V_MPEG2"), "V_MPEG2"),
        ("son.mp4", mp4(handler=b"soun", codec=b"mp4a"), "un son, pas un film"),
        ("film.mov", mp4(), "n’est pas accepté"),
        ("film.webm", mp4(), "un son ou un film MP4"),
        ("programme.mp4", hostile.EXE, "un programme"),
        ("vide.mp4", b"", "est vide"),
    ],
)  # fmt: skip
def test_a_hostile_film_is_refused_in_words_and_nothing_is_kept(add, name, content, words):
    with pytest.raises(UploadRefused, match=words):
        add(content, name)
    assert not File.objects.exists()
    assert not Video.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Bonjour", "contient"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\n<script>alert(1)</script>", "ligne 4.*balise"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\n<img src=x onerror=alert(1)>", "ligne 4.*balise"),
        (b"WEBVTT\n\n00:04.000 --> 00:01.000\nBonjour", "ligne 3.*finit avant de commencer"),
        (b"WEBVTT\n\n00:04.000 --> 00:05.000\nBonjour\n\n00:01.000 --> 00:02.000\nTrop tard", "ligne 6.*avant le précédent"),
        (b"WEBVTT\n\n00:04 --> 00:05\nBonjour", "ligne 3.*un début et une fin"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\n", "ligne 3.*vide"),
        (b"WEBVTT\n\nSTYLE\n::cue { background: url(https://mal.example) }", "ligne 3.*STYLE"),
        (b"WEBVTT\n00:01.000 --> 00:04.000\nBonjour", "ligne 2.*ligne vide"),
        (b"WEBVTT\n\nNOTE rien", "aucun sous-titre"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\né".encode("latin-1"), "UTF-8"),
    ],
)  # fmt: skip
def test_captions_are_refused_with_the_line_to_mend(add, content, words):
    with pytest.raises(UploadRefused, match=f"(?s){words}"):
        add(captions=content)


def test_captions_are_read_as_browsers_do():
    assert [(cue.start, cue.end) for cue in cues(CAPTIONS.replace(b"\n", b"\r\n"))] == [(1, 4), (4.5, 8)]


@pytest.mark.parametrize(
    ("captions", "transcript", "words"),
    [(None, "", "sous-titres et sa transcription"), (None, "Tout.", "ses sous-titres"), (CAPTIONS, " ", "sa transcription")],
)  # fmt: skip
def test_without_captions_or_transcript_it_is_published_nowhere(client, add, captions, transcript, words):
    video = add(captions=captions, transcript=transcript)
    answer = rules.can_publish_media_of(
        Resource(kind=Kind.VIDEO, title="Film", slug="film", summary="…", video=video), TODAY
    )
    assert words in answer.reason
    assert client.get(reverse("library:video_film", args=[video.public_id])).status_code == 404
    assert shown("{% video film %}", film=video).strip() == ""


def test_children_in_a_film_need_their_papers_too(add, at):
    video = add(showing=Showing.CHILDREN, children=1)
    assert not rules.can_be_watched(video, TODAY)
    ConsentFactory(picture=None, video=video)
    actions.reckon(about=video, at=at)
    assert rules.can_be_watched(video, TODAY)


def test_a_page_plays_it_with_captions_transcript_and_its_waiting_picture(add):
    html = shown("{% video film %}", film=add(poster=PictureFactory()))
    assert '<track kind="captions" srclang="fr"' in html
    assert "entiere-640.jpg" in html
    assert "On dessine une marelle." in html
    assert "style=" not in html
    assert "<script" not in html


def test_a_player_gets_the_pieces_it_asks_for(client, add):
    url = reverse("library:video_film", args=[add().public_id])
    whole = client.get(url)
    assert (whole.status_code, whole["Accept-Ranges"], whole["Cache-Control"]) == (200, "bytes", "public, no-cache")
    piece = client.get(url, headers={"Range": "bytes=0-9", "If-Range": whole["ETag"]})
    assert (piece.status_code, piece.content) == (206, mp4()[:10])
    other = client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert other.status_code == 200
    assert client.get(url, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert client.get(url, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_a_large_film_is_given_piece_by_piece(client, add):
    video = add(mp4() + box(b"free", bytes(3 * 1024 * 1024)))
    response = client.get(reverse("library:video_film", args=[video.public_id]), headers={"Range": "bytes=5-"})
    assert response.streaming
    assert len(b"".join(response.streaming_content)) == video.film.size - 5


def test_captions_go_out_with_their_type(client, add):
    video = add()
    response = client.get(reverse("library:video_captions", args=[video.public_id]))
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("text/vtt", "nosniff")
    assert "marelle" in client.get(reverse("library:video_transcript", args=[video.public_id])).content.decode()


class TestThePages:
    @pytest.fixture
    def sent(self):
        return {
            "title": "La marelle",
            "credit": "Atelier",
            "showing": "nobody",
            "transcript": "",
            "children": "",
            "poster": "",
        }

    def test_an_editor_adds_a_film_then_its_captions(self, client, editor, sent):
        client.force_login(editor)
        page = client.post(
            reverse("library:video_add"), {**sent, "film": SimpleUploadedFile("a.webm", webm())}, follow=True
        )
        assert "Il manque à" in page.content.decode()
        video = Video.objects.get()
        url = reverse("library:video_edit", args=[video.public_id])
        more = {**sent, "transcript": "Tout.", "captions": SimpleUploadedFile("a.vtt", CAPTIONS)}
        assert "peut être publiée" in client.post(url, more, follow=True).content.decode()
        video.refresh_from_db()
        assert video.film.mime == "video/webm"

    def test_what_is_refused_says_so_and_loses_nothing_typed(self, client, editor, sent):
        client.force_login(editor)
        files = {
            "film": SimpleUploadedFile("a.mp4", mp4()),
            "captions": SimpleUploadedFile("a.vtt", b"WEBVTT\n\n0 --> 1\nx"),
        }
        page = client.post(reverse("library:video_add"), {**sent, "transcript": "Tout ce qui est dit", **files})
        assert page.status_code == 422
        assert "ligne 3" in page.content.decode()
        assert "Tout ce qui est dit" in page.content.decode()
        assert not File.objects.exists()

    def test_two_hundred_megabytes_are_refused_in_words_before_they_are_read(self, client, editor, sent):
        """Announced 200 MB, of which the server reads the form's words and not one byte of the film."""
        client.force_login(editor)
        head = b"".join(
            b'--limit\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value.encode())
            for name, value in sent.items()
        )
        head += b'--limit\r\nContent-Disposition: form-data; name="film"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
        body = Counting(head + mp4() + bytes(512 * 1024))
        page = client.generic(
            "POST", reverse("library:video_add"), CONTENT_TYPE="multipart/form-data; boundary=limit",
            CONTENT_LENGTH=str(200 * 1024 * 1024), **{"wsgi.input": body},
        )  # fmt: skip
        assert page.status_code == 413
        assert "100 Mo au plus" in page.content.decode()
        assert "La marelle" in page.content.decode()
        assert not Video.objects.exists()
        assert body.read_so_far < 256 * 1024

    def test_a_film_above_the_limit_that_lied_about_its_size_is_refused_too(self, editor, at, settings):
        settings.VIDEO_MAX_BYTES = 300_000
        upload = TemporaryUploadedFile("a.mp4", "video/mp4", 10, None)
        upload.write(mp4() + box(b"free", bytes(400_000)))
        upload.seek(0)
        with pytest.raises(UploadRefused, match="ne doit pas dépasser"):
            actions.add(title="a", credit="b", showing="nobody", film=upload, by=editor, at=at)
        upload.close()

    def test_strangers_meet_nothing(self, client, add):
        video = add()
        client.force_login(UserFactory())
        for name, args in (("videos", []), ("video_add", []), ("video_edit", [video.public_id])):
            assert client.get(reverse(f"library:{name}", args=args)).status_code == 404
        assert client.post(reverse("library:video_remove", args=[video.public_id])).status_code == 404

    def test_a_film_that_a_page_shows_is_not_removed_from_under_it(self, client, add, editor):
        video = add()
        sheet = Resource.objects.create(kind=Kind.VIDEO, title="Le kit", slug="kit", summary="…", video=video)
        client.force_login(editor)
        url = reverse("library:video_remove", args=[video.public_id])
        assert "est montrée par" in client.post(url).content.decode()
        sheet.delete()
        client.post(url)
        assert not Video.objects.exists()


class Counting(io.BytesIO):
    read_so_far = 0

    def read(self, *args):
        given = super().read(*args)
        self.read_so_far += len(given)
        return given


def test_only_the_editorial_team_adds_films(at):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.add(title="a", credit="b", showing="nobody", film=SimpleUploadedFile("a.mp4", mp4()), by=UserFactory(), at=at)  # fmt: skip


def test_credits_name_what_is_online_and_nothing_else(client, add):
    Resource.objects.create(
        kind=Kind.KIT, title="En ligne", slug="a", summary="…", picture=PictureFactory(credit="Alba"), live=True
    )
    Resource.objects.create(
        kind=Kind.KIT, title="Brouillon", slug="b", summary="…", picture=PictureFactory(credit="Basile"), live=False
    )
    page = client.get(reverse("library:credits")).content.decode()
    assert "Alba" in page
    assert "Basile" not in page


def test_the_page_of_a_resource_plays_its_film(client, add):
    sheet = Resource.objects.create(kind=Kind.VIDEO, title="Le film", slug="film", summary="…", video=add(), live=True)
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert reverse("library:video_film", args=[sheet.video.public_id]) in page
    sheet.video.captions = None
    sheet.video.save()
    assert "<video" not in client.get(sheet.get_absolute_url()).content.decode()
