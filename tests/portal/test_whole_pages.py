"""A page kept whole: for whom, for how long, and what is never kept."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path

from marelle.audit.actions import record
from marelle.audit.kept import pages
from marelle.core.middleware import same_for_all
from marelle.portal.middleware import versions_of
from marelle.territories.models import Territory
from tests.accounts.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
CONTACT = "/aide/"


def drawn(client=None, path=CONTACT, **headers):
    return (client or Client()).get(path, **headers)


def test_the_second_reader_gets_the_page_of_the_first_in_one_query(django_assert_num_queries):
    first = drawn()
    with django_assert_num_queries(1):
        second = drawn()
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert not second.cookies


def test_an_action_anywhere_has_it_drawn_again(at):
    drawn()
    before = dict(pages.answers)
    record("territories.list.loaded", on=Territory, by=None, at=at)
    drawn()
    assert before
    assert pages.answers.keys() == before.keys()
    assert all(pages.answers[key] is not page for key, page in before.items())


def test_who_is_signed_in_gets_their_own_page(client):
    drawn()
    person = UserFactory()
    client.force_login(person)
    mine = drawn(client)
    assert person.short_name in mine.content.decode() or person.name in mine.content.decode()
    assert person.name not in drawn().content.decode()
    assert "no-store" in mine.headers["Cache-Control"]


def test_a_browser_that_has_it_is_told_so():
    etag = drawn().headers["ETag"]
    again = drawn(headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_fragment_is_not_the_page():
    whole = drawn(path="/territoires/")
    part = drawn(path="/territoires/", headers={"HX-Request": "true"})
    assert len(part.content) < len(whole.content)


urlpatterns: list = []


def _answer(view):
    urlpatterns[:] = [path("une-page/", login_not_required(view))]
    versions_of.cache_clear()  # An installation has one set of doors; this one is of another view each time.
    with override_settings(ROOT_URLCONF=__name__):
        return Client().get("/une-page/")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda request, response: get_token(request),
        lambda request, response: response.set_cookie("a", "b"),
        lambda request, response: setattr(response, "status_code", 404),
        lambda request, response: response.headers.__setitem__("Cache-Control", "private, no-store"),
        lambda request, response: setattr(response, "content", b"x" * 400_000),
    ],
    ids=["a form's token", "a cookie", "not found", "made for someone", "too large"],
)
def test_what_is_for_one_person_is_not_kept(spoil):
    @same_for_all
    def view(request):
        response = HttpResponse("page")
        spoil(request, response)
        return response

    _answer(view)
    assert pages.answers == {}


def test_a_view_that_does_not_say_so_is_not_kept():
    _answer(lambda request: HttpResponse("page"))
    assert pages.answers == {}
    _answer(same_for_all(lambda request: HttpResponse("page")))
    assert len(pages.answers) == 1


def test_what_changes_without_anything_being_done_has_a_version_of_its_own():
    version, drawn_so_far = [7], []

    @same_for_all(as_of=[lambda: version[0]])
    def view(request):
        drawn_so_far.append(version[0])
        return HttpResponse(f"page {version[0]}")

    assert [_answer(view).content, _answer(view).content] == [b"page 7", b"page 7"]
    version[0] = 8
    assert _answer(view).content == b"page 8"
    assert drawn_so_far == [7, 8]


def test_as_many_pages_as_there_is_room_for(monkeypatch):
    monkeypatch.setattr(pages, "size", 3)
    for number in range(10):
        drawn(path=f"{CONTACT}?n={number}")
    assert len(pages.answers) == 3
