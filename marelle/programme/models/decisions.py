from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id, together
from marelle.core.privacy import keep
from marelle.programme.enums import OutcomeKind

from .candidacies import ATTRIBUTED, Candidacy, Submission


class Decision(models.Model):
    """What the commission decided, on which frozen copy, and why.

    `judged` = {"submission": number, "digest": sha256, "content": the submission's content, "definition":
    the route version's content, "opinions": [...]}: enough to replay what was before the commission.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="decisions")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    judged = models.JSONField(_("ce qui a été jugé"))
    judged_digest = models.CharField(_("empreinte de ce qui a été jugé"), max_length=64)
    outcome = models.CharField(_("décision"), max_length=30, choices=OutcomeKind)
    reasons = models.TextField(_("motifs"), max_length=10000)
    recommendations = models.JSONField(_("recommandations"), default=list)  # [text, …]
    body = models.CharField(_("instance"), max_length=200)
    decided_on = models.DateField(_("décidé le"))
    probation_ends_on = models.DateField(_("fin de la période probatoire"), null=True, blank=True)
    probation_told_at = models.DateTimeField(_("fin de période rappelée le"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("enregistrée le"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    personal = {"recorded_by": keep(_("Savoir qui a enregistré la décision"), until=ATTRIBUTED)}
    impersonal = (
        "id public_id candidacy submission judged judged_digest outcome reasons recommendations body decided_on "
        "probation_ends_on probation_told_at recorded_at"
    )

    class Meta:
        verbose_name = _("décision")
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="probation", probation_ends_on__isnull=False)
                | (~Q(outcome="probation") & Q(probation_ends_on__isnull=True)),
                name="programme_probation_has_its_end",
            )
        ]


class ProbationTask(models.Model):
    """Something to do before the probation ends: said done by the collectivité, confirmed by the team."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="tasks")
    wording = models.CharField(_("à faire"), max_length=500)
    due_on = models.DateField(_("avant le"))
    done_at = models.DateTimeField(_("dite faite le"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.TextField(_("ce qui a été fait"), max_length=3000, blank=True)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    personal = {
        "done_by": keep(_("Savoir qui l’a dite faite"), until=ATTRIBUTED),
        "confirmed_by": keep(_("Savoir qui a confirmé"), until=ATTRIBUTED),
    }
    impersonal = "id public_id decision wording due_on done_at evidence confirmed_at"

    class Meta:
        verbose_name = _("engagement de la période probatoire")
        ordering = ["due_on", "id"]
        constraints = [together("done_at", "done_by"), together("confirmed_at", "confirmed_by")]
