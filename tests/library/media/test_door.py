"""The door of pictures: open while the picture may be shown, shut the moment it may not."""

from datetime import date

import pytest
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.library.enums import Showing
from marelle.library.models import ImageConsent, Rendition
from tests.accounts.factories import UserFactory, national

from .factories import PictureFactory, picture_of_children

pytestmark = pytest.mark.django_db


def at_size(picture, name="carte-320.avif"):
    return reverse("library:picture", args=[picture.public_id, name])


@pytest.mark.parametrize(("name", "mime"), [("carte-320.avif", "image/avif"), ("entiere-640.webp", "image/webp"), ("partage-1200.jpg", "image/jpeg")])  # fmt: skip
def test_anyone_gets_a_picture_at_our_sizes(client, name, mime):
    response = client.get(at_size(PictureFactory(), name))
    assert (response.status_code, response["Content-Type"]) == (200, mime)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content)


def test_a_browser_asks_again_and_gets_nothing_new_for_one_query(client, django_assert_num_queries):
    picture = PictureFactory()
    first = client.get(at_size(picture))
    assert first["Cache-Control"] == "public, no-cache"
    with django_assert_num_queries(1):
        second = client.get(at_size(picture), headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")


def test_once_made_a_size_is_not_made_again(client):
    picture = PictureFactory()
    for _ in range(2):
        assert client.get(at_size(picture)).status_code == 200
    assert Rendition.objects.count() == 1


@pytest.mark.parametrize("name", ["carte-321.avif", "carte-320.gif", "original", "width-9000", "../secret", "max-165x165"])  # fmt: skip
def test_no_other_size_is_made_for_a_stranger(client, name):
    assert client.get(f"/medias/images/{PictureFactory().public_id}/{name}").status_code == 404
    assert not Rendition.objects.exists()


def test_children_without_a_consent_are_shown_to_no_stranger(client):
    picture = picture_of_children(2, agreed=1)
    assert client.get(at_size(picture)).status_code == 404
    client.force_login(UserFactory())
    assert client.get(at_size(picture)).status_code == 404


def test_a_consent_taken_back_shuts_the_door_even_to_whoever_has_a_copy(client):
    picture = picture_of_children()
    first = client.get(at_size(picture))
    assert first.status_code == 200
    ImageConsent.objects.all().delete()
    picture.consented_until = None
    picture.save(update_fields=["consented_until"])
    assert client.get(at_size(picture), headers={"If-None-Match": first["ETag"]}).status_code == 404


def test_the_day_after_the_consent_ends_the_door_is_shut(client):
    picture = picture_of_children()
    picture.consented_until = date(2026, 11, 24)
    picture.save(update_fields=["consented_until"])
    assert client.get(at_size(picture)).status_code == 200
    picture.consented_until = date(2026, 11, 23)
    picture.save(update_fields=["consented_until"])
    assert client.get(at_size(picture)).status_code == 404


def test_an_editor_sees_it_in_the_back_office_and_no_cache_keeps_it(client):
    picture = picture_of_children(agreed=0)
    rendition = picture.get_rendition("max-165x165")
    client.force_login(national(Role.EDITOR))
    for address in (at_size(picture), rendition.url):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_what_wagtail_makes_for_itself_is_not_for_strangers(client):
    picture = PictureFactory()
    assert client.get(picture.get_rendition("max-165x165").url).status_code == 404


def test_nothing_in_an_address_or_a_stored_name_tells_what_it_was_called():
    picture = PictureFactory()
    assert "cour" not in picture.file.name
    assert "cour" not in picture.get_rendition("width-320|format-webp").file.name


def test_a_moved_focal_point_is_seen_at_once(client):
    picture = PictureFactory()
    first = client.get(at_size(picture))
    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 10, 10, 5, 5
    picture.save()
    assert client.get(at_size(picture))["ETag"] != first["ETag"]


def test_a_picture_whose_file_was_lost_is_missing_not_a_breakdown(client):
    picture = PictureFactory(showing=Showing.ADULTS)
    rendition = picture.get_rendition("fill-320x213|format-avif")
    rendition.file.storage.delete(rendition.file.name)
    assert client.get(at_size(picture)).status_code == 404
