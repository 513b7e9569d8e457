from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id, together
from marelle.core.privacy import keep
from marelle.documents.models import File
from marelle.programme.enums import Advice, Side, Via

from .candidacies import ATTRIBUTED, Candidacy, Submission


class Correction(models.Model):
    """The team asks a collectivité to correct its file: which fields, why, until when, clock stopped or not."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="corrections")
    after = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    stops_clock = models.BooleanField(_("arrête le délai d’instruction"), default=True)
    due_on = models.DateField(_("à renvoyer avant le"))
    asked_at = models.DateTimeField(_("demandées le"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("reçues ou retirées le"), null=True, blank=True)
    answered_with = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="answers_correction"
    )

    personal = {"asked_by": keep(_("Savoir qui demande"), until=ATTRIBUTED)}
    impersonal = "id public_id candidacy after stops_clock due_on asked_at closed_at answered_with"

    class Meta:
        verbose_name = _("demande de corrections")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy"], condition=Q(closed_at__isnull=True), name="programme_one_open_correction"
            )
        ]


class CorrectionItem(models.Model):
    """One field or document to correct, and the reason."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="items")
    question = models.CharField(_("question ou pièce"), max_length=60)
    reason = models.TextField(_("motif"), max_length=2000)

    impersonal = "id correction question reason"

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "question"], name="programme_a_field_is_named_once")
        ]


class Note(models.Model):
    """An internal note of the team on a file. Never shown, exported, mailed or printed outside the team."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="notes")
    question = models.CharField(_("à propos de"), max_length=60, blank=True)
    text = models.TextField(_("note"), max_length=5000)
    at = models.DateTimeField(_("le"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    personal = {"by": keep(_("Savoir qui note"), until=ATTRIBUTED)}
    impersonal = "id public_id candidacy question text at"

    class Meta:
        ordering = ["at", "id"]


class Message(models.Model):
    """A message on a file between the collectivité and the team, written on the page or by mail."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="messages")
    side = models.CharField(_("de"), max_length=12, choices=Side)
    via = models.CharField(_("par"), max_length=5, choices=Via, default=Via.PAGE)
    question = models.CharField(_("à propos de"), max_length=60, blank=True)
    text = models.TextField(_("message"), max_length=10000)
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("le"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(_("sans suite à donner depuis"), null=True, blank=True)
    message_id = models.CharField(_("identifiant du courriel"), max_length=250, blank=True)

    personal = {
        "text": keep(_("Garder l’échange avec le dossier"), until=_("dix ans après la fin du mandat")),
        "by": keep(_("Savoir qui écrit"), until=ATTRIBUTED),
        "message_id": keep(_("Ne pas recevoir deux fois le même courriel"), until=_("dix ans après la fin du mandat")),
    }
    impersonal = "id public_id candidacy side via question file at settled_at"

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"], condition=~Q(message_id=""), name="programme_a_mail_arrives_once"
            )
        ]


class Opinion(models.Model):
    """An opinion on a file, asked of a volunteer or an expert."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="opinions")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="opinions")
    question = models.TextField(_("ce qu’on lui demande"), max_length=2000, blank=True)
    is_confidential = models.BooleanField(_("confidentiel (lu par l’équipe nationale seule)"), default=False)
    due_on = models.DateField(_("attendu pour le"))
    asked_at = models.DateTimeField(_("demandé le"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(_("relancé le"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    revoked_reason = models.TextField(_("motif du retrait"), blank=True)
    given_at = models.DateTimeField(_("rendu le"), null=True, blank=True)
    advice = models.CharField(_("avis"), max_length=12, choices=Advice, blank=True)
    text = models.TextField(_("avis motivé"), max_length=10000, blank=True)

    personal = {
        "asked_of": keep(_("Savoir qui donne l’avis"), until=ATTRIBUTED),
        "asked_by": keep(_("Savoir qui le demande"), until=ATTRIBUTED),
    }
    impersonal = (
        "id public_id candidacy question is_confidential due_on asked_at reminded_at revoked_at revoked_reason "
        "given_at advice text"
    )

    class Meta:
        verbose_name = _("avis")
        verbose_name_plural = _("avis")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "asked_of"],
                condition=Q(revoked_at__isnull=True),
                name="programme_one_opinion_per_person",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, advice="") | (Q(given_at__isnull=False) & ~Q(advice="")),
                name="programme_an_opinion_given_says_which",
            ),
        ]


class ConflictQuerySet(models.QuerySet["ConflictOfInterest"]):
    def in_force(self):
        return self.filter(lifted_at__isnull=True)


class ConflictOfInterest(models.Model):
    """A person says they are too close to a collectivité. Its file closes to them, until a manager lifts it."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    reason = models.TextField(_("motif"), max_length=1000)
    declared_at = models.DateTimeField(_("déclaré le"))
    lifted_at = models.DateTimeField(_("levé le"), null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_reason = models.TextField(_("pourquoi il est levé"), max_length=1000, blank=True)

    objects = ConflictQuerySet.as_manager()

    personal = {
        "user": keep(_("Tenir la personne à l’écart du dossier"), until=ATTRIBUTED),
        "reason": keep(_("Justifier la mise à l’écart"), until=_("la fin du mandat")),
        "lifted_by": keep(_("Savoir qui rouvre le dossier"), until=ATTRIBUTED),
        "lifted_reason": keep(_("Justifier le retour"), until=_("la fin du mandat")),
    }
    impersonal = "id candidacy declared_at lifted_at"

    class Meta:
        verbose_name = _("conflit d’intérêts")
        constraints = [
            together("lifted_at", "lifted_by"),
            models.UniqueConstraint(
                fields=["candidacy", "user"],
                condition=Q(lifted_at__isnull=True),
                name="programme_a_conflict_is_declared_once",
            ),
        ]
