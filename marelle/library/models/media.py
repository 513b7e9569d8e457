from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    get_rendition_storage,
    get_rendition_upload_to,
)

from marelle.core.models import in_order, public_id
from marelle.core.privacy import delete, keep
from marelle.documents.models import File
from marelle.library.enums import Showing


class Picture(AbstractImage):
    """A picture of the site, with what it shows in words, its credit, and whom it lets one recognise.

    One that shows a child appears nowhere unless a consent for it holds today (`library.rules.media`).
    """

    credit = models.CharField(_("crédit"), max_length=200)
    showing = models.CharField(_("qui reconnaît-on\u202f?"), max_length=10, choices=Showing)
    is_demonstration = models.BooleanField(_("démonstration"), default=False, editable=False)

    admin_form_fields = ("title", "file", "description", "credit", "showing", "collection", "focal_point_x",
                         "focal_point_y", "focal_point_width", "focal_point_height", "tags")  # fmt: skip

    personal = {
        "file": keep(_("Illustrer le site"), until=_("le retrait de l’accord, ou de la page")),
        "uploaded_by_user": keep(_("Savoir qui a ajouté l’image"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = """id title description width height created_at tags focal_point_x focal_point_y focal_point_width
        focal_point_height file_size file_hash collection credit showing is_demonstration"""

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        constraints = [
            models.CheckConstraint(condition=~models.Q(description=""), name="library_picture_says_what_it_shows"),
        ]


class Rendition(AbstractRendition):
    """A picture at one size, in one format. Made again whenever it is missing."""

    file = WagtailImageField(
        _("fichier"), upload_to=get_rendition_upload_to, storage=get_rendition_storage, width_field="width",
        height_field="height",
    )  # fmt: skip
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions", verbose_name=_("image"))

    personal = {"file": keep(_("Illustrer le site"), until=_("le retrait de l’accord, ou de la page"))}
    impersonal = "id filter_spec width height focal_point_key image"

    class Meta:
        verbose_name = _("image dimensionnée")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="library_one_rendition_per_size"
            )
        ]


class ImageConsent(models.Model):
    """Somebody's written agreement that a child may be recognised in a picture: signed by those who hold parental
    authority, and by the child when old enough. Withdrawn in one word, at once."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="consents", verbose_name=_("image"))
    reference = models.CharField(_("repère de l’enfant sur l’image"), max_length=120)
    proof = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("accord signé"))
    given_on = models.DateField(_("donné le"))
    valid_until = models.DateField(_("valable jusqu’au"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("enregistré par")
    )

    about_children = True
    personal = {
        "reference": delete(_("Savoir quel enfant est concerné"), until=_("la fin ou le retrait de l’accord")),
        "proof": delete(_("Prouver l’accord"), until=_("la fin ou le retrait de l’accord")),
        "recorded_by": keep(_("Savoir qui l’a enregistré"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id public_id picture given_on valid_until withdrawn_at"

    class Meta:
        verbose_name = _("accord de droit à l’image")
        constraints = [in_order("given_on", "valid_until")]

    def __str__(self):
        return self.reference


class Video(models.Model):
    """A film we host ourselves, with captions and a transcript: without both it cannot be published."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    title = models.CharField(_("titre"), max_length=150)
    film = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("film (MP4 ou WebM)"))
    captions = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sous-titres (WebVTT)")
    )
    transcript = models.TextField(_("transcription"), blank=True)
    poster = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("image d’attente")
    )
    seconds = models.PositiveIntegerField(_("durée en secondes"), null=True, blank=True)
    credit = models.CharField(_("crédit"), max_length=200)
    is_demonstration = models.BooleanField(_("démonstration"), default=False, editable=False)
    added_at = models.DateTimeField(_("ajoutée le"))

    impersonal = "id public_id title film captions transcript poster seconds credit is_demonstration added_at"

    class Meta:
        verbose_name = _("vidéo")

    def __str__(self):
        return self.title
