"""What the back office is told of the pages: how a link to one is written in a text."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .definition import address_of


class ShortLink(PageLinkHandler):
    """The address of a page from its place in the tree: one query for all the links of a text, instead of one for each
    kind of page and those of Wagtail's sites. A page that is not public is no link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        asked = [attrs.get("id") for attrs in attrs_list]
        rows = Page.objects.filter(pk__in=[one for one in asked if one], live=True).values_list("pk", "url_path")
        places = {str(pk): url_path for pk, url_path in rows}
        return [
            format_html('<a href="{}">', address_of(places[str(one)])) if str(one) in places else "<a>" for one in asked
        ]


@hooks.register("register_rich_text_features", order=10)
def short_links(features: Any) -> None:
    features.register_link_type(ShortLink)
