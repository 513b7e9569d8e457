from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.core.models import RandomId, in_order, public_id, random_id
from marelle.territories.models import Territory

from .codes import station_code
from .enums import Gathering, Mode, Purpose, Scope, StationState
from .paper import Paper, paper_of

_papers: dict[str, Paper] = {}


class Box(models.Model):
    """An urn (*urne*): all ballots that answer one paper. The paper never changes once the box exists."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    purpose = models.CharField(_("pour"), max_length=12, choices=Purpose)
    content = models.JSONField(_("bulletin"))
    created_at = models.DateTimeField(_("créée le"))
    closed_at = models.DateTimeField(_("scellée le"), null=True, blank=True)

    impersonal = "id public_id purpose content created_at closed_at"

    class Meta:
        verbose_name = _("urne")
        verbose_name_plural = _("urnes")
        constraints = [in_order("created_at", "closed_at")]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.public_id}"

    @property
    def paper(self) -> Paper:
        """Read once in a process: a paper never changes. A box fetched without its content (`defer("content")`) asks
        for it only that once."""
        if self.public_id not in _papers:
            if len(_papers) > 1000:
                _papers.clear()
            _papers[self.public_id] = paper_of(self.content)
        return _papers[self.public_id]


class StationQuerySet(models.QuerySet["Station"]):
    def open(self):
        return self.filter(state=StationState.OPEN)


class Station(models.Model):
    """A polling station (*bureau de vote*): one group of children, counted by an adult, who vote in one box.

    `roll` is the number of children of the group; each has one slot, a `Ticket` row. An open link has no roll.
    At any moment: roll = slots left + envelopes + sheets of paper confirmed.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    box = models.ForeignKey(Box, models.PROTECT, related_name="stations")
    code = models.CharField(_("code de la porte"), max_length=8, unique=True, default=station_code)
    mode = models.CharField(_("façon de voter"), max_length=8, choices=Mode)
    gathering = models.CharField(_("lieu"), max_length=8, choices=Gathering)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")
    age_band = models.CharField(_("tranche d’âge"), max_length=5, blank=True)
    roll = models.PositiveIntegerField(_("enfants présents"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=8, choices=StationState, default=StationState.OPEN)
    opened_at = models.DateTimeField(_("ouverte le"))
    closes_at = models.DateTimeField(_("se ferme le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)
    sheets = models.PositiveIntegerField(_("feuilles confirmées"), default=0)
    unused = models.PositiveIntegerField(_("tickets jamais utilisés"), null=True, blank=True)
    wrong_tries = models.PositiveIntegerField(_("tickets faux essayés"), default=0)
    tries_since = models.DateTimeField(null=True, blank=True)

    objects = StationQuerySet.as_manager()

    impersonal = (
        "id public_id box code mode gathering territory age_band roll state opened_at closes_at closed_at sheets "
        "unused wrong_tries tries_since"
    )

    class Meta:
        verbose_name = _("bureau de vote")
        verbose_name_plural = _("bureaux de vote")
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="link", roll__isnull=True) | ~Q(mode="link") & Q(roll__isnull=False),
                name="ballots_only_an_open_link_has_no_roll",
            ),
            models.CheckConstraint(
                condition=Q(roll__isnull=True) | Q(sheets__lte=models.F("roll")),
                name="ballots_no_more_sheets_than_roll",
            ),
            models.CheckConstraint(
                condition=Q(state="settled", unused__isnull=False) | ~Q(state="settled") & Q(unused__isnull=True),
                name="ballots_settled_says_what_was_unused",
            ),
        ]

    def __str__(self):
        return self.code


class Ticket(models.Model):
    """One child's right to vote once. A ticket that was used no longer exists: nothing is left to join to a ballot.

    On shared tablets and on paper nobody holds it: it is a slot on the roll, without a code.
    """

    id = RandomId(primary_key=True, default=random_id, editable=False)
    station = models.ForeignKey(Station, models.CASCADE, related_name="tickets")
    code = models.CharField(_("dessins"), max_length=8, blank=True)

    impersonal = "id station code"

    class Meta:
        verbose_name = _("ticket")
        constraints = [
            models.UniqueConstraint(
                fields=["station", "code"], condition=~Q(code=""), name="ballots_one_ticket_per_code"
            )
        ]

    def __str__(self):
        return self.code


class Envelope(models.Model):
    """What a child sent, sealed until it is opened with others of its group; then it stays, empty: the same sending
    that comes twice finds it and is not counted twice.

    `id` is made from the random number that the child's page drew for this one sending.
    """

    id = RandomId(primary_key=True, editable=False)
    station = models.ForeignKey(Station, models.CASCADE, related_name="envelopes")
    sealed = models.BinaryField(_("contenu scellé"), null=True)

    impersonal = "id station sealed"

    class Meta:
        verbose_name = _("enveloppe")
        indexes = [
            models.Index(fields=["station"], condition=Q(sealed__isnull=False), name="ballots_waiting_envelopes")
        ]

    def __str__(self):
        return str(self.station_id)


class Ballot(models.Model):
    """Answers of one child, of whom nothing is known but the group. Written in batches, shuffled."""

    id = RandomId(primary_key=True, default=random_id, editable=False)
    station = models.ForeignKey(Station, models.PROTECT, related_name="ballots")
    answers = models.JSONField(_("réponses"))

    impersonal = "id station answers"

    class Meta:
        verbose_name = _("bulletin")

    def __str__(self):
        return str(self.station_id)


class Bundle(models.Model):
    """Sheets of paper that an adult counted (*bordereau*): so many sheets, and how many times each choice was ticked.

    Counts only once confirmed by the number of sheets, and only within the roll.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    station = models.ForeignKey(Station, models.PROTECT, related_name="bundles")
    age_band = models.CharField(_("tranche d’âge"), max_length=5, blank=True)
    sheets = models.PositiveIntegerField(_("feuilles"))
    cells = models.JSONField(_("comptes"), default=dict)
    entered_at = models.DateTimeField(_("saisi le"))
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)

    impersonal = "id public_id station age_band sheets cells entered_at confirmed_at"

    class Meta:
        verbose_name = _("bordereau")
        verbose_name_plural = _("bordereaux")
        constraints = [
            models.CheckConstraint(condition=Q(sheets__gt=0), name="ballots_a_bundle_has_sheets"),
            in_order("entered_at", "confirmed_at"),
        ]

    def __str__(self):
        return f"{self.sheets}"


class Tally(models.Model):
    """Counts of one box for one place, age band and kind of gathering, kept up as envelopes are opened and bundles
    confirmed. Exact: `marelle ballots verify` counts again from the ballots and compares.

    `place` is a territory's code, a station's public id, or empty for the nation. `cells` as in `paper.Cells`.
    """

    box = models.ForeignKey(Box, models.CASCADE, related_name="tallies")
    scope = models.CharField(_("portée"), max_length=12, choices=Scope)
    place = models.CharField(_("lieu"), max_length=12, blank=True)
    age_band = models.CharField(_("tranche d’âge"), max_length=5, blank=True)
    gathering = models.CharField(_("lieu de la séance"), max_length=8, choices=Gathering)
    ballots = models.PositiveBigIntegerField(_("bulletins"), default=0)
    cells = models.JSONField(_("comptes"), default=dict)

    impersonal = "id box scope place age_band gathering ballots cells"

    class Meta:
        verbose_name = _("décompte")
        constraints = [
            models.UniqueConstraint(
                fields=["box", "scope", "place", "age_band", "gathering"], name="ballots_one_tally_per_place_and_group"
            )
        ]

    def __str__(self):
        return f"{self.scope} {self.place} {self.age_band}"
