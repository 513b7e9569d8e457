"""When something goes wrong, the page says what to do, in the look."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

from marelle.config.urls import *  # noqa: F403 - the handlers under test
from marelle.config.urls import urlpatterns as doors
from tests.accounts.factories import UserFactory


def broken(request):
    raise ZeroDivisionError


def forbidden(request):
    raise PermissionDenied("Votre délégation ne couvre pas ce département. <b>")


broken.login_required = forbidden.login_required = False
urlpatterns = [path("casse/", broken), path("ferme/", forbidden), *doors]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.django_db
def test_a_page_that_does_not_exist(client):
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert "Vérifiez l’adresse" in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_says_its_reason_and_escapes_it(client):
    response = client.get("/ferme/")
    assert response.status_code == 403
    assert "ne couvre pas ce département. &lt;b&gt;" in response.content.decode()


def test_a_breakdown_needs_neither_database_nor_session(client):
    """No database is allowed in this test: touching it would raise inside the handler."""
    client.raise_request_exception = False
    response = client.get("/casse/")
    assert response.status_code == 500
    assert "Vous n’y êtes pour rien" in response.content.decode()


def test_a_broken_address_is_a_bad_request(client):
    client.raise_request_exception = False
    response = client.get("/", headers={"host": "autre.example"})
    assert response.status_code == 400
    assert "n’a pas pu être comprise" in response.content.decode()


@pytest.mark.django_db
def test_an_expired_form_explains_how_to_keep_the_text():
    response = Client(enforce_csrf_checks=True).post("/", {"texte": "long"})
    assert response.status_code == 403
    assert "Rien n’a été enregistré" in response.content.decode()


@pytest.mark.django_db
def test_too_many_attempts(rf):
    from django.contrib.auth.models import AnonymousUser

    from marelle.ui.errors import too_many_requests

    request = rf.get("/")
    request.user, request._messages = AnonymousUser(), []
    response = too_many_requests(request)
    assert response.status_code == 429
    assert "Attendez quelques minutes" in response.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_a_form_says_so_to_a_browser(client):
    client.force_login(UserFactory())
    address = "/candidatures/2guess234567/confirmer/"
    response = client.get(address, headers={"accept": "text/html"})
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "Rien n’a été enregistré" in response.content.decode()
    assert client.get(address, headers={"accept": "application/json"}).content == b""
