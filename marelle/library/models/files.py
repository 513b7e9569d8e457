from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id
from marelle.core.privacy import delete, keep
from marelle.documents.models import File
from marelle.library.enums import Language, PreviewState, Variant

from .resources import Resource


class ResourceFileQuerySet(models.QuerySet):
    def public(self):
        """What anyone may take: a file that stands, of a resource that is online."""
        return self.filter(withdrawn_at=None, resource__live=True)


class ResourceFile(models.Model):
    """One file of a resource as people know it (« La fiche, en noir et blanc »), whatever its version of today."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="files", verbose_name=_("ressource"))
    label = models.CharField(_("nom"), max_length=120)
    language = models.CharField(_("langue"), max_length=5, choices=Language, default=Language.FR)
    variant = models.CharField(_("tirage"), max_length=10, choices=Variant, default=Variant.COLOUR)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = ResourceFileQuerySet.as_manager()

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
    preview = models.CharField(_("aperçu"), max_length=10, choices=PreviewState, default=PreviewState.NONE)
    added_at = models.DateTimeField(_("ajoutée le"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    personal = {"added_by": keep(_("Savoir qui l’a ajoutée"), until=_("la clôture du compte (puis anonyme)"))}
    impersonal = "id public_id file number stored changes pages preview added_at"

    class Meta:
        verbose_name = _("version d’un fichier")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="library_one_version_per_number")]


class PagePicture(models.Model):
    """What a page of a PDF looks like: shown before one downloads. No PDF is ever opened in a reader's browser by us."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    version = models.ForeignKey(FileVersion, models.CASCADE, related_name="pictures", verbose_name=_("version"))
    page = models.PositiveSmallIntegerField(_("page"))
    stored = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("image"))
    width = models.PositiveSmallIntegerField(_("largeur"))
    height = models.PositiveSmallIntegerField(_("hauteur"))
    words = models.CharField(_("premiers mots de la page"), max_length=300, blank=True)
    """Said to those who do not see the picture."""

    impersonal = "id public_id version page stored width height words"

    class Meta:
        verbose_name = _("aperçu d’une page")
        ordering = ["page"]
        constraints = [models.UniqueConstraint(fields=["version", "page"], name="library_one_picture_per_page")]


class Download(models.Model):
    """Somebody signed in took this version of a file: so that they can be shown that there is a newer one.

    One row per person and file, the last version taken. What is taken without an account is remembered by the reader's
    own browser, and never here.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("personne"))
    file = models.ForeignKey(ResourceFile, models.CASCADE, related_name="downloads", verbose_name=_("fichier"))
    version = models.ForeignKey(FileVersion, models.CASCADE, related_name="+", verbose_name=_("version"))
    at = models.DateTimeField(_("téléchargé le"))

    personal = {
        "person": delete(
            _("Vous dire qu’un fichier a changé depuis votre téléchargement"),
            until=_("deux ans après le téléchargement, ou la clôture du compte"),
        )
    }
    impersonal = "id file version at"

    class Meta:
        verbose_name = _("téléchargement")
        constraints = [models.UniqueConstraint(fields=["person", "file"], name="library_one_download_per_file")]


class Watch(models.Model):
    """Somebody asked to be told by mail when the files of a resource change."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    """In the link that stops it, which needs no signing in."""
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("personne"))
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="watches", verbose_name=_("ressource"))
    since = models.DateTimeField(_("depuis le"))

    personal = {
        "person": delete(
            _("Vous écrire quand ses fichiers changent"), until=_("l’arrêt de l’alerte, ou la clôture du compte")
        )
    }
    impersonal = "id public_id resource since"

    class Meta:
        verbose_name = _("alerte sur une ressource")
        constraints = [models.UniqueConstraint(fields=["person", "resource"], name="library_one_watch_per_resource")]


class KitArchive(models.Model):
    """The ZIP of a kit too heavy to be put together while somebody waits: made once for all who want it, for as long as
    what the kit holds stays the same (`contents`). It belongs to nobody, as the kit does."""

    kit = models.ForeignKey(Resource, models.CASCADE, related_name="archives", verbose_name=_("kit"))
    contents = models.CharField(_("empreinte du contenu"), max_length=64)
    stored = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("archive"))
    asked_at = models.DateTimeField(_("demandée le"))
    made_at = models.DateTimeField(_("faite le"), null=True)

    impersonal = "id kit contents stored asked_at made_at"

    class Meta:
        verbose_name = _("archive d’un kit")
        constraints = [models.UniqueConstraint(fields=["kit", "contents"], name="library_one_archive_per_contents")]
