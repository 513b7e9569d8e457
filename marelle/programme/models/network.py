from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.models import in_order, public_id, together
from marelle.core.privacy import keep
from marelle.programme.enums import NetworkStatus
from marelle.territories.models import Territory

from .candidacies import ATTRIBUTED
from .configuration import RouteVersion


class NetworkMembershipQuerySet(models.QuerySet):
    def members(self, *, on: date):
        """Those that belonged to the network on that day; the day of leaving no longer counts."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=on),
            status__in=[NetworkStatus.MEMBER, NetworkStatus.LEFT],
            joined_on__lte=on,
        )

    def open(self):
        return self.filter(status__in=[NetworkStatus.ASKED, NetworkStatus.MEMBER])

    def waiting(self):
        """Asked, and not answered yet: the oldest first."""
        return self.filter(status=NetworkStatus.ASKED).order_by("asked_at")

    def visible_to(self, user):
        """The collectivité's own people, the national team, and the delegation that looks after the territory."""
        who = standing(user)
        if who.is_national_staff:
            return self
        seen = Q(organisation__in=who.collectivite_ids)
        if who.is_delegation_head or who.is_volunteer:
            seen |= Q(territory__in=who.covered_ids) | Q(territory__departement__in=who.covered_ids)
        return self.filter(seen)


class NetworkMembership(models.Model):
    """A territory belongs to the light network: charter accepted, fee known, confirmed by the national team."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="network_memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="network_memberships")
    version = models.ForeignKey(RouteVersion, models.PROTECT, related_name="+")
    status = models.CharField(_("état"), max_length=10, choices=NetworkStatus, default=NetworkStatus.ASKED)
    answers = models.JSONField(_("réponses"), default=dict)
    fee_cents = models.PositiveIntegerField(_("cotisation annuelle, en centimes d’euro"), null=True, blank=True)
    fee_reason = models.CharField(_("comment elle est calculée"), max_length=300, blank=True)
    charter_accepted_at = models.DateTimeField(_("charte acceptée le"))
    asked_at = models.DateTimeField(_("demandée le"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("confirmée ou refusée le"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("motif"), blank=True)
    joined_on = models.DateField(_("membre depuis le"), null=True, blank=True)
    left_on = models.DateField(_("parti le"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("donnée de démonstration"), default=False)

    objects = NetworkMembershipQuerySet.as_manager()

    personal = {
        "asked_by": keep(_("Savoir qui a demandé"), until=ATTRIBUTED),
        "decided_by": keep(_("Savoir qui a décidé"), until=ATTRIBUTED),
    }
    impersonal = (
        "id public_id territory organisation version status answers fee_cents fee_reason charter_accepted_at "
        "asked_at decided_at reason joined_on left_on is_demonstration"
    )

    class Meta:
        verbose_name = _("adhésion au réseau")
        verbose_name_plural = _("adhésions au réseau")
        constraints = [
            together("decided_at", "decided_by"),
            in_order("joined_on", "left_on"),
            models.CheckConstraint(
                condition=~Q(status="member") | Q(joined_on__isnull=False, left_on__isnull=True),
                name="programme_a_network_member_has_a_first_day_and_no_last",
            ),
            models.CheckConstraint(
                condition=~Q(status="left") | Q(left_on__isnull=False),
                name="programme_a_network_member_who_left_has_a_last_day",
            ),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(status__in=["asked", "member"]),
                name="programme_one_network_membership_per_territory",
            ),
        ]

    def __str__(self):
        return f"{self.territory} · {self.version.route.name}"
