"""Pictures, films, files, and what the library holds."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture in the text: what it shows in words and its credit come from the picture itself."""

    picture = ImageChooserBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("légende"), required=False, max_length=250)
    wide = blocks.BooleanBlock(label=_("sur toute la largeur"), required=False)

    class Meta:
        icon = "image"
        label = _("image")
        template = "portal/blocks/picture.html"


class FilmChooser(BaseChooser):
    """The window in which an editor picks a film (`wagtail_hooks`). Films have pages of their own, outside the office:
    they are no snippets."""

    model = "library.Video"
    icon = "media"
    show_edit_link = False
    choose_one_text = _("Choisir une vidéo")
    choose_another_text = _("Choisir une autre vidéo")
    chooser_modal_url_name = "film_chooser:choose"


class FilmBlock(blocks.ChooserBlock):
    target_model = "library.Video"

    @cached_property
    def widget(self) -> FilmChooser:
        return FilmChooser()

    class Meta:
        icon = "media"
        label = _("vidéo")


class VideoBlock(blocks.StructBlock):
    """A film of ours, with its captions, its transcript under it."""

    video = FilmBlock()

    class Meta:
        icon = "media"
        label = _("vidéo")
        template = "portal/blocks/video.html"


class DownloadsBlock(blocks.StructBlock):
    """The files of a resource, in their version of today: a file is never stored twice."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    resources = blocks.ListBlock(
        SnippetChooserBlock("library.Resource", label=_("ressource"), icon="doc-full"),
        label=_("ressources"),
        min_num=1,
    )

    class Meta:
        icon = "download"
        label = _("téléchargements")
        template = "portal/blocks/downloads.html"
        label_format = "{title}"


class PickedStream(blocks.StreamBlock):
    resource = SnippetChooserBlock("library.Resource", label=_("ressource"), icon="doc-full")
    practice = SnippetChooserBlock("library.Practice", label=_("pratique"), icon="doc-full")
    guide = SnippetChooserBlock("library.Guide", label=_("guide"), icon="doc-full")


class PicksValue(blocks.StructValue):
    @property
    def public(self) -> list[Any]:
        """What was picked and is public today: the rest leaves the page by itself."""
        return [child for child in self["items_picked"] if child.value is not None and child.value.live]


class PicksBlock(blocks.StructBlock):
    """A choice of ours from the library."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    lead = blocks.TextBlock(label=_("pourquoi ce choix"), required=False, rows=2, max_length=300)
    items_picked = PickedStream(label=_("choix"), max_num=12)

    class Meta:
        icon = "pick"
        label = _("notre choix dans la bibliothèque")
        template = "portal/blocks/picks.html"
        value_class = PicksValue
        label_format = "{title}"
