"""A resident, a mayor, a child: the pages anyone may read, on any screen."""

import gzip
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from marelle.programme.enums import NetworkStatus
from tests.portal.test_public import PAGES, titled
from tests.programme.factories import NetworkMembershipFactory, RouteVersionFactory
from tests.territories.factories import DepartementFactory, RegionFactory, TerritoryFactory

FIRST_LOAD_MAX = 150_000
"""Bytes, compressed: three seconds on a bad mobile connection."""


@pytest.fixture
def members(live_server):
    """A titled town and a member of the network. (`live_server` brings the database that the browser reads.)"""
    RouteVersionFactory(), RouteVersionFactory(network=True)
    home = DepartementFactory(name="Seine-Maritime", region=RegionFactory(name="Normandie"))
    titled(TerritoryFactory(name="Rouen", departement=home, region=home.region, x=408.0, y=150.0), timezone.now())
    village = TerritoryFactory(name="Le Village", departement=home, region=home.region, x=400.0, y=140.0)
    NetworkMembershipFactory(organisation__territory=village, status=NetworkStatus.MEMBER, joined_on=date(2026, 6, 1))


@pytest.mark.parametrize("reader", [{}, {"phone": True, "dark": True}], ids=["desktop", "phone at night"])
def test_no_public_page_has_a_barrier(browse, axe, members, reader):
    page = browse(**reader)
    for path in PAGES:
        page.goto(path)
        axe(page)


def test_a_phone_without_javascript_reaches_every_door(browse, members):
    page = browse(phone=True, javascript=False)
    page.goto("/")
    page.locator(".phone-menu summary").click()
    page.locator(".phone-menu").get_by_role("link", name="Le réseau").click()
    assert urlsplit(page.url).path == "/reseau/"
    page.get_by_role("link", name="Rouen").last.click()
    assert "Rouen" in page.get_by_role("heading", level=1).inner_text()


def test_the_first_load_is_light(page, members):
    weighed = {}
    page.on("response", lambda response: weighed.__setitem__(response.url, response))
    page.goto("/", wait_until="networkidle")
    sizes = {url: len(gzip.compress(response.body())) for url, response in weighed.items() if response.ok}
    assert sum(sizes.values()) < FIRST_LOAD_MAX, sizes
    assert all(urlsplit(url).hostname in {"localhost", "127.0.0.1"} for url in sizes)
