from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .base import FIELDS, PEOPLE, SitePage


class NewsIndex(SitePage):
    """The news, latest first, and their feed."""

    template = "portal/pages/news_index.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.NewsPage"]
    max_count = 1

    personal = PEOPLE
    impersonal = FIELDS

    class Meta:
        verbose_name = _("page des actualités")
        verbose_name_plural = _("pages des actualités")


class NewsPage(SitePage):
    """One piece of news, with the day it is about."""

    template = "portal/pages/news.html"
    dated = models.DateField(_("date"), default=timezone.localdate)
    parent_page_types = ["portal.NewsIndex"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels, FieldPanel("dated"), FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body"),
    ]  # fmt: skip

    personal = PEOPLE
    impersonal = f"dated {FIELDS}"

    class Meta:
        verbose_name = _("actualité")
        indexes = [models.Index(fields=["-dated"], name="portal_news_by_day")]
