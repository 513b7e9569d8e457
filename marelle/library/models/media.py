import os

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)

from marelle.core.models import in_order, opaque_id, public_id
from marelle.core.privacy import delete, keep
from marelle.documents.checks.web import checked_for_the_web
from marelle.documents.models import File
from marelle.library.enums import Showing


class ShowsPeople(models.Model):
    """Abstract: a picture or a film, and whom it lets one recognise.

    One that shows children appears nowhere unless a consent holds today for each of them (`library.rules.media`).
    """

    showing = models.CharField(_("qui reconnaît-on\u202f?"), max_length=10, choices=Showing)
    children = models.PositiveSmallIntegerField(_("combien d’enfants reconnaît-on\u202f?"), null=True, blank=True)
    consented_until = models.DateField(_("accords valables jusqu’au"), null=True, blank=True, editable=False)
    """The last day on which a consent holds for every child; None: not for all of them today. Reckoned from the
    consents by `library.actions.media.reckon`, so that a page of twenty pictures asks the database nothing."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(showing=Showing.CHILDREN) & models.Q(children__gte=1))
                | (~models.Q(showing=Showing.CHILDREN) & models.Q(children__isnull=True)),
                name="%(app_label)s_%(class)s_counts_children",
            ),
        ]


class CheckedPictureFile(WagtailImageFieldFile):
    """Whichever way a picture comes in, it is checked by content and written anew, without place, date or name."""

    def save(self, name, content, save=True):
        super().save(name, checked_for_the_web(content, name=content.name or name), save=save)


class CheckedPictureField(WagtailImageField):
    attr_class = CheckedPictureFile


class Picture(ShowsPeople, AbstractImage):
    """A picture of the site, with what it shows in words, its credit, and whom it lets one recognise."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    file = CheckedPictureField(_("fichier"), upload_to=get_upload_to, width_field="width", height_field="height")
    description = models.CharField(_("ce que montre l’image, en mots"), max_length=255)
    credit = models.CharField(_("crédit"), max_length=200)
    is_demonstration = models.BooleanField(_("démonstration"), default=False, editable=False)

    admin_form_fields = ("title", "file", "description", "credit", "showing", "children", "collection",
                         "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height", "tags")  # fmt: skip

    personal = {
        "file": keep(_("Illustrer le site"), until=_("le retrait de l’accord, ou de la page")),
        "uploaded_by_user": keep(_("Savoir qui a ajouté l’image"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = """id title description width height created_at tags focal_point_x focal_point_y focal_point_width
        focal_point_height file_size file_hash collection credit showing children consented_until public_id
        is_demonstration"""

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        constraints = [
            *ShowsPeople.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(description=""), name="library_picture_says_what_it_shows"),
        ]

    def save(self, *args, **kwargs):
        """Its file first, checked and written anew: its width, height and weight are those of what is kept."""
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def get_upload_to(self, filename):
        """An opaque path: what a person called the file is data, never a path."""
        name = opaque_id(24)
        return f"pictures/{name[:2]}/{name}{os.path.splitext(filename)[1].lower()}"

    def generate_rendition_file(self, filter, *, source=None):
        """Wagtail leaves its temporary file open until it is swept; this one is closed as soon as it is read."""
        made = super().generate_rendition_file(filter, source=source)
        with made.file as temporary:
            temporary.seek(0)
            return ContentFile(temporary.read(), name=made.name)

    @property
    def shown_file(self):
        """Which file it is today: another one is another picture, for which no consent was given."""
        return self.file.name


class Rendition(AbstractRendition):
    """A picture at one size, in one format. Made again whenever it is missing."""

    file = WagtailImageField(
        _("fichier"), upload_to=get_rendition_upload_to, storage=get_rendition_storage, width_field="width",
        height_field="height",
    )  # fmt: skip
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions", verbose_name=_("image"))

    personal = {"file": keep(_("Illustrer le site"), until=_("le retrait de l’accord, ou de la page"))}
    impersonal = "id filter_spec width height focal_point_key image"

    def get_upload_to(self, filename):
        return f"renditions/{filename[:2]}/{filename}"

    @property
    def url(self):
        """Behind a door that asks who may see the picture (`library.views.media`): no file has an address."""
        return reverse("library:picture", args=[self.image.public_id, self.filter_spec.replace("|", "~")])

    class Meta:
        verbose_name = _("image dimensionnée")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="library_one_rendition_per_size"
            )
        ]


class ImageConsent(models.Model):
    """Somebody's written agreement that a child may be recognised in a picture or a film: signed by those who hold
    parental authority, and by the child when old enough. Withdrawn in one word, at once."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    picture = models.ForeignKey(
        Picture, models.CASCADE, null=True, blank=True, related_name="consents", verbose_name=_("image")
    )
    video = models.ForeignKey(
        "library.Video", models.CASCADE, null=True, blank=True, related_name="consents", verbose_name=_("vidéo")
    )
    of_file = models.CharField(_("fichier montré"), max_length=200)
    """The file they saw when they signed (`shown_file`)."""
    reference = models.CharField(_("repère de l’enfant sur l’image"), max_length=120)
    proof = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name=_("accord signé"))
    given_on = models.DateField(_("donné le"))
    valid_until = models.DateField(_("valable jusqu’au"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    chased = models.PositiveSmallIntegerField(_("dernier rappel, en jours avant la fin"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("enregistré le"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("enregistré par")
    )

    about_children = True
    personal = {
        "reference": delete(_("Savoir quel enfant est concerné"), until=_("la fin ou le retrait de l’accord")),
        "proof": delete(_("Prouver l’accord"), until=_("la fin ou le retrait de l’accord")),
        "recorded_by": keep(_("Savoir qui l’a enregistré"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id public_id picture video of_file given_on valid_until withdrawn_at chased recorded_at"

    class Meta:
        verbose_name = _("accord de droit à l’image")
        ordering = ["pk"]
        constraints = [
            in_order("given_on", "valid_until"),
            models.CheckConstraint(
                condition=models.Q(picture__isnull=True) ^ models.Q(video__isnull=True),
                name="library_consent_about_one_thing",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def about(self):
        """The picture or the film."""
        return self.picture or self.video

    def holds(self, on):
        """Whether it covers its child that day, in the picture as it is today."""
        return (
            self.withdrawn_at is None
            and self.given_on <= on <= self.valid_until
            and self.of_file == self.about.shown_file
        )


class Video(ShowsPeople):
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

    impersonal = """id public_id title film captions transcript poster seconds credit showing children consented_until
        is_demonstration added_at"""

    class Meta:
        verbose_name = _("vidéo")
        verbose_name_plural = _("vidéos")
        ordering = ["title", "pk"]
        constraints = [*ShowsPeople.Meta.constraints]

    def __str__(self):
        return self.title

    @property
    def shown_file(self):
        return str(self.film_id)
