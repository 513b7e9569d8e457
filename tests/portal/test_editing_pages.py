"""The pages in the back office: each kind opens, is previewed as readers will see it, and is saved whole."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from marelle.accounts.actions.seats import seat
from marelle.accounts.enums import Role
from marelle.library.actions.office import open_the_office
from marelle.portal import models
from marelle.portal.actions.site import make
from marelle.portal.models import ContentPage, EventPage, HomePage, NewsIndex, NewsPage
from tests.accounts.factories import national

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, at):
    make(at=at)
    open_the_office(at=at)
    publisher = national(Role.PUBLISHER)
    seat(user=publisher)
    client.force_login(publisher)
    return client


def one_of_each(at):
    NewsIndex.objects.get().add_child(instance=NewsPage(title="Une nouvelle", slug="une"))
    models.AgendaPage.objects.get().add_child(
        instance=EventPage(title="Une date", slug="une", starts_at=at, ends_at=at)
    )
    return [getattr(models, name).objects.first() for name in models.__all__]


def test_every_kind_of_page_opens_in_the_editor_and_is_shown_as_readers_will_see_it(office, at):
    for page in one_of_each(at):
        kind = type(page).__name__
        assert office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, kind
        shown = office.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert shown.status_code == 200, kind
        assert shown.content.decode().count("<h1") == 1


def test_a_new_page_of_each_kind_can_be_begun(office):
    home = HomePage.objects.get()
    for parent, kind in (
        (home, "contentpage"),
        (NewsIndex.objects.get(), "newspage"),
        (models.AgendaPage.objects.get(), "eventpage"),
    ):
        address = reverse("wagtailadmin_pages:add", args=["portal", kind, parent.pk])
        assert office.get(address).status_code == 200, kind


def what_is_typed(**words):
    return nested_form_data(
        {
            "title": "Une place pour jouer", "slug": "une-place-pour-jouer", "kicker": "", "heading": "", "lead": "Dehors.",
            "square": "act", "icon": "tree-pine", "picture": "", "seo_title": "", "search_description": "",
            "ways": streamfield([]), "body": streamfield([("heading", "Pourquoi"), ("text", rich_text("<p>Pour courir.</p>"))]),
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "comments-MAX_NUM_FORMS": 1000,
            **words,
        }
    )  # fmt: skip


def test_a_page_is_written_previewed_and_published(office, client):
    home = HomePage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["portal", "contentpage", home.pk])
    answer = office.post(add, what_is_typed(**{"action-publish": "1"}))
    assert answer.status_code == 302
    page = ContentPage.objects.get(slug="une-place-pour-jouer")
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert office.post(preview, what_is_typed(title="Une place pour grimper")).json()["is_valid"]
    seen = office.get(preview + "?mode=").content.decode()
    assert "Une place pour grimper" in seen
    client.logout()
    public = client.get("/une-place-pour-jouer/").content.decode()
    assert "Pour courir." in public
    assert "grimper" not in public


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"label": "Lire", "page": "", "address": ""}, "Choisissez une page, ou"),
        ({"label": "Lire", "page": "", "address": "javascript:alert(1)"}, "Une adresse commence par / (sur ce site)"),
        ({"label": "Lire", "page": "home", "address": "/aide/"}, "retirez-la, ou videz"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused_in_words(office, link, told):
    home = HomePage.objects.get()
    link["page"] = home.pk if link["page"] else ""
    add = reverse("wagtailadmin_pages:add", args=["portal", "contentpage", home.pk])
    answer = office.post(add, what_is_typed(ways=streamfield([("way", link)])))
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert "Pour courir." in answer.content.decode()
    assert not Page.objects.filter(slug="une-place-pour-jouer").exists()


def test_a_film_is_picked_in_a_window(office):
    assert office.get(reverse("film_chooser:choose")).status_code == 200


def test_a_link_to_a_page_that_was_deleted_can_still_be_mended(office):
    Page.objects.get(slug="agenda").delete()
    page = Page.objects.get(slug="temps-forts")
    assert office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    page.specific.save_revision().publish()
    assert 'href=""' not in office.get("/temps-forts/").content.decode()
