from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import Role
from marelle.accounts.models import Membership
from marelle.accounts.queries import standing
from marelle.core.models import public_id
from marelle.core.privacy import blank, keep
from marelle.participation.enums import AlertState, Duty, Outcome

from .consultations import Steward
from .verbatims import Verbatim


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self):
        return self.exclude(state=AlertState.CLOSED)

    def visible_to(self, user):
        """Who protects: the national safeguarding officers, and those whom the consultation names for it. Only where
        nobody at all is named does it fall to the programme managers, and, where there are none, to whoever tends the
        consultation: an alert always has a reader."""
        who = standing(user)
        if who.user is None or not who.memberships:
            return self.none()
        if Role.SAFEGUARDING in who.roles:
            return self
        named = Steward.objects.filter(duty=Duty.SAFEGUARDING)
        seen = Q(verbatim__session__consultation__in=named.filter(user=user).values("consultation"))
        present = Membership.objects.on(who.day).filter(organisation__closed_on__isnull=True, user__is_active=True)
        if not present.filter(role=Role.SAFEGUARDING).exists():
            orphan = ~Q(
                verbatim__session__consultation__in=named.filter(user__in=present.values("user")).values("consultation")
            )
            if who.is_manager:
                seen |= orphan
            elif not present.filter(role=Role.MANAGER).exists():
                tended = Steward.objects.filter(user=user).values("consultation")
                seen |= orphan & Q(verbatim__session__consultation__in=tended)
        return self.filter(seen)


class Alert(models.Model):
    """A worrying verbatim, followed to an outcome by the safeguarding officer and those named for the consultation.
    Nobody else sees that it exists. `signs` are codes of `Worry`, never the child's words."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    verbatim = models.OneToOneField(Verbatim, models.PROTECT, related_name="alert")
    signs = models.JSONField(_("ce qui inquiète"), default=list)
    state = models.CharField(_("état"), max_length=8, choices=AlertState, default=AlertState.NEW)
    outcome = models.CharField(_("issue"), max_length=12, choices=Outcome, blank=True)
    raised_at = models.DateTimeField(_("levée le"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signalée par"),
    )
    chased_at = models.DateTimeField(_("dernière relance"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("prise en charge par"),
    )
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    personal = {
        "taken_by": keep(_("Savoir qui protège l’enfant"), until=_("la clôture du compte (puis anonyme)")),
        "raised_by": keep(_("Savoir qui a vu qu’une parole inquiète"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id public_id verbatim signs state outcome raised_at chased_at closed_at"

    class Meta:
        verbose_name = _("alerte")
        ordering = ["-raised_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(outcome="") & models.Q(closed_at__isnull=False),
                name="participation_a_closed_alert_has_its_outcome",
            )
        ]

    def __str__(self):
        return self.public_id


class AlertStep(models.Model):
    """One thing done about an alert: the logged way to its outcome. Never changed."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="steps")
    state = models.CharField(_("état"), max_length=8, choices=AlertState)
    note = models.TextField(_("ce qui a été fait"), max_length=2000, blank=True)
    at = models.DateTimeField(_("le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    about_children = True
    personal = {
        "note": blank(_("Suivre l’alerte jusqu’à son issue"), until=_("cinq ans après son issue")),
        "by": keep(_("Savoir qui a agi"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id alert state at"

    class Meta:
        verbose_name = _("suite d’une alerte")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.alert_id} {self.state}"
