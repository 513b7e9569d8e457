"""What the back office is told of the pages: how a link to one is written in a text, how a film is picked."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.rich_text.pages import PageLinkHandler

from marelle.audit.kept import kept
from marelle.library.models import Video

from .queries import site


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


class Films(ChooserViewSet):
    """The films there are, to put one in a page."""

    model = Video
    icon = "media"
    choose_one_text = _("Choisir une vidéo")
    choose_another_text = _("Choisir une autre vidéo")
    ordering = ["title"]
    register_widget = False  # the library's own forms keep theirs


@hooks.register("register_admin_viewset")
def films() -> Films:
    return Films("film_chooser")
