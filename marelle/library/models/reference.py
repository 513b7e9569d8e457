from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.Model):
    """A subject one looks under: health, school, play, nature… Reference data (`library/definition/themes.yaml`)."""

    slug = models.SlugField(_("nom dans l’adresse"), unique=True)
    name = models.CharField(_("nom"), max_length=80, unique=True)
    picto = models.CharField(_("pictogramme"), max_length=12, blank=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    impersonal = "id slug name picto position"

    class Meta:
        verbose_name = _("thème")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Article(models.Model):
    """An article of the Convention on the Rights of the Child (1989), in words of our own: for adults, and for children.

    Reference data (`library/definition/convention.yaml`); the official text is the United Nations'.
    """

    number = models.PositiveSmallIntegerField(_("numéro"), primary_key=True)
    title = models.CharField(_("titre"), max_length=120)
    wording = models.TextField(_("pour les adultes"))
    child_title = models.CharField(_("titre pour les enfants"), max_length=120)
    child_wording = models.TextField(_("pour les enfants"))
    is_principle = models.BooleanField(_("principe général"), default=False)
    picto = models.CharField(_("pictogramme"), max_length=12, blank=True)

    impersonal = "number title wording child_title child_wording is_principle picto"

    class Meta:
        verbose_name = _("article de la Convention")
        verbose_name_plural = _("articles de la Convention")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__range=(1, 54)), name="library_article_number"),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"
