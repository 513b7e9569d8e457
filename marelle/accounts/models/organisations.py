from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import ROLES, Kind, Role, StructureKind
from marelle.core.models import in_order, public_id
from marelle.core.privacy import blank, keep
from marelle.territories.models import Territory


class OrganisationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on__isnull=True)

    def visible_to(self, user):
        """Its own people; the national team sees all; a delegation sees the collectivités it looks after."""
        from .standing import standing  # The one read that a queryset verb needs.

        who = standing(user)
        if who.is_national_staff:
            return self
        near = Q(territory__in=who.covered_ids) | Q(territory__departement__in=who.covered_ids)
        return self.filter(Q(pk__in=who.organisation_ids) | near & Q(kind=Kind.COLLECTIVITE))


class Organisation(models.Model):
    """A body people belong to: a collectivité, the national team, a delegation, a structure.

    A collectivité is one territory, and a territory has one collectivité.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    structure_kind = models.CharField(_("genre de structure"), max_length=12, choices=StructureKind, blank=True)
    name = models.CharField(_("nom"), max_length=200)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="organisations")
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    email_domain = models.CharField(_("domaine des adresses officielles"), max_length=100, blank=True)
    contact_email = models.EmailField(_("adresse de contact public"), blank=True)
    is_demonstration = models.BooleanField(_("créée par la démonstration"), default=False)
    created_at = models.DateTimeField(_("créée le"))
    closed_on = models.DateField(_("close le"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    impersonal = (
        "id public_id kind structure_kind name territory siret email_domain contact_email is_demonstration "
        "created_at closed_on"
    )

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(kind="collectivite", closed_on__isnull=True),
                name="accounts_one_collectivite_per_territory",
            ),
            models.CheckConstraint(
                condition=~Q(kind="collectivite") | Q(territory__isnull=False),
                name="accounts_a_collectivite_has_its_territory",
            ),
            models.CheckConstraint(
                condition=~Q(kind="structure") | ~Q(structure_kind=""),
                name="accounts_a_structure_says_which_kind",
            ),
        ]

    def __str__(self):
        return self.name


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day (included) until another (excluded: what ends today no longer holds today),
    or with no end. Someone whose access is taken away loses it at once, not at midnight."""

    def on(self, day: date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class Coverage(models.Model):
    """A delegation looks after a territory (a département, sometimes one commune) for a time."""

    delegation = models.ForeignKey(Organisation, models.CASCADE, related_name="coverages")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="coverages")
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    impersonal = "id delegation territory starts_on ends_on"

    class Meta:
        verbose_name = _("territoire suivi")
        constraints = [
            in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["delegation", "territory"],
                condition=Q(ends_on__isnull=True),
                name="accounts_one_open_coverage",
            ),
        ]


class Membership(models.Model):
    """A person has a role in an organisation, from a day until another. Leaving ends it; history stays."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    job_title = models.CharField(_("fonction"), max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()

    personal = {
        "user": keep(_("Savoir qui agissait pour l’organisation"), until=_("la clôture du compte (puis anonyme)")),
        "job_title": blank(_("Situer la personne"), until=_("la clôture du compte")),
    }
    impersonal = "id public_id organisation role starts_on ends_on"

    class Meta:
        verbose_name = _("appartenance")
        constraints = [
            in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="accounts_one_open_membership_per_role",
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"])]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    @property
    def allows(self) -> str:
        """What the role allows, in words."""
        return str(ROLES[self.role].allows)
