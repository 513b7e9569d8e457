"""What is for children is answered before the middlewares of adults, and loses none of the site's protections."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, ResolverMatch, reverse
from django.urls import resolve as resolve_among_all

from marelle.ballots.enums import Mode
from marelle.participation import middleware
from marelle.participation.urls import children

pytestmark = pytest.mark.django_db
HEADERS = {
    "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
    "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "X-Request-ID",
}  # fmt: skip


def test_every_page_of_children_has_the_headers_of_the_site(client, station, send):
    home = client.get(reverse("portal:home"))
    for answer in (client.get("/s/"), client.get(f"/s/{station.code}/"), client.get("/s/sw.js"), send(station)):
        assert set(answer.headers) >= HEADERS
        for name in HEADERS - {"X-Request-ID"}:
            assert answer[name] == home[name]


PARTS = {"code": "chat-velo", "question": "q1", "language": "fr"}


@pytest.mark.parametrize("door", children.urlpatterns, ids=lambda door: door.name)
def test_a_door_found_among_those_of_children_is_the_one_of_the_site(door):
    parts = {name: PARTS[name] for name in door.pattern.converters}
    address = reverse(f"participation:{door.name}", kwargs=parts)
    found, same = middleware.resolve(address), resolve_among_all(address)
    for fact in ("func", "args", "kwargs", "view_name", "app_names", "namespaces", "route"):
        assert getattr(found, fact) == getattr(same, fact)


def test_no_other_door_of_the_site_is_found_there():
    with pytest.raises(Resolver404):
        middleware.resolve(reverse("participation:proposals"))


def test_nobody_is_looked_for(client, station):
    request = client.get(f"/s/{station.code}/").wsgi_request
    assert not hasattr(request, "session")
    assert not hasattr(request, "user")
    assert hasattr(client.get(reverse("portal:home")).wsgi_request, "user")


def test_what_is_not_found_has_the_page_of_the_site(client):
    answer = client.get("/s/zzzzzz/son/q1/fr/")
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()
    assert client.get("/s/a/b/c/d/").status_code == 404


def test_a_wrong_method_is_told_in_words(client, station_in):
    answer = client.get(f"/s/{station_in(Mode.TICKETS).code}/ticket/", headers={"Accept": "text/html"})
    assert answer.status_code == 405
    assert "<h1" in answer.content.decode()


def test_an_unknown_host_is_refused(client, station):
    assert client.get(f"/s/{station.code}/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_a_view_of_adults_that_strays_there_goes_the_ordinary_way(monkeypatch):
    def for_adults(request):
        raise AssertionError("answered without asking who it is")

    monkeypatch.setattr(middleware, "resolve", lambda path: ResolverMatch(for_adults, (), {}))
    answer = middleware.children_first(lambda request: HttpResponse("who are you?"))(RequestFactory().get("/s/x/"))
    assert answer.content == b"who are you?"


def test_a_view_that_wants_a_csrf_token_goes_where_it_is_checked(monkeypatch):
    def open_to_all(request):
        raise AssertionError("answered without the token")

    open_to_all.login_required = False
    monkeypatch.setattr(middleware, "resolve", lambda path: ResolverMatch(open_to_all, (), {}))
    answer = middleware.children_first(lambda request: HttpResponse("token?"))(RequestFactory().post("/s/x/"))
    assert answer.content == b"token?"
