from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.models import public_id, together
from marelle.core.privacy import keep
from marelle.documents.models import File
from marelle.programme.enums import CLOSED, SEEN_BY_VOLUNTEERS, Move, Status
from marelle.territories.models import Territory

from .configuration import Route, RouteVersion

ATTRIBUTED = _("la clôture du compte (puis anonyme)")


class CandidacyQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(status__in=CLOSED)

    def visible_to(self, user):
        """The collectivité's own people; the national team; the delegation of the territory (its head from
        the start, its volunteers once the file is handed over); an expert while an opinion is asked of them.
        Being asked opens nothing by itself: whoever has left the team or the delegation sees the file no more.
        A declared conflict of interest closes the file to that person, whoever they are."""
        from .instruction import ConflictOfInterest, Opinion

        who = standing(user)
        if who.is_national_staff:
            rows = self
        else:
            seen = Q(organisation__in=who.collectivite_ids)
            near = Q(territory__in=who.covered_ids) | Q(territory__departement__in=who.covered_ids)
            asked = Q(pk__in=Opinion.objects.filter(asked_of=who.user, revoked_at__isnull=True).values("candidacy"))
            if who.is_delegation_head:
                seen |= Q(territory__in=who.headed_ids) | Q(territory__departement__in=who.headed_ids)
            if who.is_volunteer or who.is_delegation_head:
                seen |= near & (Q(status__in=SEEN_BY_VOLUNTEERS) | asked)
            if who.is_expert:
                seen |= asked
            rows = self.filter(seen)
        return rows.exclude(pk__in=ConflictOfInterest.objects.in_force().filter(user=who.user).values("candidacy"))


class Candidacy(models.Model):
    """A territory asks for the title for one mandate: from the first intention to the published title."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="candidacies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="candidacies")
    route = models.ForeignKey(Route, models.PROTECT, related_name="candidacies")
    version = models.ForeignKey(RouteVersion, models.PROTECT, related_name="candidacies")
    status = models.CharField(_("état"), max_length=20, choices=Status, default=Status.INTERESTED)
    status_since = models.DateTimeField(_("dans cet état depuis"))
    intention = models.TextField(_("pourquoi cette démarche"), max_length=3000, blank=True)
    opened_at = models.DateTimeField(_("intention déclarée le"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("intention confirmée le"), null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(_("à déposer avant"), null=True, blank=True)  # None: the route's own deadline
    due_reason = models.TextField(_("pourquoi ce délai"), max_length=1000, blank=True)
    delegation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="followed_candidacies"
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="portfolio"
    )
    review_due_on = models.DateField(_("instruction à finir avant le"), null=True, blank=True)
    hearing_at = models.DateTimeField(_("audition le"), null=True, blank=True)
    commission_on = models.DateField(_("commission du"), null=True, blank=True)
    closed_reason = models.TextField(_("motif de fin"), blank=True)
    last_activity_at = models.DateTimeField(_("dernier signe de la collectivité"))
    is_demonstration = models.BooleanField(_("donnée de démonstration"), default=False)

    objects = CandidacyQuerySet.as_manager()

    personal = {
        "opened_by": keep(_("Savoir qui a engagé la démarche"), until=ATTRIBUTED),
        "confirmed_by": keep(_("Savoir qui a confirmé"), until=ATTRIBUTED),
        "adviser": keep(_("Savoir qui accompagne"), until=ATTRIBUTED),
    }
    impersonal = (
        "id public_id territory organisation route version status status_since intention opened_at confirmed_at "
        "due_at due_reason delegation review_due_on hearing_at commission_on closed_reason last_activity_at is_demonstration"
    )

    class Meta:
        verbose_name = _("candidature")
        constraints = [
            together("confirmed_at", "confirmed_by"),
            models.UniqueConstraint(
                fields=["territory", "route"],
                condition=~Q(status__in=["refused", "abandoned", "title_withdrawn"]),
                name="programme_one_open_candidacy_per_territory_and_route",
            ),
        ]
        indexes = [models.Index(fields=["status", "status_since"]), models.Index(fields=["adviser", "status"])]

    def __str__(self):
        return f"{self.territory} · {self.route}"

    @property
    def deadline(self) -> datetime | None:
        """When the file is due: this candidacy's own day when it was given more time, else the route's."""
        deadlines = self.version.definition.deadlines
        return self.due_at or (deadlines.file_due_at if deadlines else None)


class StatusChange(models.Model):
    """A candidacy went from a state to another, at a moment. Who did it, the audit says."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="status_changes")
    move = models.CharField(_("passage"), max_length=20, choices=Move)
    was = models.CharField(_("état quitté"), max_length=20, choices=Status)
    status = models.CharField(_("état atteint"), max_length=20, choices=Status)
    at = models.DateTimeField(_("le"))

    impersonal = "id candidacy move was status at"

    class Meta:
        verbose_name = _("changement d’état")
        ordering = ["at", "id"]


class Submission(models.Model):
    """The file as it was handed over, once per time it was: answers and documents, frozen.

    `content` = {"version": int, "answers": {question: value}, "documents": {requirement: [{file, name, sha256}]}}.
    """

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("dépôt n°"))
    content = models.JSONField(_("contenu figé"))
    digest = models.CharField(_("empreinte"), max_length=64)
    submitted_at = models.DateTimeField(_("déposé le"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")

    personal = {"submitted_by": keep(_("Savoir qui a déposé"), until=ATTRIBUTED)}
    impersonal = "id candidacy number content digest submitted_at receipt"

    class Meta:
        verbose_name = _("dépôt")
        ordering = ["candidacy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "number"], name="programme_one_submission_per_number")
        ]
