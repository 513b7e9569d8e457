"""Resources and guides, as they are written and put online."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from marelle.library.enums import Kind
from marelle.library.forms.office import ResourceForm, SheetForm
from marelle.library.models import Guide, Resource, Theme

from .publishing import AsksCreateView, AsksEditView

TITLE = MultiFieldPanel(
    [
        TitleFieldPanel("title", placeholder=_("Un titre qui dit ce qu’on y fait")),
        FieldPanel(
            "slug", help_text=_("Se remplit depuis le titre. Une fois en ligne, les anciennes adresses suivent.")
        ),
        FieldPanel("summary", help_text=_("Ce que les enfants font, et ce qu’on en garde. Affichée dans les listes.")),
        FieldPanel("picture"),
    ],
    heading=_("La fiche"),
)
AGES = FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")], heading=_("Âges"))
CONVENTION = MultiFieldPanel(
    [
        FieldPanel("themes"),
        FieldPanel(
            "articles", help_text=_("Les articles dont la fiche parle vraiment\u202f: deux ou trois suffisent.")
        ),
        FieldPanel("goals"),
    ],
    heading=_("La Convention et les thèmes"),
)
REVIEW = MultiFieldPanel(
    [FieldPanel("review_on", help_text=_("Ce jour-là, la fiche entre dans le rapport «\u202fÀ rafraîchir\u202f»."))],
    heading=_("Relecture"),
)


def tabs(*groups: tuple[Any, list[Any]], form: type) -> TabbedInterface:
    return TabbedInterface([ObjectList(panels, heading=words) for words, panels in groups], base_form_class=form)


class Freshness(django_filters.ChoiceFilter):
    """Like the report: late, soon, never dated."""

    def __init__(self, **options: Any):
        super().__init__(
            label=_("fraîcheur"),
            method=self.among,
            choices=[
                ("late", _("à relire")),
                ("soon", _("à relire d’ici un mois")),
                ("never", _("sans date de relecture")),
            ],
            **options,
        )

    def among(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "never":
            return rows.filter(review_on__isnull=True)
        return rows.filter(review_on__lte=today if value == "late" else today + timedelta(days=31))


class SheetFilters(WagtailFilterSet):
    live = django_filters.BooleanFilter(label=_("en ligne"))
    themes = django_filters.ModelMultipleChoiceFilter(queryset=Theme.objects.all(), label=_("thème"))
    freshness = Freshness()


class ResourceFilters(SheetFilters):
    kind = django_filters.MultipleChoiceFilter(choices=Kind.choices, label=_("nature"))

    class Meta:
        model = Resource
        fields = ["kind", "live", "themes", "freshness"]


class GuideFilters(SheetFilters):
    class Meta:
        model = Guide
        fields = ["live", "themes", "freshness"]


class SheetViewSet(SnippetViewSet):
    add_view_class = AsksCreateView
    edit_view_class = AsksEditView
    inspect_view_enabled = False
    copy_view_enabled = False
    """A copy would carry the public address of the first."""
    list_per_page = 50
    ordering = "title"
    list_export = ["title", "summary", "live", "review_on", "age_from", "age_to", "last_published_at"]
    search_fields = ["title", "summary"]
    search_backend_name = None


class ResourceViewSet(SheetViewSet):
    model = Resource
    icon = "doc-full"
    menu_label = _("Ressources")
    filterset_class = ResourceFilters
    list_display = ["__str__", Column("get_kind_display", label=_("nature"), sort_key="kind"), "review_on"]
    list_export = ["title", "kind", *SheetViewSet.list_export[1:]]
    edit_handler = tabs(
        (
            _("La fiche"),
            [TITLE, FieldPanel("kind"), FieldPanel("body"), MultiFieldPanel([FieldPanel("author"), FieldPanel("licence")], heading=_("Qui l’a écrite")),
             FieldPanel("keywords", help_text=_("Des mots que l’on taperait pour la chercher et qui n’y sont pas."))],
        ),
        (
            _("Pour qui"),
            [
                AGES,
                FieldRowPanel([FieldPanel("minutes_from"), FieldPanel("minutes_to")], heading=_("Durée")),
                FieldRowPanel([FieldPanel("group_from"), FieldPanel("group_to")], heading=_("Groupe")),
                FieldPanel("settings"),
                FieldPanel("languages"),
                FieldPanel("access"),
            ],
        ),
        (
            _("Les fichiers"),
            [
                HelpPanel(template="library/office/files_panel.html", heading=_("Fichiers et versions")),
                FieldPanel("formats"),
                FieldPanel("video"),
                MultipleChooserPanel(
                    "items", chooser_field_name="resource", heading=_("Ce que le kit contient"), label=_("ressource"),
                    panels=[FieldPanel("resource"), FieldPanel("note")],
                ),
            ],
        ),
        (_("La Convention"), [CONVENTION]),
        (_("Relecture"), [REVIEW, PublishingPanel()]),
        form=ResourceForm,
    )  # fmt: skip


class GuideViewSet(SheetViewSet):
    model = Guide
    icon = "openquote"
    menu_label = _("Guides")
    filterset_class = GuideFilters
    list_display = ["__str__", "review_on"]
    edit_handler = tabs(
        (_("Le guide"), [TITLE, FieldPanel("body", help_text=_("Chaque intertitre commence un chapitre."))]),
        (_("Pour qui"), [AGES]),
        (_("La Convention"), [CONVENTION]),
        (_("Relecture"), [REVIEW, PublishingPanel()]),
        form=SheetForm,
    )


class Library(SnippetViewSetGroup):
    menu_label = _("Bibliothèque")
    menu_icon = "folder-open-inverse"
    menu_order = 150
    items = (ResourceViewSet, GuideViewSet)


register_snippet(Library)
