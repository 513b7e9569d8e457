"""« Vous l’avez utilisée ? »: counted without anybody, told from five on, its words for the editorial team alone."""

from datetime import timedelta

import pytest
from django.test import Client

from marelle.accounts.enums import Role
from marelle.library.actions import shelves
from marelle.library.models import Use
from marelle.library.queries.shelves import said_of
from tests.accounts.factories import UserFactory, national
from tests.library.factories import ResourceFactory

pytestmark = pytest.mark.django_db
SECRET = "Les ciseaux manquaient."


@pytest.fixture
def resource():
    return ResourceFactory(live=True)


def said(resource, at, **facts):
    return shelves.say_used(resource=resource, at=at, **({"pleased": 3, "setting": "class"} | facts))


def test_an_adult_says_it_in_one_page_and_nothing_tells_who(client, resource):
    answer = client.post(f"/ressources/{resource.public_id}/utilisee/", {"pleased": "2", "comment": SECRET})
    assert answer.status_code == 302
    use = Use.objects.get()
    assert (use.pleased, use.comment) == (2, SECRET)
    assert {field.name for field in Use._meta.get_fields()} == {
        "id", "resource", "pleased", "setting", "children", "comment", "said_on",
    }  # fmt: skip


def test_once_a_day_for_a_device(client, resource):
    address = f"/ressources/{resource.public_id}/utilisee/"
    client.post(address, {"pleased": "3"})
    assert "déjà compté" in client.post(address, {"pleased": "3"}).content.decode()
    assert Use.objects.count() == 1
    Client().post(address, {"pleased": "1"})
    assert Use.objects.count() == 2


@pytest.mark.parametrize("typed", [{}, {"pleased": "9"}, {"pleased": "3", "comment": "x" * 501}, {"pleased": "\x00"}])
def test_badly_filled_it_is_said_and_nothing_is_counted(client, resource, typed):
    page = client.post(f"/ressources/{resource.public_id}/utilisee/", typed)
    assert page.status_code == 200
    assert not Use.objects.exists()


def test_a_draft_has_no_such_page(client):
    assert client.get(f"/ressources/{ResourceFactory(live=False).public_id}/utilisee/").status_code == 404


def test_told_to_everybody_from_five_on(resource, at):
    for number in range(4):
        said(resource, at, pleased=1 + number % 3)
    assert said_of(resource) is None
    said(resource, at)
    told = said_of(resource)
    assert (told.total, told.pleased, told.mostly) == (5, 2, "en classe")


def test_the_page_tells_it_from_five_on(client, resource, at):
    address = resource.get_absolute_url()
    for _number in range(4):
        said(resource, at)
    assert "Utilisée" not in client.get(address).content.decode()
    said(resource, at, pleased=1)
    assert "Utilisée 5 fois, dont 4" in client.get(address).content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 200), (Role.PUBLISHER, 200), (Role.ADVISER, 403)])
def test_the_words_are_for_the_editorial_team(client, resource, at, role, status):
    said(resource, at, comment=SECRET)
    client.force_login(national(role))
    for address in ("retours/", "retours.csv"):
        answer = client.get(f"/bibliotheque/ressources/{resource.public_id}/{address}")
        assert answer.status_code == status
        assert (SECRET in answer.content.decode()) is (status == 200)


def test_a_stranger_reads_no_words(client, resource, at):
    said(resource, at, comment=SECRET)
    assert client.get(f"/bibliotheque/ressources/{resource.public_id}/retours/").status_code == 302
    client.force_login(UserFactory())
    assert client.get(f"/bibliotheque/ressources/{resource.public_id}/retours/").status_code == 403
    assert SECRET not in client.get(f"/ressources/{resource.public_id}/utilisee/").content.decode()


def test_after_three_years_the_words_go_and_the_count_stays(resource, at):
    said(resource, at - timedelta(days=1200), comment=SECRET)
    shelves.forget(at=at)
    assert Use.objects.get().comment == ""
