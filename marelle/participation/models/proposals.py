from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.ballots.models import Box
from marelle.core.models import public_id
from marelle.core.privacy import keep
from marelle.participation.enums import ANSWERED_STATES, PUBLIC_STATES, AgeBand, Origin, ProposalState, StepKind, Theme
from marelle.territories.models import Territory

from .councils import Council
from .sessions import Session
from .verbatims import Verbatim


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def public(self):
        return self.filter(state__in=PUBLIC_STATES)

    def counted(self):
        """Public, and standing for itself: what was joined to another is counted with it, once."""
        return self.public().filter(joined_to__isnull=True)

    def answered(self):
        return self.filter(state__in=ANSWERED_STATES)

    def overdue(self, *, on):
        """The answer promised is late. Shown everywhere."""
        return self.filter(state=ProposalState.MADE, due_on__lt=on, joined_to__isnull=True)

    def visible_to(self, user):
        """Everyone, from the day it is public, withdrawals included: whoever kept its address reads why. Before: those
        who must answer, whoever drafted it while they work for somebody, the colleagues of the adult of the group."""
        who = standing(user)
        rows = Q(state__in=PUBLIC_STATES) | Q(state=ProposalState.WITHDRAWN, made_on__isnull=False)
        if who.memberships:
            rows |= Q(organisation__in=who.organisation_ids) | Q(session__organisation__in=who.organisation_ids)
            rows |= Q(created_by=user.pk)
        return self.filter(rows)


class Proposal(models.Model):
    """Something children propose to their town, in a wording an adult approved: made → answered → done, or not
    possible and why. The headline figure of Marelle counts these rows.

    `territory` is that of `organisation`, who must answer. `answered_on` is the day of the first answer; what was said
    since is in `steps`. `joined_to`: says the same as another proposal, whose answer is then also its own.
    `group_name` is how the group is named in public, never a person's name.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals")  # who must answer
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="proposals")
    origin = models.CharField(_("vient de"), max_length=8, choices=Origin)
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="proposals")
    verbatims = models.ManyToManyField(Verbatim, blank=True, related_name="proposals")
    council = models.ForeignKey(Council, models.PROTECT, null=True, blank=True, related_name="proposals")
    wording = models.CharField(_("la proposition, dans les mots des enfants"), max_length=300)
    group_name = models.CharField(_("le groupe, comme il est nommé en public"), max_length=80, blank=True)
    theme = models.CharField(_("thème"), max_length=10, choices=Theme)
    article = models.PositiveSmallIntegerField(_("article de la Convention"), null=True, blank=True)
    age_band = models.CharField(_("âge"), max_length=5, choices=AgeBand, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    made_on = models.DateField(_("faite le"), null=True, blank=True)
    due_on = models.DateField(_("réponse attendue le"), null=True, blank=True)
    answer = models.TextField(_("réponse"), max_length=2000, blank=True)
    answer_simple = models.TextField(_("la même réponse, dite aux enfants"), max_length=600, blank=True)
    answered_on = models.DateField(_("répondue le"), null=True, blank=True)
    answered_by = models.CharField(_("qui répond"), max_length=200, blank=True)
    planned_for = models.DateField(_("prévu pour"), null=True, blank=True)
    done_on = models.DateField(_("réalisée le"), null=True, blank=True)
    done_note = models.TextField(_("ce qui a été fait"), max_length=2000, blank=True)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    reminded_on = models.DateField(_("réponse rappelée le"), null=True, blank=True)
    box = models.OneToOneField(Box, models.PROTECT, null=True, blank=True, related_name="proposal")  # support
    created_at = models.DateTimeField(_("créée le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("créée par")
    )
    is_demonstration = models.BooleanField(_("créée par la démonstration"), default=False)

    objects = ProposalQuerySet.as_manager()

    personal = {
        "created_by": keep(_("Savoir qui a porté la proposition"), until=_("la clôture du compte (puis anonyme)")),
        "answered_by": keep(_("Dire aux enfants qui leur a répondu"), until=_("la fin du mandat")),
    }
    impersonal = (
        "id public_id organisation territory origin session verbatims council wording group_name theme article "
        "age_band state made_on due_on answer answer_simple answered_on planned_for done_on done_note joined_to "
        "reminded_on box created_at is_demonstration"
    )

    class Meta:
        verbose_name = _("proposition d’enfants")
        verbose_name_plural = _("propositions d’enfants")
        ordering = ["-made_on", "-created_at"]
        indexes = [models.Index(fields=["territory", "state"]), models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(made_on__isnull=False, due_on__isnull=False),
                name="participation_a_proposal_made_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "done", "impossible"])
                | Q(answered_on__isnull=False) & ~Q(answer="") & ~Q(answered_by=""),
                name="participation_an_answer_says_what_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="participation_done_says_when"
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(article__gte=1, article__lte=42),
                name="participation_an_article_of_the_convention",
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=models.F("pk")),
                name="participation_a_proposal_joins_another",
            ),
        ]

    def __str__(self):
        return self.wording

    def get_absolute_url(self) -> str:
        return reverse("participation:proposal", args=[self.public_id])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED_STATES

    def is_overdue(self, on: date) -> bool:
        return (
            self.state == ProposalState.MADE
            and self.joined_to_id is None
            and self.due_on is not None
            and self.due_on < on
        )


class ProposalStep(models.Model):
    """One square of a proposal's thread, in order, never changed: what was said or done, by whom, when."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    kind = models.CharField(_("nature"), max_length=11, choices=StepKind)
    state = models.CharField(_("état"), max_length=10, choices=ProposalState)
    text = models.TextField(_("ce qui a été dit ou fait"), max_length=2000, blank=True)
    said_by = models.CharField(_("par"), max_length=200, blank=True)
    on = models.DateField(_("le"))
    at = models.DateTimeField(_("noté le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noté par")
    )

    personal = {
        "said_by": keep(_("Dire aux enfants qui leur a répondu"), until=_("la fin du mandat")),
        "by": keep(_("Savoir qui a noté"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id proposal kind state text on at"

    class Meta:
        verbose_name = _("suite d’une proposition")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.proposal_id} {self.state}"
