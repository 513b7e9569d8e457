"""Searches that people keep: nobody is written to who did not say yes, and a yes is taken back by one click."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from marelle.core.rules import Refused
from marelle.library.actions import saved_searches as actions
from marelle.library.models import SavedSearch
from marelle.notifications.models import Mail
from tests.accounts.factories import UserFactory

from .entries import index

pytestmark = pytest.mark.django_db
KEEP = reverse("library:search_keep")


def kept(at, **more):
    return actions.keep(
        **{"text": "cantine", "chosen": {}, "rhythm": "daily", "email": "prof@ecole.example", "at": at} | more
    )


def next_days(at, days):
    return actions.tell_what_is_new(at=at + timedelta(days=days))


def test_an_address_confirms_before_anything_is_told(client, shelf, at, commit):
    with commit():
        answer = client.post(f"{KEEP}?q=cantine", {"email": "Prof@Ecole.example", "rhythm": "daily"})
    assert "Un courriel vient de partir" in answer.content.decode()
    saved = SavedSearch.objects.get()
    assert (saved.email, saved.confirmed_at) == ("prof@ecole.example", None)
    [sent] = mail.outbox
    assert sent.to == ["prof@ecole.example"]
    shelf.put("La cantine")
    index()
    assert next_days(at, 30) == 0
    link = reverse("library:search_confirm", args=[saved.token])
    assert link in sent.body
    client.get(link)
    assert SavedSearch.objects.confirmed().count() == 0
    client.post(link)
    assert SavedSearch.objects.confirmed().count() == 1


def test_only_what_came_since_is_told_and_once(shelf, at, commit):
    shelf.put("La cantine d’avant")
    index()
    actions.confirm(saved=kept(at), at=at)
    assert next_days(at, 1) == 0
    shelf.put("Une cantine sans bruit")
    shelf.put("Le potager")
    index()
    mail.outbox.clear()
    with commit():
        assert next_days(at, 2) == 1
    [sent] = mail.outbox
    assert "Une cantine sans bruit" in sent.body
    assert "d’avant" not in sent.body
    assert "potager" not in sent.body
    assert next_days(at, 3) == 0


def test_what_was_withdrawn_before_the_mail_left_is_not_told(shelf, at):
    actions.confirm(saved=kept(at), at=at)
    found = shelf.put("Une cantine sans bruit")
    index()
    next_days(at, 2)
    shelf.things.pop(found.key)
    index()
    from marelle.notifications.actions import build

    assert build(Mail.objects.filter(kind__endswith="new_answers").get()) is None


def test_a_weekly_search_waits_for_its_week(shelf, at):
    actions.confirm(saved=kept(at, rhythm="weekly"), at=at)
    shelf.put("Une cantine sans bruit")
    index()
    assert next_days(at, 3) == 0
    assert next_days(at, 7) == 1


def test_facets_are_kept(shelf, at):
    actions.confirm(saved=kept(at, chosen={"age": ["3", "4", "5"]}), at=at)
    shelf.put("Une cantine de grands", ages=(12, 15))
    index()
    assert next_days(at, 2) == 0
    shelf.put("Une cantine de petits", ages=(3, 5))
    index()
    assert next_days(at, 4) == 1


def test_one_click_stops_without_a_page(client, shelf, at, commit):
    saved = actions.confirm(saved=kept(at), at=at)
    shelf.put("Une cantine")
    index()
    mail.outbox.clear()
    with commit():
        next_days(at, 2)
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>").partition("://")[2].partition("/")[2]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.handler.enforce_csrf_checks = True
    assert client.get(f"/{address}").status_code == 200
    assert SavedSearch.objects.filter(pk=saved.pk).exists()
    assert client.post(f"/{address}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not SavedSearch.objects.exists()
    assert client.post(f"/{address}").status_code == 200
    assert client.get(f"/{address}").status_code == 410


def test_a_person_signed_in_has_nothing_to_confirm(client, shelf, at):
    person = UserFactory()
    client.force_login(person)
    answer = client.post(f"{KEEP}?q=cantine&age=3-5", {"rhythm": "weekly"}, follow=True)
    page = answer.content.decode()
    assert "cantine" in page
    assert "de 3 à 5 ans" in page
    saved = SavedSearch.objects.get()
    assert (saved.person, saved.email, saved.chosen) == (person, "", {"age": ["3", "4", "5"]})


def test_nobody_sees_the_searches_of_another(client, shelf, at):
    kept(at, by=UserFactory(), email="")
    client.force_login(UserFactory())
    assert "Aucune recherche gardée" in client.get(reverse("library:search_saved")).content.decode()


def test_an_address_is_not_flooded(shelf, at):
    for n in range(3):
        kept(at, text=f"cantine {n}")
    with pytest.raises(Refused, match="confirmation"):
        kept(at, text="potager")


def test_nothing_can_be_followed_that_says_nothing(client, shelf, at):
    with pytest.raises(Refused):
        kept(at, text="😀")
    assert client.get(KEEP).status_code == 200


def test_what_nobody_confirmed_is_forgotten_in_a_week_and_the_rest_in_two_years(shelf, at):
    kept(at)
    confirmed = actions.confirm(saved=kept(at), at=at)
    assert actions.forget(at=at + timedelta(days=8)) == 1
    assert SavedSearch.objects.get() == confirmed
    actions.confirm(saved=confirmed, at=at + timedelta(days=700))
    assert actions.forget(at=at + timedelta(days=731)) == 0
    assert actions.forget(at=at + timedelta(days=1431)) == 1
