from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id
from marelle.core.privacy import delete
from marelle.documents.models import File


class State(models.TextChoices):
    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("échoué")


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A job and its result belong to the person who asked, and to no one else."""
        return self.filter(owner=user) if getattr(user, "is_authenticated", False) else self.none()


class Job(models.Model):
    """Long work somebody asked for: what, for whom, how far, its result, and until when it is kept."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("nature"), max_length=100)
    label = models.CharField(_("intitulé"), max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs")
    parameters = models.JSONField(_("paramètres"), default=dict)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("fait"), default=0)
    total = models.PositiveIntegerField(_("sur"), default=0)
    result = models.ForeignKey(File, models.SET_NULL, null=True, blank=True, related_name="+")
    error = models.CharField(_("erreur"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("demandé le"))
    started_at = models.DateTimeField(_("commencé le"), null=True, blank=True)
    seen_at = models.DateTimeField(_("dernier signe de vie"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    expires_at = models.DateTimeField(_("gardé jusqu’au"))

    objects = JobQuerySet.as_manager()

    personal = {
        "owner": delete(_("Vous remettre le résultat"), until=_("l’expiration du travail (7 jours)")),
        "parameters": delete(_("Refaire la même demande"), until=_("l’expiration du travail (7 jours)")),
    }
    impersonal = (
        "id public_id kind label state done total result error created_at started_at seen_at ended_at expires_at"
    )

    class Meta:
        verbose_name = _("travail")
        verbose_name_plural = _("travaux")
        ordering = ["-created_at"]

    def __str__(self):
        return self.label

    @property
    def is_under_way(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def percent(self) -> int | None:
        """0 to 100, or None while the size of the work is unknown."""
        return round(100 * self.done / self.total) if self.total else None
