"""What the back office is told of the pages: how a link to one is written in a text."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from wagtail import hooks
from wagtail.rich_text.pages import PageLinkHandler

from .queries import site
from .queries.kept import kept


class ShortLink(PageLinkHandler):
    """The address of a page from the one list of them all, instead of a query for each text and each kind of page. A
    page that is not public is no link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        places = kept(site.places)
        found = [places.get(int(attrs.get("id") or 0)) for attrs in attrs_list]
        return [format_html('<a href="{}">', address) if address else "<a>" for address in found]


@hooks.register("register_rich_text_features", order=10)
def short_links(features: Any) -> None:
    features.register_link_type(ShortLink)
