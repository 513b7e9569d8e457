"""What comes in: checked by content, refused in words, kept without what it should not tell."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from marelle.documents import actions
from marelle.documents.checks import PDF_ONLY, UploadRefused, shown_name
from marelle.documents.models import File
from marelle.documents.responses import serve
from tests.accounts.factories import UserFactory

from . import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(at):
    def take(name, content, **options):
        return actions.store_upload(SimpleUploadedFile(name, content), by=UserFactory(), at=at, **options)

    return take


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("délibération.pdf", hostile.pdf(), "application/pdf"),
        ("MAJUSCULES.PDF", hostile.pdf(), "application/pdf"),
        ("facture.pdf", hostile.pdf_carrying("factur-x.xml", b"<invoice/>"), "application/pdf"),
        ("photo.jpg", hostile.picture("JPEG"), "image/jpeg"),
        ("photo.jpeg", hostile.picture("JPEG"), "image/jpeg"),
        ("plan.png", hostile.picture("PNG"), "image/png"),
        ("note.docx", hostile.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("budget.xlsx", hostile.xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("note.odt", hostile.odt(), "application/vnd.oasis.opendocument.text"),
        ("budget.ods", hostile.ods(), "application/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_an_honest_file_comes_in(take, name, content, mime):
    file = take(name, content)
    assert (file.name, file.mime, file.origin) == (name, mime, "uploaded")
    with file.content.open("rb") as kept:
        assert len(kept.read()) == file.size


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.pdf", b"", "est vide"),
        ("sans-extension", hostile.pdf(), "n’est pas accepté"),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "n’est pas accepté"),
        ("page.html", b"<script>alert(1)</script>", "n’est pas accepté"),
        ("facture.pdf.exe", hostile.EXE, "n’est pas accepté"),
        (".pdf", hostile.pdf(), "n’est pas accepté"),
        ("facture.pdf", hostile.EXE, "il contient un programme"),
        ("facture.docx", hostile.EXE, "il contient un programme"),
        ("image.pdf", hostile.picture("PNG"), "il contient une image PNG"),
        ("image.png", hostile.picture("JPEG"), "il contient une image JPEG"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "il contient une page web"),
        ("dessin.png", b"<svg onload='alert(1)'/>", "il contient une page web"),
        ("texte.pdf", b"Bonjour", "il contient"),
        ("note.docx", hostile.xlsx(), "il contient un tableur XLSX"),
        ("note.odt", hostile.docx(), "il contient un document DOCX"),
        ("note.docx", hostile.archive({"bonjour.txt": b"bonjour"}), "une archive"),
        ("prefixe.pdf", b"<html>" + hostile.pdf(), "il contient une page web"),
        ("abime.pdf", b"%PDF-1.7\n" + b"\xff" * 500, "ne s’ouvre pas"),
        ("coupe.pdf", hostile.pdf()[:120], "ne s’ouvre pas"),
        ("archive.pdf", hostile.pdf() + hostile.docx(), "aussi une archive"),
        ("js.pdf", hostile.pdf_with_javascript(), "contient un programme"),
        ("lance.pdf", hostile.pdf_that_launches(), "contient un programme"),
        ("cache.pdf", hostile.pdf_with_hidden_javascript(), "contient un programme"),
        ("porte.pdf", hostile.pdf_carrying("virus.exe", hostile.EXE), "cache un autre fichier"),
        ("ferme.pdf", hostile.locked_pdf(), "mot de passe"),
        ("abime.png", hostile.picture("PNG")[:60], "ne s’ouvre pas"),
        ("abime.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 50, "ne s’ouvre pas"),
        ("enorme.png", hostile.huge_png(), "trop de points"),
        ("abime.docx", hostile.docx()[:80], "est abîmé"),
        ("macros.docx", hostile.docx(**{"word/vbaProject.bin": b"x"}), "macros"),
        ("macros.odt", hostile.odt(**{"Basic/Standard/Module1.xml": b"x"}), "macros"),
        ("porte.docx", hostile.docx(**{"word/embeddings/virus.exe": b"MZ"}), "macros"),
        ("modele.docx", hostile.docx(**{"word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" Target="https://mal.example" TargetMode="External"/>'}), "macros"),
        ("ferme.odt", hostile.odt(**{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "mot de passe"),
        ("dehors.docx", hostile.docx(**{"../../etc/passwd": b"x"}), "construit comme"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(take, name, content, words):
    with pytest.raises(UploadRefused) as refused:
        take(name, content)
    assert words in str(refused.value)
    assert not File.objects.exists()


def test_a_bomb_is_refused_without_being_opened(take):
    content = hostile.bomb()
    assert len(content) < 1024 * 1024
    with pytest.raises(UploadRefused, match="anormalement volumineux"):
        take("bombe.docx", content)


def test_forty_megabytes_are_refused_with_both_sizes(take, settings):
    settings.UPLOAD_MAX_BYTES = 20 * 1024 * 1024
    with pytest.raises(UploadRefused, match="pèse 40 Mo\u202f; il ne doit pas dépasser 20 Mo"):
        take("gros.pdf", bytes(40 * 1024 * 1024))


def test_a_size_that_lies_is_measured(at, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    upload = SimpleUploadedFile("gros.pdf", hostile.pdf() + bytes(5000))
    upload.size = 10
    with pytest.raises(UploadRefused, match="ne doit pas dépasser"):
        actions.store_upload(upload, by=None, at=at)


def test_a_large_upload_that_django_put_on_disk_comes_in(at):
    content = hostile.pdf()
    upload = TemporaryUploadedFile("gros.pdf", "application/pdf", len(content), None)
    upload.write(content)
    upload.seek(0)
    assert actions.store_upload(upload, by=None, at=at).size == len(content)
    upload.close()


def test_a_place_that_takes_pdf_only_says_so(take):
    with pytest.raises(UploadRefused, match="Joignez un PDF"):
        take("photo.png", hostile.picture(), accept=PDF_ONLY)


def test_a_photograph_no_longer_tells_where_and_by_whom(take):
    content = hostile.photo_with_place()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    file = take("photo.jpg", content)
    with file.content.open("rb") as kept, Image.open(kept) as picture:
        assert not picture.getexif()
        assert picture.size == (30, 40)  # Turned the right way up.


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\fakepath\\délibération.pdf", "délibération.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("plan\u202egpj.exe.pdf", "plangpj.exe.pdf"),
        ("un\nnom\x00.pdf", "un_nom_.pdf"),
        ("d\ufffdlib\ufffdration.pdf", "d_lib_ration.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("L’été à Rouen.pdf", "L’été à Rouen.pdf"),
        ("a" * 500 + ".pdf", "a" * 146 + ".pdf"),
        ("", "document"),
        ("...", "document"),
        (None, "document"),
    ],
)
def test_a_name_is_kept_to_be_shown_never_as_a_path(given, shown):
    assert shown_name(given) == shown


def test_the_path_on_disk_tells_nothing_of_the_name(take):
    file = take("rapport-secret.pdf", hostile.pdf())
    assert "rapport" not in file.content.name


def test_a_file_is_handed_over_in_a_box(take):
    file = take("délibération.pdf", hostile.pdf())
    response = serve(file)
    assert response["Content-Disposition"].startswith("attachment")
    assert "d%C3%A9lib%C3%A9ration.pdf" in response["Content-Disposition"]
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(("inline", "mime", "shown"), [(True, "application/pdf", True), (True, "application/vnd.oasis.opendocument.text", False), (False, "application/pdf", False)])  # fmt: skip
def test_only_pdf_and_pictures_open_in_the_browser(take, inline, mime, shown):
    file = take("a.pdf", hostile.pdf())
    file.mime = mime
    response = serve(file, inline=inline)
    assert response["Content-Disposition"].startswith("inline") is shown
    response.close()


class TestOrphans:
    def test_a_file_that_nothing_refers_to_is_deleted_after_two_days_bytes_included(self, take, at, commit):
        file = take("a.pdf", hostile.pdf())
        storage, path = file.content.storage, file.content.name
        assert actions.purge_orphans(at=at + timedelta(days=1)) == 0
        with commit():
            assert actions.purge_orphans(at=at + timedelta(days=3)) == 1
        assert not File.objects.exists()
        assert not storage.exists(path)

    def test_a_file_in_use_stays(self, take, at):
        from marelle.jobs.models import Job

        file = take("a.pdf", hostile.pdf())
        Job.objects.create(kind="x", label="x", owner=UserFactory(), result=file, created_at=at, expires_at=at)
        assert actions.purge_orphans(at=at + timedelta(days=30)) == 0
        assert File.objects.count() == 1

    def test_a_row_that_cannot_be_written_leaves_no_bytes_behind(self, at, monkeypatch):
        kept = []
        monkeypatch.setattr(File, "save", lambda self: kept.append(self.content) or 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.store_bytes(b"x", name="a.csv", mime="text/csv", by=None, at=at)
        assert not kept[0].storage.exists(kept[0].name)
