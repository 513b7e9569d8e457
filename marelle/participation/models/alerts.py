from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id
from marelle.core.privacy import blank, keep
from marelle.participation.enums import AlertState, Outcome

from .verbatims import Verbatim


class Alert(models.Model):
    """A worrying verbatim, followed to an outcome by the safeguarding officer and those named for the consultation.
    Nobody else sees that it exists."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    verbatim = models.OneToOneField(Verbatim, models.PROTECT, related_name="alert")
    signs = models.JSONField(_("ce qui inquiète"), default=list)
    state = models.CharField(_("état"), max_length=8, choices=AlertState, default=AlertState.NEW)
    outcome = models.CharField(_("issue"), max_length=12, choices=Outcome, blank=True)
    raised_at = models.DateTimeField(_("levée le"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("prise en charge par"),
    )
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)

    personal = {"taken_by": keep(_("Savoir qui protège l’enfant"), until=_("la clôture du compte (puis anonyme)"))}
    impersonal = "id public_id verbatim signs state outcome raised_at closed_at"

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
