"""What is read here and lives elsewhere: practices (written by collectivités, reviewed on their own pages), themes and
articles of the Convention (reference data, loaded from files)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from marelle.library.enums import PracticeState
from marelle.library.models import Article, Practice, Theme


class ReadOnly(SnippetViewSet):
    """Its list and its page; nobody is given the right to add, change or delete."""

    inspect_view_enabled = True
    copy_view_enabled = False


class PracticeFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(choices=PracticeState.choices, label=_("état"))
    live = django_filters.BooleanFilter(label=_("en ligne"))

    class Meta:
        model = Practice
        fields = ["state", "live"]


class PracticeViewSet(ReadOnly):
    model = Practice
    icon = "group"
    menu_label = _("Pratiques")
    filterset_class = PracticeFilters
    list_display = [
        "__str__", Column("organisation", label=_("collectivité"), sort_key="organisation__name"),
        Column("get_state_display", label=_("état"), sort_key="state"), "review_on",
    ]  # fmt: skip
    list_export = ["title", "organisation", "state", "live", "review_on"]
    inspect_view_fields = [
        "title", "summary", "organisation", "state", "themes", "articles", "age_from", "age_to", "context",
        "children_part", "started_in", "cost_euros", "cost_note", "staff", "partners", "result", "evidence",
        "failures", "advice", "submitted_at", "review_on",
    ]  # fmt: skip

    def get_queryset(self, request: Any) -> Any:
        return Practice.objects.select_related("organisation")


class ThemeViewSet(ReadOnly):
    model = Theme
    icon = "tag"
    menu_label = _("Thèmes")
    list_display = ["__str__", "slug"]
    inspect_view_fields = ["name", "slug", "position"]


class ArticleViewSet(ReadOnly):
    model = Article
    icon = "clipboard-list"
    menu_label = _("Convention")
    list_display = ["__str__", "child_title"]
    list_per_page = 60
    inspect_view_fields = ["number", "title", "wording", "child_title", "child_wording", "is_principle"]


class Reference(SnippetViewSetGroup):
    menu_label = _("Pratiques, thèmes")
    menu_icon = "list-ul"
    menu_order = 160
    items = (PracticeViewSet, ThemeViewSet, ArticleViewSet)


register_snippet(Reference)


@hooks.register("register_snippet_listing_buttons")
def to_the_review_of_a_practice(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    if isinstance(snippet, Practice):
        try:
            address = reverse("library:practice_review", args=[snippet.public_id])
        except NoReverseMatch:
            return
        yield Button(_("Relire"), address, icon_name="edit", priority=10)
