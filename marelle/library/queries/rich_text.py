"""What staff wrote in the back office, as plain data: the page and the PDF are both made from it. Whatever is not a
paragraph, a list, bold, italic or a link is words: no markup goes through.

    [{"kind": "p", "runs": [{"text": "Choisir ", "bold": False, "italic": False}, …]},
     {"kind": "ul", "items": [[run, …], …]}]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from wagtail.models import Page

Run = dict[str, Any]
PARAGRAPHS = {"p", "div", "h2", "h3", "h4", "blockquote"}
LISTS = {"ul", "ol"}
SILENT = {"script", "style", "embed", "svg", "iframe", "object", "template"}
WEB = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)", re.I)
PAGE_LINK = re.compile(r'linktype="page"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*linktype="page"')


class _Reader(HTMLParser):
    def __init__(self, pages: Mapping[int, str]):
        super().__init__()
        self.pages = pages
        self.parts: list[dict[str, Any]] = []
        self.runs: list[Run] | None = None
        self.bold = self.italic = self.silent = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += tag != "embed"  # The one that is never closed.
        elif tag in PARAGRAPHS:
            self._open()
        elif tag in LISTS:
            self.runs = None
            self.parts.append({"kind": tag, "items": []})
        elif tag == "li":
            if not (self.parts and self.parts[-1]["kind"] in LISTS):
                self.parts.append({"kind": "ul", "items": []})
            self.runs = []
            self.parts[-1]["items"].append(self.runs)
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "a":
            self.links.append(self._address(dict(attrs)))
        self.bold += tag in {"b", "strong"}
        self.italic += tag in {"i", "em"}

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in PARAGRAPHS | LISTS | {"li"}:
            self.runs = None
        elif tag == "a" and self.links:
            self.links.pop()
        self.bold -= tag in {"b", "strong"} and self.bold > 0
        self.italic -= tag in {"i", "em"} and self.italic > 0

    def handle_data(self, data: str) -> None:
        if self.silent or (self.runs is None and not data.strip()):
            return
        if self.runs is None:
            self._open()
        assert self.runs is not None
        run: Run = {"text": data, "bold": bool(self.bold), "italic": bool(self.italic)}
        if self.links and self.links[-1]:
            run["href"] = self.links[-1]
        self.runs.append(run)

    def _open(self) -> None:
        if self.runs is not None and self.parts and self.parts[-1]["kind"] in LISTS:
            return  # A paragraph inside an item is the item.
        self.runs = []
        self.parts.append({"kind": "p", "runs": self.runs})

    def _address(self, attrs: Mapping[str, str | None]) -> str:
        if attrs.get("linktype") == "page":
            known = attrs.get("id") or ""
            return self.pages.get(int(known), "") if known.isdecimal() else ""
        href = (attrs.get("href") or "").strip()
        return href if WEB.match(href) else ""


def said(html: str, pages: Mapping[int, str]) -> list[dict[str, Any]]:
    reader = _Reader(pages)
    reader.feed(html)
    reader.close()
    return [part for part in reader.parts if any(run["text"].strip() for run in _runs(part))]


def _runs(part: Mapping[str, Any]) -> Iterable[Run]:
    return part["runs"] if part["kind"] == "p" else [run for item in part["items"] for run in item]


def pages_of(raw: Any) -> dict[int, str]:
    """The addresses of the pages of the site that a text links to: one query, none when there is no such link."""
    found = {int(a or b) for a, b in PAGE_LINK.findall(_joined(raw))}
    if not found:
        return {}
    return {page.pk: page.url or "" for page in Page.objects.live().filter(pk__in=found)}


def absolute(href: str) -> str:
    """For paper: an address that works away from the site."""
    return settings.SITE_URL + href if href.startswith("/") else href


def _joined(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, dict):
        return " ".join(map(_joined, raw.values()))
    return " ".join(map(_joined, raw)) if isinstance(raw, list | tuple) else ""
