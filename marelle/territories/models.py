from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"
    EPT = "ept", "établissement public territorial"
    DEPARTEMENT = "departement", "département"
    REGION = "region", "région"


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
    territory it became.
    """

    kind = models.CharField("nature", max_length=12, choices=Kind)
    code = models.CharField("code INSEE ou SIREN", max_length=9)
    name = models.CharField("nom", max_length=200)
    slug = models.SlugField(max_length=200)
    siren = models.CharField("SIREN", max_length=9, blank=True, db_index=True)
    legal_form = models.CharField("forme juridique", max_length=10, blank=True)  # CC, CA, CU, METRO, EPT…
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField("année de la population", null=True, blank=True)
    departement = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inside")
    region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    epci = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    ept = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ept_members")
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    x = models.FloatField("abscisse sur la carte", null=True, blank=True)
    y = models.FloatField("ordonnée sur la carte", null=True, blank=True)
    ended_on = models.DateField("n’existe plus depuis", null=True, blank=True)
    became = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")

    objects = TerritoryQuerySet.as_manager()

    impersonal = (
        "id kind code name slug siren legal_form population population_year departement region epci ept "
        "longitude latitude x y ended_on became"
    )

    class Meta:
        verbose_name = "territoire"
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


class Postcode(models.Model):
    """A postcode serves several communes, and a commune has several."""

    code = models.CharField("code postal", max_length=5, db_index=True)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="postcodes")

    impersonal = "id code territory"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "territory"], name="territories_postcode_once")]


class RetiredCode(models.Model):
    """A commune code that no longer exists, and the commune that took over. Older data sets need it."""

    code = models.CharField("code retiré", max_length=9, unique=True)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="retired_codes")

    impersonal = "id code territory"
