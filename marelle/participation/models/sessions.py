from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.ballots.models import Station
from marelle.core.privacy import keep

from .consultations import Consultation
from .elections import Election


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user):
        """The adult who opened it and their organisation. Its answers: nobody, until results are published."""
        who = standing(user)
        if who.user is None:
            return self.none()
        return self.filter(Q(opened_by=user.pk) | Q(organisation__in=who.organisation_ids))


class Session(models.Model):
    """A consultation with one group, led by an adult: a class, a leisure centre, a street stand (*séance*); or the
    election of a council in one class. One of the two, held by the database.

    What is counted is its `station`; this row says who leads and what they call the group.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="sessions")
    election = models.ForeignKey(Election, models.PROTECT, null=True, blank=True, related_name="sessions")
    station = models.OneToOneField(Station, models.PROTECT, related_name="session")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sessions")
    title = models.CharField(_("nom du groupe"), max_length=80)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ouverte par")
    )

    objects = SessionQuerySet.as_manager()

    personal = {
        "opened_by": keep(
            _("Joindre l’adulte du groupe si un enfant est en danger"), until=_("la clôture du compte (puis anonyme)")
        ),
    }
    impersonal = "id consultation election station organisation title"

    class Meta:
        verbose_name = _("séance")
        ordering = ["-station__opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consultation__isnull=False, election__isnull=True)
                | Q(consultation__isnull=True, election__isnull=False),
                name="participation_a_session_is_of_a_consultation_or_an_election",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def public_id(self) -> str:
        return self.station.public_id
