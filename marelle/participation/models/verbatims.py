from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.queries import standing
from marelle.core.models import RandomId, public_id, random_id, together
from marelle.core.privacy import blank, keep
from marelle.participation.enums import Duty, RefusalReason, VerbatimState

from .consultations import Steward
from .sessions import Session


class VerbatimQuerySet(models.QuerySet["Verbatim"]):
    def public(self):
        """What may leave the house: approved, with its approved wording."""
        return self.filter(state=VerbatimState.APPROVED)

    def to_moderate(self):
        return self.filter(state=VerbatimState.WAITING)

    def visible_to(self, user):
        """Those whom their consultation names to moderate, while they still have a role somewhere. What is held is not
        theirs: to them it does not exist."""
        who = standing(user)
        if who.user is None or not who.memberships:
            return self.none()
        named = Steward.objects.filter(user=user, duty=Duty.MODERATOR).values("consultation")
        return self.filter(session__consultation__in=named).exclude(state=VerbatimState.HELD)


class Verbatim(models.Model):
    """What a child wrote in answer to one question (*parole*). Nobody but its moderators reads `text`; the world reads
    `wording`, and only once approved. Held: an alert exists, and only those who handle it read it.
    """

    id = RandomId(primary_key=True, default=random_id, editable=False)
    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="verbatims")
    question = models.CharField(_("question"), max_length=20)
    text = models.TextField(_("parole"), max_length=1000, blank=True)
    arrived_on = models.DateField(_("arrivée le"))
    state = models.CharField(_("état"), max_length=8, choices=VerbatimState, default=VerbatimState.WAITING)
    wording = models.TextField(_("parole publiable"), max_length=1000, blank=True)
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    group = models.CharField(_("groupe de paroles proches"), max_length=60, blank=True)
    reason = models.CharField(_("motif"), max_length=10, choices=RefusalReason, blank=True)
    revision = models.PositiveIntegerField(_("version"), default=0)
    moderated_at = models.DateTimeField(_("relue le"), null=True, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("relue par")
    )

    objects = VerbatimQuerySet.as_manager()

    about_children = True
    personal = {
        "text": blank(
            _("Relire ce que l’enfant a écrit avant toute publication"),
            until=_("un an après la réponse aux enfants, ou après le jour promis"),
        ),
        "moderated_by": keep(_("Savoir qui a relu"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id public_id session question arrived_on state wording themes group reason revision moderated_at"

    class Meta:
        verbose_name = _("parole d’enfant")
        verbose_name_plural = _("paroles d’enfants")
        indexes = [models.Index(fields=["state", "session"])]
        constraints = [
            together("moderated_at", "moderated_by"),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(wording=""), name="participation_approved_has_its_wording"
            ),
            models.CheckConstraint(
                condition=Q(state="approved") | Q(wording=""), name="participation_only_the_approved_is_worded"
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(reason="") | ~Q(state="refused") & Q(reason=""),
                name="participation_refused_says_why",
            ),
        ]

    def __str__(self):
        return self.public_id
