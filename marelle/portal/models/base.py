"""What every page of the site has: a title, a lead, a body of blocks, a picture for cards."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from marelle.core.privacy import keep
from marelle.library.models.base import AsksBeforePublishing
from marelle.portal.blocks import PageBody, WaysOn
from marelle.portal.definition import address_of
from marelle.portal.enums import Chalk, Drawing
from marelle.portal.registry import show_page

CLOSED_ACCOUNT = _("la clôture du compte (puis anonyme)")
PEOPLE = {
    "owner": keep(_("Savoir qui a créé la page"), until=CLOSED_ACCOUNT),
    "locked_by": keep(_("Savoir qui retouche la page"), until=CLOSED_ACCOUNT),
}
WAGTAILS = """id page_ptr path depth numchild translation_key locale latest_revision live has_unpublished_changes
    first_published_at last_published_at live_revision go_live_at expire_at expired locked locked_at title draft_title
    slug content_type url_path latest_revision_created_at alias_of show_in_menus seo_title search_description"""
FIELDS = f"lead picture body is_demonstration {WAGTAILS}"
"""Fields that every page has, none about a person."""


class SitePage(AsksBeforePublishing, Page):
    """Abstract. A page of the public site: whoever has its address reads it, once it is published.

    What is not public is a draft: there is no page for some and not for others here (`private_page_options`).
    """

    lead = models.TextField(
        _("chapeau"), blank=True, max_length=500, help_text=_("Une ou deux phrases, sous le titre.")
    )
    picture = models.ForeignKey(
        "library.Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("image"),
        help_text=_("Montrée dans les listes et quand la page est partagée. Sans image, une carte est dessinée."),
    )  # fmt: skip
    body = StreamField(PageBody(), blank=True, verbose_name=_("contenu"))
    is_demonstration = models.BooleanField(_("démonstration"), default=False, editable=False)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        return address_of(self.url_path)

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The view above shows it (`Portal.ready`)."""
        return show_page[0](request, self)

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        return show_page[0](request, self)


class OpenedPage(SitePage):
    """Abstract. A page that opens on a coloured sheet with its drawing, or plainly when it has no colour."""

    kicker = models.CharField(_("mots au-dessus du titre"), max_length=80, blank=True)
    heading = models.CharField(
        _("grand titre"), max_length=120, blank=True, help_text=_("Vide\u202f: le titre de la page.")
    )
    square = models.CharField(_("couleur"), max_length=10, choices=Chalk, blank=True)
    icon = models.CharField(_("dessin"), max_length=30, choices=Drawing, blank=True)
    ways = StreamField(WaysOn(), blank=True, verbose_name=_("boutons sous le titre"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("kicker"),
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("ways"),
        FieldPanel("square"),
        FieldPanel("icon"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """What the page calls itself in large letters."""
        return self.heading or self.title


OPENED = f"kicker heading square icon ways {FIELDS}"
