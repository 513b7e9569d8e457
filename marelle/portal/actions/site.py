"""The delivered site becomes pages, once. From then on it belongs to those who edit it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from marelle.audit.actions import record
from marelle.portal.definition import Seed, place_of, seeds
from marelle.portal.models import HomePage
from marelle.portal.queries.site import page_of

WELCOME = "welcome to your new wagtail site!"
"""The page that Wagtail's own migrations leave."""


@transaction.atomic
def make(*, at: datetime) -> int:
    """Make the pages that were never made, and say how many. What editors wrote is not touched; a delivered page
    that they deleted stays deleted."""
    home = HomePage.objects.select_for_update().first()
    known = set(home.delivered) if home else set()
    wanted = [seed for seed in seeds().values() if seed.address not in known]
    if not wanted:
        return 0
    made = [page for seed in wanted if (page := _stand(seed)) is not None]
    keys = {seed.address: page.pk for seed, page in made}
    keys |= dict(_standing(known))
    for seed, page in made:
        _write(seed, page, keys)
    home = HomePage.objects.get()
    home.delivered = sorted({*known, *(seed.address for seed in wanted)})
    home.save(update_fields=["delivered"])
    if not known:
        _serve_from(home)
    record("portal.site.made", on=HomePage, by=None, at=at, count=len(made))
    return len(made)


def _stand(seed: Seed) -> tuple[Seed, Any] | None:
    """A page at its place, still empty, unless somebody's page stands there, or what is above it is gone."""
    if Page.objects.filter(url_path=place_of(seed.address)).exists():
        return None
    parent = Page.objects.filter(url_path=place_of(seed.parent)).first() if seed.parent else Page.get_first_root_node()
    if parent is None:
        return None
    page = page_of(seed)
    page.live = False
    for name in seed.streams:
        setattr(page, name, [])
    parent.add_child(instance=page)
    return seed, page


def _standing(addresses: set[str]) -> list[tuple[str, int]]:
    places = {place_of(address): address for address in addresses}
    rows = Page.objects.filter(url_path__in=places).values_list("url_path", "pk")
    return [(places[place], pk) for place, pk in rows]


def _write(seed: Seed, page: Any, keys: dict[str, int]) -> None:
    """Its words, with links to the pages themselves, and public."""
    page, written = type(page).objects.get(pk=page.pk), page_of(seed, pages=keys)
    for name in seed.streams:
        setattr(page, name, getattr(written, name))
    page.full_clean()
    page.save_revision().publish()


def _serve_from(home: HomePage) -> None:
    """Wagtail's site begins at our first page; its welcome page leaves if nobody made anything of it."""
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Marelle"}
    )
    for page in Page.objects.filter(depth=2, title__iexact=WELCOME, numchild=0):
        page.delete()
