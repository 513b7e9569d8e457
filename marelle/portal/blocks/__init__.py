"""What an editor builds a page with."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .links import PROSE, CallBlock, DoorsBlock, LinkBlock, ReasonsBlock
from .live import EventsBlock, FiguresBlock, MembersBlock, NewsBlock, PathBlock, RouteBlock, WaysBlock
from .media import DownloadsBlock, PicksBlock, PictureBlock, VideoBlock
from .words import ChildrenBlock, DisclosuresBlock, EmergencyBlock, NoticeBlock, QuoteBlock, StepsBlock, TextBlock

WORDS = _("Des mots")
PICTURES = _("Des images et des fichiers")
LIVE = _("Ce que Marelle sait")
DOORS = _("Des portes")


class PageBody(blocks.StreamBlock):
    """Everything a page can hold, in groups."""

    heading = blocks.CharBlock(
        label=_("intertitre"), max_length=120, icon="title", group=WORDS, template="portal/blocks/heading.html"
    )
    text = TextBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    steps = StepsBlock(group=WORDS)
    disclosures = DisclosuresBlock(group=WORDS)
    notice = NoticeBlock(group=WORDS)
    children = ChildrenBlock(group=WORDS)
    emergency = EmergencyBlock(group=WORDS)
    picture = PictureBlock(group=PICTURES)
    video = VideoBlock(group=PICTURES)
    downloads = DownloadsBlock(group=PICTURES)
    picks = PicksBlock(group=DOORS)
    doors = DoorsBlock(group=DOORS)
    reasons = ReasonsBlock(group=DOORS)
    call = CallBlock(group=DOORS)
    figures = FiguresBlock(group=LIVE)
    members = MembersBlock(group=LIVE)
    path = PathBlock(group=LIVE)
    route = RouteBlock(group=LIVE)
    library = WaysBlock(group=LIVE)
    news = NewsBlock(group=LIVE)
    events = EventsBlock(group=LIVE)

    def render_basic(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """Each block in its place; one that has nothing to show today (no date to come…) leaves no hole."""
        drawn = ((child.block_type, child.render(context)) for child in value)
        return format_html_join("\n", '<div class="block block-{}">{}</div>', (one for one in drawn if one[1].strip()))


class WaysOn(blocks.StreamBlock):
    """The buttons of an opening: where to go from here. The first one is the main one."""

    way = LinkBlock()

    class Meta:
        max_num = 2
        required = False


class FaqSections(blocks.StreamBlock):
    """Questions, grouped."""

    section = DisclosuresBlock(label=_("groupe de questions"))


__all__ = ["PROSE", "FaqSections", "PageBody", "WaysOn"]
