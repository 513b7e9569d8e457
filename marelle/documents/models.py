from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.core.models import opaque_id, public_id
from marelle.core.privacy import keep


def storage():
    return storages["default"]


def where(file: "File", filename: str) -> str:
    """An opaque path: what a person called the file is data, never a path."""
    name = opaque_id(24)
    return f"{name[:2]}/{name}"


class Origin(models.TextChoices):
    UPLOADED = "uploaded", _("déposé")
    GENERATED = "generated", _("produit par Marelle")


class File(models.Model):
    """A file someone brought, or a PDF we made. Has no URL of its own.

    The app that owns the object serves it, after asking who may see that object
    (`documents.responses.serve`).
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    content = models.FileField(upload_to=where, storage=storage, max_length=200)
    name = models.CharField(_("nom"), max_length=200)
    mime = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("taille en octets"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    origin = models.CharField(_("origine"), max_length=10, choices=Origin)
    created_at = models.DateTimeField(_("ajouté le"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    personal = {
        "name": keep(_("Retrouver la pièce"), until=_("dix ans après la fin du mandat")),
        "content": keep(_("La pièce fait partie du dossier"), until=_("dix ans après la fin du mandat")),
        "created_by": keep(_("Savoir qui a joint la pièce"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id public_id mime size sha256 origin created_at"

    class Meta:
        verbose_name = _("fichier")

    def __str__(self):
        return self.name
