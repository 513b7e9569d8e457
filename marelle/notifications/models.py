from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id
from marelle.core.privacy import delete


class Pace(models.TextChoices):
    """How soon a person wants to be told."""

    IMMEDIATE = "immediate", _("tout de suite")
    DAILY = "daily", _("une fois par jour, en un seul courriel")


class State(models.TextChoices):
    WAITING = "waiting", _("en attente")
    SENT = "sent", _("envoyé")
    DROPPED = "dropped", _("sans objet")  # When it was time to build it, there was nothing left to say.
    FAILED = "failed", _("abandonné après plusieurs essais")


class Mail(models.Model):
    """One mail to one person: what it is about, not its text. The text is built when it is sent."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("nature"), max_length=100)
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mails")
    to_address = models.EmailField(_("adresse"), blank=True)
    facts = models.JSONField(_("ce dont il parle (identifiants)"), default=dict)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("créé le"))
    due_at = models.DateTimeField(_("à envoyer dès"))
    collapse = models.CharField(_("réunit les envois qui portent cette clé"), max_length=100, blank=True)
    in_digest = models.BooleanField(_("dans le courriel du jour"), default=False)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    last_error = models.CharField(_("dernière erreur"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)

    personal = {
        "to_user": delete(_("Vous écrire"), until=_("un an après l’envoi, ou la clôture du compte")),
        "to_address": delete(_("Écrire à une personne qui n’a pas encore de compte"), until=_("un an après l’envoi")),
        "facts": delete(_("Savoir de quoi parle le courriel"), until=_("un an après l’envoi")),
    }
    impersonal = "id public_id kind state created_at due_at collapse in_digest attempts last_error sent_at"

    class Meta:
        verbose_name = _("courriel")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_user__isnull=False) ^ ~Q(to_address=""),
                name="notifications_mail_to_a_user_or_an_address",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.public_id}"


class Preference(models.Model):
    """How soon a person wants to be told. No row: immediately."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preference")
    pace = models.CharField(_("rythme"), max_length=10, choices=Pace, default=Pace.IMMEDIATE)

    personal = {
        "user": delete(_("Respecter le rythme choisi"), until=_("la clôture du compte")),
        "pace": delete(_("Respecter le rythme choisi"), until=_("la clôture du compte")),
    }
    impersonal = "id"


class MailboxCopy(models.Model):
    """A mail as it left, kept for the page that shows every mail. Demonstration and development only."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    personal = {
        "to": delete(_("Montrer les courriels de la démonstration"), until=_("la fin de la démonstration")),
        "subject": delete(_("Montrer les courriels de la démonstration"), until=_("la fin de la démonstration")),
        "text": delete(_("Montrer les courriels de la démonstration"), until=_("la fin de la démonstration")),
        "html": delete(_("Montrer les courriels de la démonstration"), until=_("la fin de la démonstration")),
    }
    impersonal = "id public_id at"

    class Meta:
        ordering = ["-at", "-id"]
