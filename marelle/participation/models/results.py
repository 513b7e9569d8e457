from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.ballots.enums import Scope
from marelle.core.privacy import keep

from .consultations import Consultation, Version


class PublicationQuerySet(models.QuerySet["Publication"]):
    def public(self):
        return self.filter(published_at__isnull=False)


class Publication(models.Model):
    """The results of a consultation as they were frozen once it was closed: they never move again. Prepared first, for
    those who tend it; then published, for everyone. A correction is another one, with its reason, and the first stays.

    `threshold`: the least number of children counted together (`marelle.ballots.suppression`). `facts`: how many
    ballots, sessions and places, and the questions that could not be shown.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField(_("publication"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    threshold = models.PositiveSmallIntegerField(_("plus petit nombre montré"))
    facts = models.JSONField(_("ce qui est compté"), default=dict)
    reason = models.CharField(_("pourquoi une nouvelle publication"), max_length=300, blank=True)
    prepared_at = models.DateTimeField(_("préparés le"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("préparés par")
    )
    published_at = models.DateTimeField(_("publiés le"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("publiés par")
    )

    objects = PublicationQuerySet.as_manager()

    personal = {
        "prepared_by": keep(_("Savoir qui a arrêté les résultats"), until=_("la clôture du compte (puis anonyme)")),
        "published_by": keep(_("Savoir qui a publié les résultats"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id consultation number version threshold facts reason prepared_at published_at"

    class Meta:
        verbose_name = _("résultats d’une consultation")
        verbose_name_plural = _("résultats de consultations")
        ordering = ["consultation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="participation_one_publication_per_number"),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(published_at__isnull=True),
                name="participation_one_publication_prepared",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="participation_a_correction_says_why"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="participation_published_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.consultation}, {self.number}"


class PublishedTable(models.Model):
    """What may be read of one place, its ages and its kinds of gathering: one row, one read.

    `content`: {"ballots": 1234, "slices": {"": …, "band:6-8": …, "gathering:school": …}}, each slice with its counts
    by question. `place` as in `Tally`; `folded`: the name without accents, to be searched.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="tables")
    scope = models.CharField(_("portée"), max_length=12, choices=Scope)
    place = models.CharField(_("lieu"), max_length=12, blank=True)
    name = models.CharField(_("nom"), max_length=200, blank=True)
    folded = models.CharField(max_length=200, blank=True)
    ballots = models.PositiveBigIntegerField(_("bulletins"))
    content = models.JSONField(_("comptes publiés"))

    impersonal = "id publication scope place name folded ballots content"

    class Meta:
        verbose_name = _("tableau publié")
        verbose_name_plural = _("tableaux publiés")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "scope", "place"], name="participation_one_published_table_per_place"
            )
        ]
        indexes = [models.Index(fields=["scope", "place"])]

    def __str__(self):
        return self.name or self.place or self.scope
