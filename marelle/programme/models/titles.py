from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.core.models import in_order, public_id, together
from marelle.core.privacy import keep
from marelle.documents.models import File
from marelle.territories.models import Territory

from .candidacies import ATTRIBUTED, Candidacy
from .configuration import Mandate


class Deliberation(models.Model):
    """The council's vote that approves the agreement. Its number is free text: "17", "9-7", "1DL15494"."""

    candidacy = models.OneToOneField(Candidacy, models.CASCADE, related_name="deliberation")
    number = models.CharField(_("numéro"), max_length=60)
    held_on = models.DateField(_("séance du"))
    council = models.CharField(_("assemblée"), max_length=200)  # "Conseil municipal de Rouen"
    document = models.ForeignKey(File, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("enregistrée le"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    personal = {"recorded_by": keep(_("Savoir qui l’a jointe"), until=ATTRIBUTED)}
    impersonal = "id candidacy number held_on council document recorded_at"

    class Meta:
        verbose_name = _("délibération")


class Agreement(models.Model):
    """The agreement between a collectivité and UNICEF France: the PDF we make, then the signed copy."""

    candidacy = models.OneToOneField(Candidacy, models.CASCADE, related_name="agreement")
    draft = models.ForeignKey(File, models.PROTECT, related_name="+")
    generated_at = models.DateTimeField(_("produite le"))
    signed = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(_("signée le"), null=True, blank=True)
    signed_by_name = models.CharField(_("signataire de la collectivité"), max_length=150, blank=True)
    signed_uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    personal = {
        "signed_by_name": keep(_("L’acte porte le nom de qui signe"), until=_("dix ans après la fin du mandat")),
        "signed_uploaded_by": keep(_("Savoir qui a joint la copie signée"), until=ATTRIBUTED),
    }
    impersonal = "id candidacy draft generated_at signed signed_on"

    class Meta:
        verbose_name = _("convention")
        constraints = [together("signed", "signed_on")]


class TitleQuerySet(models.QuerySet):
    def current(self, on: date):
        return self.filter(withdrawn_on__isnull=True, starts_on__lte=on, ends_on__gte=on)


class Title(models.Model):
    """The published title of a territory, from a day until the end of its mandate, unless withdrawn."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="titles")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="titles")
    candidacy = models.OneToOneField(Candidacy, models.PROTECT, related_name="title")
    name = models.CharField(_("titre"), max_length=100)
    starts_on = models.DateField(_("à partir du"))
    ends_on = models.DateField(_("jusqu’au"))
    published_at = models.DateTimeField(_("publié le"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("motif du retrait"), blank=True)  # Public; the file keeps the full one.
    is_demonstration = models.BooleanField(_("donnée de démonstration"), default=False)

    objects = TitleQuerySet.as_manager()

    personal = {"published_by": keep(_("Savoir qui a publié"), until=ATTRIBUTED)}
    impersonal = (
        "id public_id territory mandate candidacy name starts_on ends_on published_at withdrawn_on "
        "withdrawal_reason is_demonstration"
    )

    class Meta:
        verbose_name = _("titre")
        ordering = ["-starts_on"]
        constraints = [
            in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["territory", "mandate"],
                condition=Q(withdrawn_on__isnull=True),
                name="programme_one_standing_title_per_mandate",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")),
                name="programme_a_withdrawal_has_its_reason",
            ),
        ]
