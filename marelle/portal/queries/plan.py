"""Every public address: for people (the plan of the site) and for search engines (the sitemap)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from marelle.library.models import Article, Guide, Practice, Resource
from marelle.portal.definition import ROOT, address_of
from marelle.portal.models import EventPage, NewsPage

from . import public

RECENT_NEWS = 10


@dataclass(frozen=True)
class Place:
    """A page in the plan, and those under it."""

    title: str
    url: str
    under: list[Place] = field(default_factory=list)


def tree() -> list[Place]:
    """The pages that editors made, as they hang together, in one query. News and dates have lists of their own."""
    leaves = [model._meta.label_lower for model in (NewsPage, EventPage)]
    rows = (
        Page.objects.filter(live=True, url_path__startswith=ROOT)
        .exclude(content_type__app_label="portal", content_type__model__in=[one.split(".")[1] for one in leaves])
        .order_by("path")
        .values_list("title", "url_path", "depth")
    )
    first: list[Place] = []
    way: list[tuple[int, list[Place]]] = [(0, first)]
    for title, url_path, depth in rows:
        if url_path == ROOT:
            continue
        while way[-1][0] >= depth:
            way.pop()
        place = Place(title, address_of(url_path))
        way[-1][1].append(place)
        way.append((depth, place.under))
    return first


def doors() -> list[Place]:
    """Public lists that Marelle makes by itself."""
    return [
        Place(_("Territoires"), reverse("portal:territories")),
        Place(_("Consultations"), reverse("participation:consultations")),
        Place(_("Propositions d’enfants"), reverse("participation:proposals")),
        Place(_("Conseils d’enfants et de jeunes"), reverse("participation:councils")),
        Place(_("Catalogue des ressources"), "/ressources/catalogue/"),
        Place(_("Pratiques"), "/pratiques/"),
        Place(_("Guides"), "/guides/"),
        Place(_("La Convention, article par article"), "/convention/"),
        Place(_("Recherche"), "/recherche/"),
        Place(_("Données personnelles"), reverse("portal:privacy")),
    ]


def addresses(on: date) -> Iterator[tuple[str, datetime | None]]:
    """Every address that a search engine should know, with the last change when it is known."""
    pages = Page.objects.filter(live=True, url_path__startswith=ROOT).order_by("path")
    for url_path, changed in pages.values_list("url_path", "last_published_at"):
        yield address_of(url_path), changed
    for door in doors():
        yield door.url, None
    for folder, model in (("ressources", Resource), ("pratiques", Practice), ("guides", Guide)):
        rows = model.objects.public().order_by("pk").values_list("public_id", "slug", "last_published_at")
        for public_id, slug, changed in rows.iterator():
            yield f"/{folder}/{public_id}-{slug}/", changed
    for number in Article.objects.order_by("pk").values_list("pk", flat=True):
        yield f"/convention/{number}/", None
    for member in public.members(on).everyone:
        yield member.territory.get_absolute_url(), None
