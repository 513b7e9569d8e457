from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from marelle.library import words
from marelle.library.blocks import SheetBody
from marelle.library.enums import Access, Format, Goal, Kind, Language, Setting

from .base import LOCKED_BY, SHEET, Sheet, SheetQuerySet
from .media import Video


def said(values: Iterable[str], choices: type[models.TextChoices]) -> list[str]:
    """In words, in the order of the choices; what is no choice any more is left out."""
    return [str(label) for value, label in choices.choices if value in values]


class Resource(Sheet, index.Indexed):
    """Something that an adult takes and uses with children: a kit, an activity, a booklet, a film, an exhibition, a
    poster. Its files have versions; the sheet itself has revisions."""

    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    body = StreamField(SheetBody(), blank=True, verbose_name=_("fiche"))
    minutes_from = models.PositiveSmallIntegerField(_("durée minimale (minutes)"), null=True, blank=True)
    minutes_to = models.PositiveSmallIntegerField(_("durée maximale (minutes)"), null=True, blank=True)
    group_from = models.PositiveSmallIntegerField(_("enfants, au moins"), null=True, blank=True)
    group_to = models.PositiveSmallIntegerField(_("enfants, au plus"), null=True, blank=True)
    settings = models.JSONField(_("cadres"), default=list, blank=True)
    languages = models.JSONField(_("langues"), default=list, blank=True)
    formats = models.JSONField(_("formats"), default=list, blank=True)
    access = models.JSONField(_("accessibilité"), default=list, blank=True)
    """Values of `enums.Setting`, `Language`, `Format`, `Access`."""
    keywords = models.CharField(_("autres mots pour la trouver"), max_length=300, blank=True)
    author = models.CharField(_("par"), max_length=150, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    video = models.ForeignKey(
        Video, models.PROTECT, null=True, blank=True, related_name="resources", verbose_name=_("vidéo")
    )

    search_fields = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.SearchField("summary", boost=2),
        index.SearchField("keywords"),
        index.FilterField("live"),
        index.FilterField("kind"),
    ]

    objects = SheetQuerySet.as_manager()

    personal = {**LOCKED_BY}
    impersonal = f"""kind body minutes_from minutes_to group_from group_to settings languages formats access keywords
        author licence video {SHEET}"""

    class Meta(Sheet.Meta):
        verbose_name = _("ressource")
        ordering = ["title", "pk"]

    def get_absolute_url(self):
        return reverse("library:resource", args=[self.public_id, self.slug])

    def get_preview_template(self, request, mode_name):
        return "library/resources/page.html"

    def get_preview_context(self, request, mode_name):
        self.is_preview = True
        return {"request": request, "resource": self, "is_preview": True}

    @property
    def duration_in_words(self) -> str:
        return words.duration(self.minutes_from, self.minutes_to)

    @property
    def group_in_words(self) -> str:
        return words.group(self.group_from, self.group_to)

    @property
    def settings_in_words(self) -> list[str]:
        return said(self.settings, Setting)

    @property
    def formats_in_words(self) -> list[str]:
        return said(self.formats, Format)

    @property
    def languages_in_words(self) -> list[str]:
        return said(self.languages, Language)

    @property
    def access_in_words(self) -> list[str]:
        return said(self.access, Access)

    @property
    def goals_in_words(self) -> list[str]:
        return [f"{number}. {label}" for number, label in Goal.choices if number in self.goals]


class KitItem(Orderable):
    """A resource in a kit, at its place."""

    kit = ParentalKey(Resource, on_delete=models.CASCADE, related_name="items", verbose_name=_("kit"))
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="in_kits", verbose_name=_("ressource"))
    note = models.CharField(_("à quoi elle sert ici"), max_length=200, blank=True)

    impersonal = "id sort_order kit resource note"

    class Meta(Orderable.Meta):
        verbose_name = _("élément d’un kit")
        constraints = [
            models.UniqueConstraint(fields=["kit", "resource"], name="library_once_in_a_kit"),
            models.CheckConstraint(condition=~models.Q(kit=models.F("resource")), name="library_no_kit_in_itself"),
        ]
