from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.library.enums import DeadLinkReason


class DeadLink(models.Model):
    """A link of a public text that leads nowhere, found the last time it was read (each morning, and whenever the text is
    published)."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("nature"))
    object_id = models.CharField(_("identifiant"), max_length=40)
    text = GenericForeignKey()
    title = models.CharField(_("page"), max_length=255)
    where = models.CharField(_("endroit"), max_length=200)
    words = models.CharField(_("mots du lien"), max_length=120, blank=True)
    address = models.CharField(_("adresse"), max_length=500, blank=True)
    reason = models.CharField(_("raison"), max_length=15, choices=DeadLinkReason)
    found_at = models.DateTimeField(_("vu le"))

    impersonal = "id content_type object_id title where words address reason found_at"

    class Meta:
        verbose_name = _("lien rompu")
        verbose_name_plural = _("liens rompus")
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="library_dead_link_of")]
