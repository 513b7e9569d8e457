"""Reports: what is to be read again, and links that lead nowhere. Each with its CSV and its spreadsheet."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from marelle.library.enums import DeadLinkReason
from marelle.library.models import DeadLink
from marelle.library.queries import office


class Freshness(ReportView):
    """Public resources, guides and practices whose day of review is past or within a month, and those without one."""

    page_title = _("À rafraîchir")
    header_icon = "calendar-check"
    index_url_name = "library_freshness"
    index_results_url_name = "library_freshness_results"
    is_searchable = False
    list_export = ["title", "kind", "review_on", "state"]
    export_headings = {"title": _("titre"), "kind": _("nature"), "review_on": _("à relire le"), "state": _("état")}

    def get_filtered_queryset(self) -> Any:
        return office.stale(timezone.localdate(), user=self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("titre"), get_url=lambda row: row.url),
            Column("kind", label=_("nature")),
            Column("review_on", label=_("à relire le")),
            Column("state", label=_("état")),
        ]

    def get_filename(self) -> str:
        return f"a-rafraichir-{timezone.localdate():%Y-%m-%d}"


class DeadLinkFilters(WagtailFilterSet):
    reason = django_filters.MultipleChoiceFilter(choices=DeadLinkReason.choices, label=_("raison"))

    class Meta:
        model = DeadLink
        fields = ["reason"]


class DeadLinks(ReportView):
    """Found each morning, and again when a text is published. Outside links are judged by their writing alone."""

    page_title = _("Liens rompus")
    header_icon = "link"
    model = DeadLink
    filterset_class = DeadLinkFilters
    index_url_name = "library_dead_links"
    index_results_url_name = "library_dead_links_results"
    is_searchable = False
    default_ordering = "title"
    list_export = ["title", "where", "words", "address", "get_reason_display", "found_at"]
    export_headings = {
        "title": _("page"), "where": _("endroit"), "words": _("mots du lien"), "address": _("adresse"),
        "get_reason_display": _("raison"), "found_at": _("vu le"),
    }  # fmt: skip

    @cached_property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        return [
            TitleColumn("title", label=_("page"), get_url=lambda row: row.text and finder.get_edit_url(row.text)),
            Column("where", label=_("endroit")),
            Column("words", label=_("mots du lien")),
            Column("address", label=_("adresse")),
            Column("get_reason_display", label=_("raison")),
        ]

    def get_queryset(self) -> Any:
        self.queryset = DeadLink.objects.prefetch_related("text")
        return super().get_queryset()

    def get_filename(self) -> str:
        return f"liens-rompus-{timezone.localdate():%Y-%m-%d}"


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("reports/fraicheur/", Freshness.as_view(), name="library_freshness"),
        path("reports/fraicheur/results/", Freshness.as_view(results_only=True), name="library_freshness_results"),
        path("reports/liens/", DeadLinks.as_view(), name="library_dead_links"),
        path("reports/liens/results/", DeadLinks.as_view(results_only=True), name="library_dead_links_results"),
    ]


@hooks.register("register_reports_menu_item")
def freshness_item() -> MenuItem:
    return MenuItem(
        Freshness.page_title, reverse("library_freshness"), name="freshness", icon_name="calendar-check", order=100
    )


@hooks.register("register_reports_menu_item")
def dead_links_item() -> MenuItem:
    return MenuItem(DeadLinks.page_title, reverse("library_dead_links"), name="dead-links", icon_name="link", order=110)
