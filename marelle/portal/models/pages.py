from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from marelle.portal.blocks import FaqSections
from marelle.portal.definition import HOME_SLUG
from marelle.programme.enums import RouteKind

from .base import FIELDS, OPENED, PEOPLE, OpenedPage, SitePage

GENERIC = ["portal.ContentPage"]


class HomePage(OpenedPage):
    """The first page, `/`. There is one, and its place in the tree never moves: every address is counted from it."""

    template = "portal/pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]
    delivered = models.JSONField(default=list, editable=False)
    """Addresses of the pages that came with Marelle and were made once: one that an editor deleted stays deleted."""

    personal = PEOPLE
    impersonal = f"delivered {OPENED}"

    class Meta:
        verbose_name = _("page d’accueil")
        verbose_name_plural = _("pages d’accueil")

    def full_clean(self, *args, **kwargs):
        self.slug = HOME_SLUG
        super().full_clean(*args, **kwargs)


class ContentPage(OpenedPage):
    """A page about something: what it says is in its blocks."""

    template = "portal/pages/content.html"
    parent_page_types = ["portal.HomePage", "portal.ContentPage", "portal.RoutePage", "portal.ResourcesPage"]
    subpage_types = GENERIC

    personal = PEOPLE
    impersonal = OPENED

    class Meta:
        verbose_name = _("page de contenu")
        verbose_name_plural = _("pages de contenu")


class RoutePage(OpenedPage):
    """A way to take part, told from what Marelle has loaded for it: the programme (a title), or the network."""

    template = "portal/pages/content.html"
    route = models.CharField(_("parcours"), max_length=10, choices=RouteKind, default=RouteKind.TITLED)
    parent_page_types = ["portal.HomePage"]
    subpage_types = GENERIC
    content_panels = [*OpenedPage.content_panels[:1], FieldPanel("route"), *OpenedPage.content_panels[1:]]

    personal = PEOPLE
    impersonal = f"route {OPENED}"

    class Meta:
        verbose_name = _("page d’un parcours")
        verbose_name_plural = _("pages d’un parcours")


class ResourcesPage(OpenedPage):
    """The editorial door of the library: why, our choice, ways in. The catalogue is behind it."""

    template = "portal/pages/content.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = GENERIC
    max_count = 1

    personal = PEOPLE
    impersonal = OPENED

    class Meta:
        verbose_name = _("page des ressources")
        verbose_name_plural = _("pages des ressources")


class FaqPage(SitePage):
    """Questions and answers, grouped; search engines read them as such."""

    template = "portal/pages/questions.html"
    sections = StreamField(FaqSections(), blank=True, verbose_name=_("groupes de questions"))
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels[:-2], FieldPanel("sections"), FieldPanel("body"), FieldPanel("picture")]

    personal = PEOPLE
    impersonal = f"sections {FIELDS}"

    class Meta:
        verbose_name = _("questions fréquentes")
        verbose_name_plural = _("questions fréquentes")
