"""A picture comes into Wagtail's back office: the words it needs, what it must not carry, and what is refused."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from marelle.accounts.actions.seats import seat
from marelle.accounts.enums import Role
from marelle.documents.checks import UploadRefused
from marelle.documents.checks.web import checked_for_the_web
from marelle.library.actions.office import open_the_office
from marelle.library.models import Picture, Rendition
from tests.accounts.factories import national
from tests.documents import hostile

from .factories import points

pytestmark = pytest.mark.django_db


def moving(kind):
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), (n, n, n)) for n in (0, 120, 240)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


HOSTILE = [
    ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "peut porter un programme"),
    ("dessin.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "une page web"),
    ("page.jpg", b"<!doctype html><script>alert(1)</script>", "une page web"),
    ("enorme.png", hostile.huge_png(), "trop de points"),
    ("photo.png", points("JPEG"), "une image JPEG"),
    ("double.jpg", points("JPEG") + hostile.docx(), "autre chose à la fois"),
    ("page.png", points("PNG") + b"<script>alert(1)</script>", "autre chose à la fois"),
    ("papier.jpg", points("JPEG") + hostile.pdf(), "autre chose à la fois"),
    ("bouge.gif", moving("GIF"), "bouge sans qu’on puisse l’arrêter"),
    ("bouge.webp", moving("WEBP"), "bouge sans qu’on puisse l’arrêter"),
    ("bouge.png", moving("PNG"), "bouge sans qu’on puisse l’arrêter"),
    ("iphone.heic", b"\x00\x00\x00\x18ftypheic" + bytes(50), "Exportez-la en JPEG"),
    ("vide.jpg", b"", "vide"),
    ("coupee.jpg", points("JPEG")[:400], "ne s’ouvre pas"),
    ("programme.jpg", hostile.EXE, "un programme"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "words"), HOSTILE)
def test_a_hostile_picture_is_refused_in_words(name, content, words):
    with pytest.raises(UploadRefused, match=words):
        checked_for_the_web(ContentFile(content), name=name)


@pytest.fixture
def office(client, at):
    open_the_office(at=at)
    editor = national(Role.PUBLISHER)
    seat(user=editor)
    client.force_login(editor)
    return client


@pytest.fixture
def form(office):
    def form(name="cour.jpg", content=None, **more):
        return {
            "title": "La cour", "description": "Une cour d’école", "credit": "Atelier", "showing": "nobody",
            "collection": Collection.get_first_root_node().pk, "tags": "",
            "file": SimpleUploadedFile(name, points("JPEG") if content is None else content), **more,
        }  # fmt: skip

    return form


def test_a_picture_with_its_words_comes_in_and_its_sizes_are_made_aside(office, form, commit):
    with commit():
        response = office.post(reverse("wagtailimages:add"), form())
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.description, picture.children, picture.file.name.startswith("pictures/")) == ("Une cour d’école", None, True)  # fmt: skip
    made = Rendition.objects.filter(filter_spec="fill-640x427|format-avif", image=picture)
    assert made.exists()


def test_what_the_camera_noted_stays_with_who_took_it(office, form):
    office.post(reverse("wagtailimages:add"), form("photo.jpg", hostile.photo_with_place()))
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (30, 40)  # the right way up
    with picture.file.open("rb") as kept:
        assert not Image.open(kept).getexif()


@pytest.mark.parametrize(("name", "content", "words"), HOSTILE[:8])
def test_the_back_office_refuses_in_words_and_keeps_nothing(office, form, name, content, words):
    page = office.post(reverse("wagtailimages:add"), form(name, content))
    assert page.status_code == 200
    assert words in page.content.decode()
    answer = office.post(reverse("wagtailimages:add_multiple"), {"files[]": SimpleUploadedFile(name, content)})
    assert words in answer.json()["error_message"]
    assert not Picture.objects.exists()
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("missing", ["description", "credit", "showing"])
def test_a_picture_without_its_words_is_not_taken(office, form, missing):
    page = office.post(reverse("wagtailimages:add"), form(**{missing: ""}))
    assert page.status_code == 200
    assert not Picture.objects.exists()


def test_children_are_counted(office, form):
    page = office.post(reverse("wagtailimages:add"), form(showing="children"))
    assert "Dites combien d’enfants" in page.content.decode()
    office.post(reverse("wagtailimages:add"), form(showing="children", children="2"))
    page = office.get(reverse("wagtailimages:edit", args=[Picture.objects.get().pk])).content.decode()
    assert "montrée nulle part" in page
    assert reverse("library:picture_consents", args=[Picture.objects.get().public_id]) in page


def test_many_at_once_each_waits_for_its_words(office, form):
    answer = office.post(reverse("wagtailimages:add_multiple"), {"files[]": SimpleUploadedFile("photo.jpg", hostile.photo_with_place())}).json()  # fmt: skip
    assert answer["success"]
    upload = UploadedFile.objects.get()
    words = {f"uploaded-image-{upload.pk}-{name}": value for name, value in form().items() if name != "file"}
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk])
    assert office.post(url, words).json()["success"]
    with Picture.objects.get().file.open("rb") as kept:
        assert not Image.open(kept).getexif()
