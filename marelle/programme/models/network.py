from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from marelle.accounts.models import Organisation
from marelle.core.models import public_id, together
from marelle.core.privacy import keep
from marelle.programme.enums import NetworkStatus
from marelle.territories.models import Territory

from .candidacies import ATTRIBUTED
from .configuration import RouteVersion


class NetworkMembership(models.Model):
    """A territory belongs to the light network: charter accepted, fee known, confirmed by the national team."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="network_memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="network_memberships")
    version = models.ForeignKey(RouteVersion, models.PROTECT, related_name="+")
    status = models.CharField("état", max_length=10, choices=NetworkStatus, default=NetworkStatus.ASKED)
    answers = models.JSONField("réponses", default=dict)
    fee_cents = models.PositiveIntegerField("cotisation annuelle, en centimes d’euro", null=True, blank=True)
    fee_reason = models.CharField("comment elle est calculée", max_length=300, blank=True)
    charter_accepted_at = models.DateTimeField("charte acceptée le")
    asked_at = models.DateTimeField("demandée le")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("confirmée ou refusée le", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField("motif", blank=True)
    joined_on = models.DateField("membre depuis le", null=True, blank=True)
    left_on = models.DateField("parti le", null=True, blank=True)
    is_demonstration = models.BooleanField("donnée de démonstration", default=False)

    personal = {
        "asked_by": keep("Savoir qui a demandé", until=ATTRIBUTED),
        "decided_by": keep("Savoir qui a décidé", until=ATTRIBUTED),
    }
    impersonal = (
        "id public_id territory organisation version status answers fee_cents fee_reason charter_accepted_at "
        "asked_at decided_at reason joined_on left_on is_demonstration"
    )

    class Meta:
        verbose_name = "adhésion au réseau"
        verbose_name_plural = "adhésions au réseau"
        constraints = [
            together("decided_at", "decided_by"),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(status__in=["asked", "member"]),
                name="programme_one_network_membership_per_territory",
            ),
        ]
