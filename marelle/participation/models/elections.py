from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import Role
from marelle.accounts.queries import standing
from marelle.ballots.models import Box
from marelle.core.models import in_order, public_id
from marelle.core.privacy import delete
from marelle.participation.enums import ElectionState

from .councils import Council, Member

HELPERS = {Role.DIRECTOR, Role.FACILITATOR}
"""In schools and leisure centres: they open the vote of a class."""


class ElectionQuerySet(models.QuerySet["Election"]):
    def tended_by(self, user):
        """Those of the collectivité who look after the council."""
        return self.filter(council__in=Council.objects.visible_to(user))

    def helped_by(self, user):
        """Those of the schools and leisure centres of the territory, once it is open."""
        places = {
            m.organisation.territory_id
            for m in standing(user).memberships
            if m.role in HELPERS and m.organisation.territory_id
        }
        town = "council__organisation__territory"
        near = Q(**{f"{town}__in": places}) | Q(**{f"{town}__members__in": places})
        return self.filter(near, opened_at__isnull=False).distinct()

    def public(self):
        """Announced, of a council that has a public page."""
        return self.filter(announced_at__isnull=False, council__is_public=True)

    def visible_to(self, user):
        who = standing(user)
        rows = self.public()
        if who.user is None:
            return rows
        tended, helped = (rows.order_by().values("pk") for rows in (self.tended_by(user), self.helped_by(user)))
        return self.filter(Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=tended) | Q(pk__in=helped))


class Election(models.Model):
    """Children of the schools elect who sits in the council, by secret ballot: one box, a station per class.

    Nobody reads the counts before `announced_at`, but who says why, in the log. `drawn_on`: the day an adult drew lots
    between those who came level on the last seats. `revision` grows when a candidate renounces: pages kept in memory
    know that they are old.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="elections")
    title = models.CharField(_("titre"), max_length=120)
    seats = models.PositiveSmallIntegerField(_("sièges"))
    votes_each = models.PositiveSmallIntegerField(_("voix par enfant"), default=1)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    box = models.OneToOneField(Box, models.PROTECT, null=True, blank=True, related_name="election")
    opened_at = models.DateTimeField(_("ouverte le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("dépouillée le"), null=True, blank=True)
    revision = models.PositiveSmallIntegerField(_("version des cartes"), default=1)
    drawn_on = models.DateField(_("tirage au sort du"), null=True, blank=True)
    announced_at = models.DateTimeField(_("résultat annoncé le"), null=True, blank=True)

    objects = ElectionQuerySet.as_manager()

    impersonal = (
        "id public_id council title seats votes_each starts_on ends_on box opened_at closed_at revision drawn_on "
        "announced_at"
    )

    class Meta:
        verbose_name = _("élection d’un conseil")
        verbose_name_plural = _("élections d’un conseil")
        ordering = ["-starts_on"]
        constraints = [
            in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(seats__gt=0, votes_each__gt=0), name="participation_an_election_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(box__isnull=False),
                name="participation_an_open_election_has_its_box",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="participation_an_election_is_opened_before_it_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(announced_at__isnull=True) | Q(closed_at__isnull=False),
                name="participation_an_election_is_counted_before_it_is_announced",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def state(self) -> ElectionState:
        """Worked out from what happened; never written by hand."""
        if self.announced_at:
            return ElectionState.ANNOUNCED
        if self.closed_at:
            return ElectionState.COUNTED
        return ElectionState.OPEN if self.opened_at else ElectionState.DRAFT


class Candidate(models.Model):
    """A child who stands: a card with a first name, a drawing, and one sentence an adult read first.

    Who withdraws once the vote is open is no longer shown nor elected; what was voted for them elects nobody.
    `is_elected` is written once, at the announcement. `member`: the seat they took.
    """

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    key = models.CharField(max_length=12, default=public_id, editable=False)
    first_name = models.CharField(_("prénom"), max_length=60)
    school = models.CharField(_("école ou classe"), max_length=120, blank=True)
    picto = models.CharField(_("dessin"), max_length=40, blank=True)
    promise = models.CharField(_("ce que je propose"), max_length=200, blank=True)
    has_consent = models.BooleanField(_("accords de l’enfant et des responsables"), default=False)
    withdrawn_on = models.DateField(_("a renoncé le"), null=True, blank=True)
    is_drawn = models.BooleanField(_("tiré·e au sort"), default=False)
    is_elected = models.BooleanField(_("élu·e"), null=True, blank=True)
    member = models.OneToOneField(Member, models.SET_NULL, null=True, blank=True, related_name="candidate")

    about_children = True
    personal = {
        "first_name": delete(_("Que les enfants sachent pour qui ils votent"), until=_("un an après l’élection")),
        "school": delete(_("Que les enfants sachent pour qui ils votent"), until=_("un an après l’élection")),
        "promise": delete(_("Que les enfants sachent pour quoi ils votent"), until=_("un an après l’élection")),
    }
    impersonal = "id election key picto has_consent withdrawn_on is_drawn is_elected member"

    class Meta:
        verbose_name = _("candidat·e")
        verbose_name_plural = _("candidat·es")
        ordering = ["first_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["election", "key"], name="participation_one_key_per_candidate")]

    def __str__(self):
        return self.first_name
