from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    COMMUNE = "commune", _("commune")
    EPCI = "epci", _("intercommunalité")
    EPT = "ept", _("établissement public territorial")
    DEPARTEMENT = "departement", _("département")
    REGION = "region", _("région")


class TerritoryQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on__isnull=True)

    def eligible(self):
        """What can join a programme as a collectivité: communes, EPCI and EPT that exist today."""
        return self.current().filter(kind__in=[Kind.COMMUNE, Kind.EPCI, Kind.EPT])


class Territory(models.Model):
    """A commune, an EPCI, an EPT, a département or a région, as the official geographic code lists it.

    Read-only reference: written by `marelle load-territories` alone. `code` is the INSEE code (communes,
    départements, régions) or the SIREN (EPCI, EPT). A merged commune stays, with the day it ended and the
    territory it became. `email_domain` is the town hall's own, or empty when it writes from a mail provider.
    `other_names` are those people still type: communes that merged into this one, an EPCI's initials.
    """

    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    code = models.CharField(_("code INSEE ou SIREN"), max_length=9)
    name = models.CharField(_("nom"), max_length=200)
    slug = models.SlugField(max_length=200)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True, db_index=True)
    legal_form = models.CharField(_("forme juridique"), max_length=10, blank=True)  # CC, CA, CU, METRO, EPT…
    population = models.PositiveIntegerField(_("population municipale"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("année de la population"), null=True, blank=True)
    departement = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inside")
    region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    epci = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    ept = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ept_members")
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    x = models.FloatField(_("abscisse sur la carte"), null=True, blank=True)
    y = models.FloatField(_("ordonnée sur la carte"), null=True, blank=True)
    email_domain = models.CharField(_("domaine des adresses de la mairie"), max_length=100, blank=True)
    other_names = models.JSONField(_("autres noms"), default=list, blank=True)
    ended_on = models.DateField(_("n’existe plus depuis"), null=True, blank=True)
    became = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    objects = TerritoryQuerySet.as_manager()

    impersonal = (
        "id kind code name slug siren legal_form population population_year departement region epci ept "
        "longitude latitude x y email_domain other_names ended_on became"
    )

    class Meta:
        verbose_name = _("territoire")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="territories_one_row_per_kind_and_code"),
            models.CheckConstraint(
                condition=Q(became__isnull=True) | Q(ended_on__isnull=False),
                name="territories_became_only_when_ended",
            ),
        ]
        indexes = [models.Index(fields=["departement", "kind"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("portal:territory", args=[self.code, self.slug])

    def communes_of_today(self):
        """The members of an EPCI or EPT, the biggest first. None for the others."""
        if self.kind not in {Kind.EPCI, Kind.EPT}:
            return Territory.objects.none()
        members = self.members if self.kind == Kind.EPCI else self.ept_members
        return members.current().order_by(models.F("population").desc(nulls_last=True), "code")


class Postcode(models.Model):
    """A postcode serves several communes, and a commune has several."""

    code = models.CharField(_("code postal"), max_length=5, db_index=True)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="postcodes")

    impersonal = "id code territory"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "territory"], name="territories_postcode_once")]


class RetiredCode(models.Model):
    """A commune code that no longer exists, and the commune that took over. Older data sets need it."""

    code = models.CharField(_("code retiré"), max_length=9, unique=True)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="retired_codes")

    impersonal = "id code territory"


class Edition(models.Model):
    """One yearly official list, the day this installation took it in. The last one is what holds."""

    digest = models.CharField(_("empreinte du fichier"), max_length=64)
    in_force_on = models.DateField(_("en vigueur le"))
    loaded_at = models.DateTimeField(_("chargée le"))
    changes = models.JSONField(_("ce qui a changé"), default=dict)

    impersonal = "id digest in_force_on loaded_at changes"

    class Meta:
        verbose_name = _("édition de la liste officielle")
        verbose_name_plural = _("éditions de la liste officielle")
        get_latest_by = "pk"
