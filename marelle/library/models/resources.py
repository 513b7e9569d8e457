from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from marelle.core.models import public_id
from marelle.core.privacy import keep
from marelle.documents.models import File
from marelle.library.blocks import SheetBody
from marelle.library.enums import Kind, Language, Variant

from .base import LOCKED_BY, SHEET, Sheet, SheetQuerySet
from .media import Video


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


class ResourceFile(models.Model):
    """One file of a resource as people know it (« La fiche, en noir et blanc »), whatever its version of today."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="files", verbose_name=_("ressource"))
    label = models.CharField(_("nom"), max_length=120)
    language = models.CharField(_("langue"), max_length=5, choices=Language, default=Language.FR)
    variant = models.CharField(_("tirage"), max_length=10, choices=Variant, default=Variant.COLOUR)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    impersonal = "id public_id resource label language variant position withdrawn_at"

    class Meta:
        verbose_name = _("fichier d’une ressource")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label


class FileVersion(models.Model):
    """A version of a file. It keeps its own address for ever: a link copied three years ago still works, and says that
    there is a newer one."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    file = models.ForeignKey(ResourceFile, models.CASCADE, related_name="versions", verbose_name=_("fichier"))
    number = models.PositiveSmallIntegerField(_("numéro"))
    stored = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("contenu"))
    changes = models.CharField(_("ce qui change"), max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField(_("nombre de pages"), null=True, blank=True)
    added_at = models.DateTimeField(_("ajoutée le"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    personal = {"added_by": keep(_("Savoir qui l’a ajoutée"), until=_("la clôture du compte (puis anonyme)"))}
    impersonal = "id public_id file number stored changes pages added_at"

    class Meta:
        verbose_name = _("version d’un fichier")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="library_one_version_per_number")]
