"""What search engines and those who share a page are told of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from marelle.portal.models import EventPage, FaqPage, HomePage, NewsIndex, NewsPage

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Meta:
    """Title, words, address and card of a page; `data` is its JSON-LD, when search engines make something of it."""

    title: str
    description: str
    url: str
    kind: str
    card: str
    feed: bool
    data: SafeString


def meta_of(page: Any) -> Meta:
    address = page.address
    title = page.seo_title or page.title
    return Meta(
        title=title,
        description=page.search_description or Truncator(page.lead).chars(200) or title,
        url=f"{settings.SITE_URL}{address}",
        kind="article" if isinstance(page, NewsPage) else "website",
        card=f"{settings.SITE_URL}/partage{address}carte.png",
        feed=isinstance(page, HomePage | NewsIndex | NewsPage),
        data=_script(_data_of(page, title)),
    )


def _data_of(page: Any, title: str) -> dict[str, Any]:
    url = f"{settings.SITE_URL}{page.address}"
    if isinstance(page, HomePage):
        return {
            "@type": "WebSite", "name": "Marelle", "url": url, "inLanguage": "fr",
            "potentialAction": {
                "@type": "SearchAction", "target": f"{settings.SITE_URL}/recherche/?q={{search_term_string}}",
                "query-input": "required name=search_term_string",
            },
        }  # fmt: skip
    if isinstance(page, NewsPage):
        return {
            "@type": "NewsArticle", "headline": title, "description": page.lead, "url": url, "inLanguage": "fr",
            "datePublished": page.dated.isoformat(),
            "dateModified": (page.last_published_at.isoformat() if page.last_published_at else page.dated.isoformat()),
            "publisher": {"@type": "Organization", "name": "Marelle"},
        }  # fmt: skip
    if isinstance(page, EventPage):
        online = {"@type": "VirtualLocation", "url": page.online or url}
        return {
            "@type": "Event", "name": title, "description": page.lead, "url": url,
            "startDate": page.starts_at.isoformat(), "endDate": page.ends_at.isoformat(),
            "eventAttendanceMode": f"https://schema.org/{'Offline' if page.place else 'Online'}EventAttendanceMode",
            "location": {"@type": "Place", "name": page.place, "address": page.place} if page.place else online,
        }  # fmt: skip
    if isinstance(page, FaqPage):
        return {
            "@type": "FAQPage", "url": url,
            "mainEntity": [
                {
                    "@type": "Question", "name": item["question"],
                    "acceptedAnswer": {"@type": "Answer", "text": str(item["answer"])},
                }
                for section in page.sections for item in section.value["questions"]
            ],
        }  # fmt: skip
    return {}


def _script(data: dict[str, Any]) -> SafeString:
    """Data, not code: the policy of the site lets no script written in a page run."""
    if not data:
        return SafeString("")
    said = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(said))
