from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from marelle.core.models import public_id
from marelle.documents.models import File
from marelle.library.blocks import SheetBody

from .base import LOCKED_BY, SHEET, Sheet, SheetQuerySet


class Guide(Sheet):
    """A long document for those who run a programme: chapters, a table of contents, numbered editions with their PDF."""

    body = StreamField(SheetBody(), blank=True, verbose_name=_("chapitres"))
    """Each heading begins a chapter."""

    objects = SheetQuerySet.as_manager()

    personal = {**LOCKED_BY}
    impersonal = f"body {SHEET}"

    class Meta(Sheet.Meta):
        verbose_name = _("guide pratique")
        ordering = ["title", "pk"]

    def get_absolute_url(self):
        return reverse("library:guide", args=[self.public_id, self.slug])


class GuideEdition(models.Model):
    """A guide as it was published under a number: its text and its PDF never change again."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="editions", verbose_name=_("guide"))
    number = models.PositiveSmallIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=120)
    content = models.JSONField(_("texte"))
    """`Guide.body` in its stored form, and the summary."""
    digest = models.CharField(_("empreinte du texte"), max_length=64)
    changes = models.CharField(_("ce qui change"), max_length=300, blank=True)
    pdf = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("PDF"))
    published_at = models.DateTimeField(_("publiée le"))

    impersonal = "id public_id guide number title content digest changes pdf published_at"

    class Meta:
        verbose_name = _("édition d’un guide")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["guide", "number"], name="library_one_edition_per_number")]

    def get_absolute_url(self):
        return reverse("library:guide_edition", args=[self.guide.public_id, self.guide.slug, self.number])
