"""Reading a page tells nobody else: what it loads, it loads from here."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.urls import NoReverseMatch, reverse

from tests.house.doors import DOORS, PUBLIC

pytestmark = pytest.mark.django_db
LOADS = {"src", "srcset", "poster", "data", "background", "imagesrcset"}
RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}


class Loaded(HTMLParser):
    """Addresses that a browser fetches by itself when it opens the page."""

    def __init__(self):
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        for name in LOADS & set(given):
            pieces = given[name].split(",") if name.endswith("srcset") else [given[name]]
            self.addresses += [piece.split()[0] for piece in pieces if piece.strip()]
        if tag == "link" and RELATIONS & set((given.get("rel") or "").split()):
            self.addresses.append(given.get("href", ""))


def elsewhere(html):
    page = Loaded()
    page.feed(html)
    return [
        one for one in page.addresses if urlsplit(one).netloc not in {"", "testserver"} and not one.startswith("data:")
    ]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<img src="https://mal.example/a.png">', 1),
        ('<img src="/a.png" srcset="/b.png 1x, //mal.example/c.png 2x">', 1),
        ('<link rel="preload stylesheet" href="https://mal.example/a.css">', 1),
        ('<video poster="http://mal.example/a.jpg"></video>', 1),
        ('<a href="https://www.unicef.example/">lire</a><link rel="canonical" href="https://marelle.example/">', 0),
        ('<img src="data:image/png;base64,AA=="><script src="/static/ui.js"></script>', 0),
    ],
)
def test_the_net_catches_what_it_must(html, found):
    assert len(elsewhere(html)) == found


def without_arguments():
    for name in sorted(name for name, who in DOORS.items() if who == PUBLIC):
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue


@pytest.mark.parametrize(("name", "url"), [*without_arguments()])
def test_a_public_page_asks_nothing_of_another_site(client, name, url):
    response = client.get(url, follow=True)
    if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
        assert elsewhere(response.content.decode()) == []
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "http:" not in policy.replace("'self'", "")
