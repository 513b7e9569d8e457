"""The delivered site, whole: made once, left to its editors, every link of it answering, in few queries."""

import re
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from marelle.audit.models import Entry
from marelle.library.models import DeadLink
from marelle.portal.actions.site import make
from marelle.portal.definition import seeds
from marelle.portal.models import ContentPage, EventPage, HomePage, NewsIndex, NewsPage
from marelle.portal.queries import site as queries
from tests.worlds import world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    from tests.library.factories import AT

    with world(django_db_blocker) as settled:
        call_command("load_library", stdout=StringIO())
        make(at=AT)
        settled()
        yield


@pytest.fixture
def site(made, db):
    ContentType.objects.get_for_models(*apps.get_app_config("portal").get_models())  # once in a process


def page(address):
    return queries.page_at(address).page


def publish(page, **words):
    for name, value in words.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.repeated = [], set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("id"):
            (self.repeated if given["id"] in self.ids else self.ids).add(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form" and given.get("method", "get").lower() == "get" and given.get("action"):
            self.links.append(given["action"])


class TestDelivered:
    def test_every_page_is_public_at_its_address(self, site, client):
        for address in seeds():
            answer = client.get(address)
            assert answer.status_code == 200, address
            shown = answer.content.decode()
            assert shown.count("<h1") == 1, address
            assert "119" in shown

    def test_every_link_of_the_site_answers(self, site, client):
        """Inside and out of the pages: every address of ours leads somewhere, every anchor is on its page."""
        broken = []
        for address in (*seeds(), "/plan-du-site/"):
            found = Links(client.get(address).content.decode())
            assert not found.repeated, (address, found.repeated)
            for link in found.links:
                parts = urlsplit(link)
                if parts.scheme or parts.netloc:
                    assert parts.scheme in {"https", "tel", "mailto"}, link
                elif not parts.path:
                    if parts.fragment and parts.fragment not in found.ids:
                        broken.append(f"{address} → {link}")
                elif not self.answers(client, parts.path):
                    broken.append(f"{address} → {link}")
        assert broken == []

    def answers(self, client, path, known={}):  # noqa: B006 - the same few links are on every page
        if path not in known:
            try:
                resolve(path)
                known[path] = client.get(path).status_code in {200, 302}
            except Resolver404:
                known[path] = False
        return known[path]

    @pytest.mark.parametrize("address", seeds())
    def test_a_page_takes_few_queries(self, site, client, address, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            client.get(address)

    def test_a_page_read_again_asks_the_log_alone(self, site, client, keeping, django_assert_num_queries):
        for address in ("/", "/programme/gouverner-avec-les-enfants/"):
            client.get(address)
            with django_assert_num_queries(1):
                client.get(address)

    def test_no_page_is_written_in_the_manner_of_machines(self, site, client):
        """Apostrophes and spaces are those of French, and no style or script is written in a page."""
        for address in seeds():
            main = re.search(r"<main.*</main>", client.get(address).content.decode(), re.DOTALL)[0]
            words = re.sub(r"<[^>]+>", " ", main)
            assert not re.search(r"\w'\w", words), address
            assert not re.search(r"[^\s\u202f\u00a0:/] [;!?]", words), address
            assert " style=" not in main
            assert "<script" not in main

    def test_no_link_of_it_is_told_as_dead(self, site):
        assert not DeadLink.objects.exists()


class TestMadeOnce:
    def test_making_it_again_changes_nothing(self, site, at):
        before = Page.objects.count(), Entry.objects.count()
        assert make(at=at) == 0
        assert (Page.objects.count(), Entry.objects.count()) == before

    def test_what_editors_changed_stays(self, site, at, client):
        publish(page("/nous-joindre/"), title="Nous écrire", slug="nous-ecrire")
        make(at=at)
        assert client.get("/nous-ecrire/").status_code == 200
        assert queries.page_at("/nous-joindre/") is None

    def test_what_editors_deleted_stays_deleted(self, site, at, client):
        page("/temps-forts/").delete()
        make(at=at)
        assert client.get("/temps-forts/").status_code == 404

    def test_a_page_delivered_later_is_added_where_nobody_stands(self, site, at, client):
        home = HomePage.objects.get()
        page("/temps-forts/").delete()
        home.delivered = [one for one in home.delivered if one not in {"/temps-forts/", "/aide/"}]
        home.save(update_fields=["delivered"])
        publish(page("/aide/"), heading="Un coup de main")
        assert make(at=at) == 1
        assert client.get("/temps-forts/").status_code == 200
        assert "Un coup de main" in client.get("/aide/").content.decode()

    def test_wagtails_welcome_is_gone_and_the_site_begins_at_our_first_page(self, site):
        assert [one.specific_class for one in Page.objects.filter(depth=2)] == [HomePage]
        assert Site.objects.get().root_page.specific == HomePage.objects.get()

    def test_links_lead_to_pages_not_to_addresses(self, site, client):
        """So that they follow a page that takes another address."""
        publish(page("/programme/etre-accompagne/"), slug="vous-accompagner")
        publish(page("/temps-forts/"), slug="les-temps-forts")
        assert 'href="/agenda/"' in client.get("/les-temps-forts/").content.decode()
        publish(page("/pour-les-enfants/"), slug="pour-toi")
        shown = client.get("/droits-de-l-enfant/").content.decode()
        assert 'href="/pour-toi/"' in shown


class TestServing:
    def test_a_draft_is_nobodys_page(self, site, client):
        parent = HomePage.objects.get()
        parent.add_child(instance=ContentPage(title="Brouillon", slug="brouillon", live=False))
        assert client.get("/brouillon/").status_code == 404

    def test_a_page_taken_down_is_gone_at_once(self, site, client, keeping):
        assert client.get("/temps-forts/").status_code == 200
        page("/temps-forts/").unpublish()
        assert client.get("/temps-forts/").status_code == 404

    def test_a_page_published_again_is_new_at_once(self, site, client, keeping):
        assert "Un coup de main" not in client.get("/aide/").content.decode()
        publish(page("/aide/"), heading="Un coup de main")
        assert "Un coup de main" in client.get("/aide/").content.decode()
        assert Entry.objects.order_by("number").last().kind == "portal.page.published"

    def test_a_page_moved_is_found_at_its_new_address_and_the_old_one_leads_to_it(self, site, client, keeping):
        moved = page("/temps-forts/")
        client.get("/temps-forts/")
        moved.move(page("/reseau/"), pos="last-child")
        assert client.get("/reseau/temps-forts/").status_code == 200
        assert Entry.objects.order_by("number").last().kind == "portal.page.moved"

    def test_a_page_that_takes_another_name_leaves_a_redirection(self, site, client, commit):
        with commit():
            publish(page("/temps-forts/"), slug="les-temps-forts")
        answer = client.get("/temps-forts/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/les-temps-forts/")

    def test_crumbs_name_the_pages_above(self, site, client):
        shown = client.get("/programme/gouverner-avec-les-enfants/").content.decode()
        crumbs = re.search(r'<nav class="crumbs".*?</nav>', shown, re.DOTALL)[0]
        assert '<a href="/programme/">Le programme</a>' in crumbs

    @pytest.mark.parametrize("path", ["/rien/", "/programme/rien/", "/rien/du/tout/", "/accueil/", "/a/" * 30])
    def test_what_is_nowhere_is_not_found(self, site, client, path):
        assert client.get(path).status_code == 404

    def test_nobody_writes_to_a_page(self, site, client):
        assert client.post("/temps-forts/").status_code == 405

    def test_a_missing_page_leads_to_the_search(self, site, client):
        assert 'action="/recherche/"' in client.get("/rien/").content.decode()


class TestForOthers:
    """What search engines, readers of feeds, calendars and those who share a page are told."""

    @pytest.fixture
    def news(self, site, at):
        index = NewsIndex.objects.get()
        found = []
        for number in range(14):
            one = NewsPage(
                title=f"Nouvelle {number} <b>",
                slug=f"nouvelle-{number}",
                lead="Une phrase.",
                dated=f"2026-11-{number + 1:02d}",
            )
            index.add_child(instance=one)
            found.append(one)
        return found

    @pytest.fixture
    def event(self, site, at):
        event = EventPage(
            title="Réunion, à Rouen ; salle 3", slug="reunion", lead="Venez.", place="Rouen", starts_at=at, ends_at=at
        )
        page("/agenda/").add_child(instance=event)
        return event

    def test_each_page_names_itself(self, site, client, settings):
        shown = client.get("/temps-forts/").content.decode()
        assert f'<link rel="canonical" href="{settings.SITE_URL}/temps-forts/">' in shown
        assert f'property="og:image" content="{settings.SITE_URL}/partage/temps-forts/carte.png"' in shown
        assert re.search(r'<meta name="description" content="[^"]{40,}">', shown)

    def test_descriptions_and_titles_are_each_their_own(self, site, client):
        heads = [client.get(address).content.decode().split("</head>")[0] for address in seeds()]
        for pattern in (r"<title>(.*?)</title>", r'name="description" content="(.*?)"'):
            said = [re.search(pattern, head)[1] for head in heads]
            assert len(said) == len({*said})

    def test_a_shared_page_has_a_card_of_its_own(self, site, client):
        for address in ("/partage/carte.png", "/partage/temps-forts/carte.png"):
            answer = client.get(address)
            assert answer.headers["Content-Type"] == "image/png"
            assert answer.content.startswith(b"\x89PNG")
        assert client.get("/partage/rien/carte.png").status_code == 404

    def test_questions_are_told_as_such(self, site, client):
        shown = client.get("/questions/").content.decode()
        assert '"@type": "FAQPage"' in shown
        assert "</script>" in shown.split("application/ld+json")[1]
        assert "\\u003Cp\\u003E" in shown

    def test_the_news_are_listed_latest_first_by_pages(self, news, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            shown = client.get("/actualites/").content.decode()
        assert shown.index("Nouvelle 13") < shown.index("Nouvelle 12")
        assert "Nouvelle 1 &lt;b&gt;" not in shown
        assert "Nouvelle 1 &lt;b&gt;" in client.get("/actualites/?page=2").content.decode()
        assert client.get("/actualites/?page=zzz").status_code == 200

    def test_the_feed_tells_the_last_news(self, news, client, settings):
        answer = client.get("/actualites/flux.xml")
        assert answer.headers["Content-Type"].startswith("application/rss+xml")
        said = answer.content.decode()
        assert f"{settings.SITE_URL}/actualites/nouvelle-13/" in said
        assert "Nouvelle 13 &lt;b&gt;" in said
        assert said.index("nouvelle-13") < said.index("nouvelle-12")

    def test_a_date_goes_into_ones_own_agenda(self, event, client):
        answer = client.get("/agenda/reunion/date.ics")
        assert answer.headers["Content-Type"].startswith("text/calendar")
        said = answer.content.decode()
        assert "SUMMARY:Réunion\\, à Rouen \\; salle 3\r\n" in said
        assert "DTSTART:20261124T093000Z\r\n" in said
        assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))
        assert "BEGIN:VEVENT" in client.get("/agenda/agenda.ics").content.decode()

    def test_the_agenda_shows_what_comes_then_what_is_past(self, event, client, at):
        shown = client.get("/agenda/").content.decode()
        assert "Novembre 2026" in shown
        assert "mardi 24 novembre 2026, de 10\u00a0h\u00a030 à 10\u00a0h\u00a030" in shown
        assert "Les dates passées" not in shown
        EventPage.objects.update(starts_at="2026-11-02T09:00Z", ends_at="2026-11-02T10:00Z")
        assert "Les dates passées" in client.get("/agenda/").content.decode()
        assert "Cette date est passée." in client.get("/agenda/reunion/").content.decode()

    def test_the_sitemap_lists_what_is_public_and_nothing_else(self, news, client, settings):
        news[0].unpublish()
        said = client.get("/sitemap.xml").content.decode()
        assert f"<loc>{settings.SITE_URL}/temps-forts/</loc>" in said
        assert f"<loc>{settings.SITE_URL}/actualites/nouvelle-1/</loc>" in said
        assert "/actualites/nouvelle-0/" not in said
        assert "/edition/" not in said

    def test_robots_are_told_where_not_to_go(self, site, client, settings):
        assert "Disallow: /edition/" in client.get("/robots.txt").content.decode()
        settings.DEMO = True
        assert "Disallow: /\n" in client.get("/robots.txt").content.decode()

    def test_the_plan_shows_the_pages_as_they_hang_together(self, site, client):
        shown = client.get("/plan-du-site/").content.decode()
        assert "Gouverner avec les enfants" in shown
        assert 'href="/recherche/"' in shown
