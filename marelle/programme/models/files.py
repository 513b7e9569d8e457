from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id, together
from marelle.core.privacy import delete, keep
from marelle.documents.models import File

from .candidacies import ATTRIBUTED, Candidacy


class Answer(models.Model):
    """What a collectivité answers to one question, as it stands now. `revision` grows by one at each save."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=60)
    value = models.JSONField(_("réponse"), null=True)
    revision = models.PositiveIntegerField(_("révision"), default=1)
    saved_at = models.DateTimeField(_("enregistrée le"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_shared = models.BooleanField(_("lisible par le dossier jumeau"), default=False)
    taken_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="taken_up_in")

    personal = {"saved_by": keep(_("Savoir qui écrit quoi à plusieurs"), until=ATTRIBUTED)}
    impersonal = "id candidacy question value revision saved_at is_shared taken_from"

    class Meta:
        verbose_name = _("réponse")
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "question"], name="programme_one_answer_per_question")
        ]


class AnswerRevision(models.Model):
    """What an answer said at each save, so that a colleague's words can be found again."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField(_("révision"))
    value = models.JSONField(_("réponse"), null=True)
    saved_at = models.DateTimeField(_("enregistrée le"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    personal = {"saved_by": keep(_("Savoir qui écrit quoi à plusieurs"), until=ATTRIBUTED)}
    impersonal = "id answer revision value saved_at"

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["answer", "revision"], name="programme_one_row_per_revision")]


class UnmergedText(models.Model):
    """What a person typed while a colleague saved the same question: kept apart until someone decides."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="unmerged")
    question = models.CharField(_("question"), max_length=60)
    value = models.JSONField(_("texte gardé à part"), null=True)
    based_on = models.PositiveIntegerField(_("écrit à partir de la révision"))
    kept_at = models.DateTimeField(_("gardé le"))
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    personal = {"kept_by": delete(_("Vous rendre votre texte"), until=_("votre choix"))}
    impersonal = "id public_id candidacy question value based_on kept_at"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "question", "kept_by"], name="programme_one_unmerged_text_per_person"
            )
        ]


class Chase(models.Model):
    """A reminder that left for a file before (or after) a date, so that it leaves once. Another date begins anew."""

    class About(models.TextChoices):
        DRAFT = "draft", _("brouillon non déposé")
        EDITS = "edits", _("corrections non renvoyées")
        LATE = "late", _("date limite passée")

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="chases")
    about = models.CharField(_("à propos de"), max_length=5, choices=About)
    due_on = models.DateField(_("pour le"))
    days = models.PositiveSmallIntegerField(_("jours avant"))
    sent_at = models.DateTimeField(_("envoyée le"))

    impersonal = "id candidacy about due_on days sent_at"

    class Meta:
        verbose_name = _("relance")
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "about", "due_on", "days"], name="programme_a_reminder_leaves_once"
            )
        ]


class Attachment(models.Model):
    """A document joined to the file for one requirement. Removing hides it; what was submitted keeps it."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="attachments")
    requirement = models.CharField(_("pièce demandée"), max_length=60)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("jointe le"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    personal = {
        "added_by": keep(_("Savoir qui a joint la pièce"), until=ATTRIBUTED),
        "removed_by": keep(_("Savoir qui a retiré la pièce"), until=ATTRIBUTED),
    }
    impersonal = "id public_id candidacy requirement file added_at removed_at"

    class Meta:
        verbose_name = _("pièce jointe")
        ordering = ["added_at", "id"]
        constraints = [
            together("removed_at", "removed_by"),
            models.UniqueConstraint(
                fields=["candidacy", "requirement", "file"],
                condition=Q(removed_at__isnull=True),
                name="programme_a_file_is_joined_once",
            ),
        ]
