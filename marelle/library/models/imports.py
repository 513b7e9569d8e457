from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import WRITES_PAGES
from marelle.accounts.queries import standing
from marelle.core.models import public_id
from marelle.core.privacy import delete
from marelle.documents.models import File
from marelle.library.enums import Imported, ImportState

from .practices import Practice
from .resources import Resource


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The editorial team sees all of them: one prepares, another finishes."""
        return self if getattr(user, "is_authenticated", False) and standing(user).roles & WRITES_PAGES else self.none()


class Import(models.Model):
    """A table that somebody brought, as it was read: nothing of the library changes before it is confirmed.

    The table itself is not kept; what was read of it and the archive of files go thirty days later.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("par"))
    at = models.DateTimeField(_("lu le"))
    kind = models.CharField(_("ce que contient le tableau"), max_length=10, choices=Imported)
    name = models.CharField(_("tableau"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=ImportState, default=ImportState.READ)
    lines = models.JSONField(_("lignes"), default=list)
    """`{"line": 2, "reference": "A1", "values": {key: value}, "errors": [[header, words]], "files": [...]}`."""
    remarks = models.JSONField(_("remarques"), default=list)
    """About the table as a whole, in words."""
    archive = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("archive de fichiers")
    )
    counts = models.JSONField(_("bilan"), default=dict)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    personal = {
        "by": delete(
            _("Reprendre l’import et en lire le bilan"), until=_("trente jours après l’import, ou la clôture du compte")
        )
    }
    impersonal = "id public_id at kind name state lines remarks archive counts ended_at"

    class Meta:
        verbose_name = _("import d’un tableau")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.name


class ImportedSheet(models.Model):
    """A sheet that an import made, under the reference that its table gives it; and what imports put in each of its
    fields, so that none ever writes over what somebody wrote by hand since (`definition.imports.law`).

    A sheet that was deleted keeps its line here: it is not made again.
    """

    kind = models.CharField(_("nature"), max_length=10, choices=Imported)
    reference = models.CharField(_("référence"), max_length=60)
    resource = models.OneToOneField(
        Resource, models.SET_NULL, null=True, blank=True, related_name="imported", verbose_name=_("ressource")
    )
    practice = models.OneToOneField(
        Practice, models.SET_NULL, null=True, blank=True, related_name="imported", verbose_name=_("pratique")
    )
    put = models.JSONField(_("ce que les imports y ont mis"), default=dict)
    """Marks by field (`law.Put`), and the prints of the files by name."""
    imported_at = models.DateTimeField(_("importée le"))

    impersonal = "id kind reference resource practice put imported_at"

    class Meta:
        verbose_name = _("fiche importée")
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="library_one_sheet_per_reference"),
            models.CheckConstraint(
                condition=Q(resource__isnull=True) | Q(practice__isnull=True), name="library_imported_one_noun"
            ),
        ]

    @property
    def sheet(self):
        return self.resource or self.practice
