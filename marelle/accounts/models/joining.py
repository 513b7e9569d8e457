from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import ClaimStatus, Proof, Role
from marelle.core.models import opaque_id, public_id, together
from marelle.core.privacy import delete, keep
from marelle.documents.models import File
from marelle.territories.models import Territory

from .organisations import Organisation


def token() -> str:
    return opaque_id(32)


class ClaimQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=ClaimStatus.ASKED)

    def to_check_by(self, user):
        """Those this person may answer: the national team all of them; the head of the delegation that looks
        after the territory; the lead of the collectivité when it is already here."""
        from .standing import standing

        who = standing(user)
        rows = self.exclude(user=who.user)
        if who.is_national_staff:
            return rows
        leading = [m.organisation.territory_id for m in who.memberships if m.role == Role.LEAD]
        mine = Q(territory__in=leading)
        if who.is_delegation_head:
            mine |= Q(territory__in=who.headed_ids) | Q(territory__departement__in=who.headed_ids)
        return rows.filter(mine)

    def visible_to(self, user):
        return self.filter(Q(user=user.pk) | Q(pk__in=Claim.objects.to_check_by(user).values("pk")))


class Claim(models.Model):
    """A person says: I speak for this territory. The national team or the delegation checks it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    role = models.CharField(_("rôle demandé"), max_length=12, choices=Role, default=Role.LEAD)
    job_title = models.CharField(_("fonction"), max_length=120)
    proof = models.CharField(_("preuve"), max_length=12, choices=Proof)
    document = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    message = models.TextField(_("précision"), max_length=1000, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=ClaimStatus, default=ClaimStatus.ASKED)
    asked_at = models.DateTimeField(_("demandée le"))
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("motif"), blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="claims")

    objects = ClaimQuerySet.as_manager()

    personal = {
        "user": delete(_("Savoir qui demande"), until=_("deux ans après la décision, ou la clôture du compte")),
        "job_title": delete(_("Vérifier la demande"), until=_("deux ans après la décision, ou la clôture du compte")),
        "message": delete(_("Vérifier la demande"), until=_("deux ans après la décision, ou la clôture du compte")),
        "document": delete(_("Vérifier la demande"), until=_("deux ans après la décision, ou la clôture du compte")),
        "reason": delete(_("Vous dire pourquoi"), until=_("deux ans après la décision, ou la clôture du compte")),
        "decided_by": keep(_("Savoir qui a vérifié"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id public_id territory role proof status asked_at decided_at organisation"

    class Meta:
        verbose_name = _("demande de rattachement")
        verbose_name_plural = _("demandes de rattachement")
        ordering = ["asked_at"]
        constraints = [
            together("decided_at", "decided_by"),
            models.UniqueConstraint(
                fields=["territory", "user"],
                condition=Q(status="asked"),
                name="accounts_one_open_claim_per_person_and_territory",
            ),
            models.CheckConstraint(
                condition=~Q(proof="document") | Q(document__isnull=False),
                name="accounts_a_claim_by_document_has_it",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.territory}"


class InvitationQuerySet(models.QuerySet):
    def waiting(self):
        """Neither accepted nor taken back. It may have expired: that depends on the hour."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


class Invitation(models.Model):
    """A lead asks a colleague to come in, by mail, in a role, until a day."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    token = models.CharField(max_length=32, unique=True, default=token, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    invited_at = models.DateTimeField(_("envoyée le"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    personal = {
        "email": delete(_("Vous inviter"), until=_("six mois après la fin de l’invitation")),
        "token": delete(_("Vous laisser entrer"), until=_("six mois après la fin de l’invitation")),
        "invited_by": delete(_("Dire qui invite"), until=_("six mois après la fin de l’invitation")),
        "accepted_by": delete(_("Savoir qui est venu"), until=_("six mois après la fin de l’invitation")),
    }
    impersonal = "id public_id organisation role invited_at expires_at accepted_at revoked_at"

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-invited_at"]
        constraints = [
            together("accepted_at", "accepted_by"),
            models.UniqueConstraint(
                Lower("email"), "organisation", "role",
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="accounts_one_open_invitation",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.email} → {self.organisation}"
