"""Links that lead nowhere. Inside the site, each is followed as far as the table of addresses and the thing itself, without
asking for the page. Outside, only the writing of the address is read: this server asks no other one anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import strip_tags
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from marelle.library.enums import DeadLinkReason
from marelle.library.models import Guide, Practice, Resource

from .texts import pieces

ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
THINGS = {"library:resource": Resource, "library:guide": Guide, "library:practice": Practice}
"""Addresses that name one thing by its public id."""
PAGES = "wagtail_serve"
"""The door behind which every page of the site is."""
LEAVES_ALONE = ("mailto:", "tel:", "#")


@dataclass(frozen=True)
class Link:
    where: str
    words: str
    address: str = ""
    page: int | None = None
    """Chosen in the tree of pages: Wagtail keeps its number, and writes its address of the day."""


def links(thing: Any) -> Iterator[Link]:
    for piece in pieces(thing):
        if piece.kind == "address":
            yield Link(piece.where, piece.text, piece.text)
        elif piece.kind == "rich":
            for attributes, inside in ANCHOR.findall(piece.text):
                said = dict(ATTRIBUTE.findall(attributes))
                page = int(said["id"]) if said.get("linktype") == "page" and said.get("id", "").isdigit() else None
                yield Link(piece.where, strip_tags(inside)[:120], unescape(said.get("href", "")), page)


def dead_links(thing: Any) -> list[tuple[Link, str]]:
    return [(link, reason) for link in links(thing) if (reason := why_dead(link))]


def why_dead(link: Link) -> str | None:
    if link.page is not None:
        return None if Page.objects.live().filter(pk=link.page).exists() else DeadLinkReason.OFFLINE
    if not link.address.strip():
        return DeadLinkReason.EMPTY
    if link.address.startswith(LEAVES_ALONE):
        return None
    here = link.address.removeprefix(settings.SITE_URL) or "/"
    if here.startswith("/") and not here.startswith("//"):
        return why_dead_here(here)
    try:
        parts = urlsplit(link.address)
    except ValueError:
        return DeadLinkReason.BADLY_WRITTEN
    host = parts.hostname or ""
    well = parts.scheme in {"http", "https"} and "." in host.strip(".") and " " not in link.address
    return None if well else DeadLinkReason.BADLY_WRITTEN


def why_dead_here(address: str) -> str | None:
    path = unquote(urlsplit(address).path)
    if is_redirected(path):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None if is_a_page(path) else DeadLinkReason.NOT_FOUND
    thing = THINGS.get(match.view_name)
    if thing is not None:
        return (
            None
            if thing.objects.filter(public_id=match.kwargs.get("public_id"), live=True).exists()
            else DeadLinkReason.OFFLINE
        )
    if match.url_name == PAGES:
        return None if is_a_page(path) else DeadLinkReason.NOT_FOUND
    return None


def is_a_page(path: str) -> bool:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    wanted = site.root_page.url_path.rstrip("/") + "/" + path.strip("/") + ("/" if path.strip("/") else "")
    return Page.objects.live().filter(url_path=wanted).exists()


def is_redirected(path: str) -> bool:
    return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()
