"""A teacher without an account puts resources together, shares them by a code, and changes them on their own device."""

from datetime import timedelta

import pytest
from django.test import Client

from marelle.core.rules import Refused
from marelle.library.actions import shelves
from marelle.library.models import ListItem, ReadingList
from marelle.library.rules import shelves as rules
from marelle.library.rules.shelves import Holder
from marelle.library.views.holding import LISTS
from tests.accounts.factories import UserFactory
from tests.library.factories import ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource():
    return ResourceFactory(live=True, title="La carte des cachettes")


def begun(client, resource, title="Mardi matin"):
    """Begin a list from the page of a resource, as a person does."""
    answer = client.post(f"/listes/garder/{resource.public_id}/", {"title": title, "note": "Pour les CE2"})
    assert answer.status_code == 302
    return ReadingList.objects.get(title=title)


def keyed(at, title="Mardi matin", keys=None):
    """A list, and the holder of its key."""
    made, key = shelves.begin(title=title, by=Holder(None, keys or {}), at=at)
    return made, Holder(None, {**(keys or {}), made.public_id: key})


class TestWithoutAccount:
    def test_nothing_is_put_on_the_device_before_a_list_is_begun(self, client, resource):
        for address in ("/listes/", f"/listes/garder/{resource.public_id}/"):
            assert LISTS not in client.get(address).cookies

    def test_a_list_is_begun_read_by_anyone_and_changed_here_only(self, client, resource):
        reading_list = begun(client, resource)
        cookie = client.cookies[LISTS]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        here, elsewhere = (one.get(f"/listes/{reading_list.public_id}/") for one in (client, Client()))
        assert "La carte des cachettes" in elsewhere.content.decode()
        assert elsewhere.headers["X-Robots-Tag"] == "noindex"
        change = f"/listes/{reading_list.public_id}/modifier/"
        assert change in here.content.decode()
        assert change not in elsewhere.content.decode()
        assert (client.get(change).status_code, Client().get(change).status_code) == (200, 404)

    @pytest.mark.parametrize("door", ["modifier", "ranger", "supprimer"])
    def test_a_stranger_changes_nothing(self, client, resource, door):
        reading_list = begun(client, resource)
        stranger = Client()
        stranger.cookies[LISTS] = "somebody-elses:words"
        assert stranger.post(f"/listes/{reading_list.public_id}/{door}/", {"title": "Pris"}).status_code == 404
        reading_list.refresh_from_db()
        assert reading_list.title == "Mardi matin"

    def test_the_key_is_not_in_the_database(self, client, resource):
        reading_list = begun(client, resource)
        page = client.get(f"/listes/{reading_list.public_id}/modifier/").content.decode()
        key = page.split("/cle/")[1].split("/")[0]
        assert len(key) >= 16
        assert reading_list.key_hash == rules.digest(key) != key

    def test_the_address_for_changing_opens_it_on_another_device(self, client, resource):
        reading_list = begun(client, resource)
        page = client.get(f"/listes/{reading_list.public_id}/modifier/").content.decode()
        key = page.split("/cle/")[1].split("/")[0]
        other = Client()
        address = f"/listes/{reading_list.public_id}/cle/{key}/"
        assert LISTS not in other.get(address).cookies
        assert other.post(address).status_code == 302
        assert other.get(f"/listes/{reading_list.public_id}/modifier/").status_code == 200
        assert Client().get(f"/listes/{reading_list.public_id}/cle/{'x' * 16}/").status_code == 404

    def test_the_code_leads_to_the_list(self, client, resource, settings):
        reading_list = begun(client, resource)
        page = client.get(f"/listes/{reading_list.public_id}/").content.decode()
        assert f"{settings.SITE_URL}/listes/{reading_list.public_id}/" in page
        assert "<svg" in page
        assert "style=" not in page.split("<svg", 1)[1].split("</svg>")[0]
        code = Client().get(f"/listes/{reading_list.public_id}/code.png")
        assert code.content.startswith(b"\x89PNG")

    def test_what_is_typed_is_shown_as_words(self, client, resource):
        reading_list = begun(client, resource, title="<script>alert(1)</script>")
        assert "<script>alert(1)" not in client.get(f"/listes/{reading_list.public_id}/").content.decode()

    def test_an_empty_title_loses_nothing_typed(self, client, resource):
        page = client.post(f"/listes/garder/{resource.public_id}/", {"title": "", "note": "Pour les CE2"})
        assert page.status_code == 200
        assert "Pour les CE2" in page.content.decode()
        assert not ReadingList.objects.exists()


class TestChanging:
    def test_the_same_resource_is_kept_once(self, at, resource):
        reading_list, holder = keyed(at)
        assert shelves.add(reading_list=reading_list, resource=resource, by=holder, at=at)
        assert not shelves.add(reading_list=reading_list, resource=resource, by=holder, at=at)
        assert reading_list.items.count() == 1

    def test_up_and_down_keep_everything_in_order(self, at):
        reading_list, holder = keyed(at)
        made = [ResourceFactory(live=True) for _ in range(3)]
        for one in made:
            shelves.add(reading_list=reading_list, resource=one, by=holder, at=at)
        first, second, third = reading_list.items.all()
        shelves.move(reading_list=reading_list, item=third.pk, up=True, by=holder, at=at)
        shelves.move(reading_list=reading_list, item=first.pk, up=True, by=holder, at=at)
        assert [item.pk for item in reading_list.items.all()] == [first.pk, third.pk, second.pk]

    def test_taken_out_by_mistake_it_comes_back(self, client, resource):
        reading_list = begun(client, resource)
        item = reading_list.items.get()
        arrange = f"/listes/{reading_list.public_id}/ranger/"
        page = client.post(arrange, {"do": f"out:{item.pk}"}, follow=True).content.decode()
        assert not reading_list.items.exists()
        assert f"back:{resource.public_id}" in page
        client.post(arrange, {"do": f"back:{resource.public_id}"})
        assert reading_list.items.get().resource == resource

    @pytest.mark.parametrize("said", ["up:x", "out:", "", "down:99999999999999999999", "back:nothing"])
    def test_a_press_that_means_nothing_changes_nothing(self, client, resource, said):
        reading_list = begun(client, resource)
        answer = client.post(f"/listes/{reading_list.public_id}/ranger/", {"do": said})
        assert answer.status_code in {302, 404}
        assert reading_list.items.count() == 1

    def test_notes_and_title_are_saved_together(self, client, resource):
        reading_list = begun(client, resource)
        item = reading_list.items.get()
        client.post(
            f"/listes/{reading_list.public_id}/modifier/", {"title": "Jeudi", "note": "", f"note-{item.pk}": "Salle B"}
        )
        reading_list.refresh_from_db()
        assert (reading_list.title, reading_list.items.get().note) == ("Jeudi", "Salle B")

    def test_a_resource_taken_offline_keeps_its_place_and_loses_its_title(self, client, resource):
        reading_list = begun(client, resource)
        resource.live = False
        resource.save()
        page = Client().get(f"/listes/{reading_list.public_id}/").content.decode()
        assert "La carte des cachettes" not in page
        assert "plus en ligne" in page

    def test_a_list_is_full_at_some_point_and_says_so(self, at, resource, monkeypatch):
        monkeypatch.setattr(rules, "MOST_ITEMS", 1)
        reading_list, holder = keyed(at)
        shelves.add(reading_list=reading_list, resource=resource, by=holder, at=at)
        with pytest.raises(Refused, match="a déjà"):
            shelves.add(reading_list=reading_list, resource=ResourceFactory(live=True), by=holder, at=at)

    def test_a_device_has_so_many_lists_and_no_more(self, at, monkeypatch):
        monkeypatch.setattr(rules, "MOST_LISTS", 1)
        _made, holder = keyed(at)
        with pytest.raises(Refused, match="Supprimez-en une"):
            shelves.begin(title="Encore", by=holder, at=at)

    def test_anyone_who_reads_it_may_take_a_copy_home(self, client, resource):
        reading_list = begun(client, resource)
        other = Client()
        answer = other.post(f"/listes/{reading_list.public_id}/copier/", follow=True)
        assert answer.status_code == 200
        copied = ReadingList.objects.exclude(pk=reading_list.pk).get()
        assert [item.resource for item in copied.items.all()] == [resource]
        assert client.get(f"/listes/{copied.public_id}/modifier/").status_code == 404

    def test_deleted_it_is_gone_for_everybody(self, client, resource):
        reading_list = begun(client, resource)
        client.post(f"/listes/{reading_list.public_id}/supprimer/")
        assert client.get(f"/listes/{reading_list.public_id}/").status_code == 404
        assert not ListItem.objects.exists()


class TestWithAnAccount:
    def test_the_lists_of_the_device_become_those_of_the_account(self, client, resource):
        reading_list = begun(client, resource)
        person = UserFactory()
        client.force_login(person)
        assert "rattacher" in client.get("/listes/").content.decode()
        client.post("/listes/rattacher/")
        reading_list.refresh_from_db()
        assert (reading_list.owner, reading_list.key_hash) == (person, "")
        elsewhere = Client()
        elsewhere.force_login(person)
        assert elsewhere.get(f"/listes/{reading_list.public_id}/modifier/").status_code == 200

    def test_somebody_elses_account_changes_nothing(self, client, at):
        reading_list, _key = shelves.begin(title="À moi", by=Holder(UserFactory()), at=at)
        client.force_login(UserFactory())
        assert client.get(f"/listes/{reading_list.public_id}/modifier/").status_code == 404
        assert "À moi" not in client.get("/listes/").content.decode()


def test_a_list_is_shown_in_few_queries(client, at, django_assert_max_num_queries):
    reading_list, holder = keyed(at)
    for _ in range(12):
        shelves.add(reading_list=reading_list, resource=ResourceFactory(live=True), by=holder, at=at)
    with django_assert_max_num_queries(4):
        client.get(f"/listes/{reading_list.public_id}/")


def test_nobody_changed_it_for_two_years_it_is_forgotten(at):
    old, _ = keyed(at - timedelta(days=800))
    new, _ = keyed(at, title="Récente")
    shelves.forget(at=at)
    assert [one.pk for one in ReadingList.objects.all()] == [new.pk]
    assert old.pk != new.pk
