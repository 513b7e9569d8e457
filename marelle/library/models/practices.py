from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import WRITES_PAGES
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.models import public_id
from marelle.core.privacy import delete, keep
from marelle.library.definition.practices import QUESTIONS
from marelle.library.enums import PracticeState

from .base import LOCKED_BY, SHEET, Sheet, SheetQuerySet

ROW_ALONE = [
    "organisation",
    "state",
    "state_since",
    "state_reason",
    "submitted_at",
    "written_by",
    "edited_at",
    "edited_by",
    "created_at",
    "reviewed_on",
    "review_on",
    "review_asked_at",
    "is_demonstration",
    "source",
    "public_id",
    "slug",
    "first_published_at",
]
"""What is said of the practice as a whole, never of one text of it: a revision does not bring an older value back."""


class PracticeQuerySet(SheetQuerySet):
    def worked_on_by(self, user):
        """Its collectivité, and those of the national team who read and accompany: drafts, remarks and reasons."""
        who = standing(user)
        if who.roles & WRITES_PAGES or who.is_national_staff:
            return self
        return self.filter(organisation__in=who.collectivite_ids)


class Practice(Sheet):
    """What a collectivité did for and with children, written so that another can do it too, failures included.

    The row holds the text that is public (or, before that, the first draft); what its authors are changing is a
    revision. `state` is where that change stands; `live` whether a text is public. Who answers about it is apart
    (`PracticeContact`), so that no revision ever holds their name.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="practices", verbose_name=_("collectivité")
    )
    state = models.CharField(_("état"), max_length=10, choices=PracticeState, default=PracticeState.DRAFT)
    state_since = models.DateTimeField(_("dans cet état depuis"), null=True, blank=True)
    state_reason = models.TextField(_("pourquoi"), blank=True)
    """Said by whoever sent it back, or took it out."""
    context = models.TextField(_("le contexte"), blank=True)
    children_part = models.TextField(_("la part des enfants"), blank=True)
    steps = models.JSONField(_("les étapes"), default=list, blank=True)
    """Lines of text, in order."""
    started_in = models.PositiveSmallIntegerField(_("commencée en (année)"), null=True, blank=True)
    cost_euros = models.PositiveIntegerField(_("coût en euros"), null=True, blank=True)
    cost_is_unknown = models.BooleanField(_("coût inconnu"), default=False)
    """Said by its authors. Neither this nor an amount: nobody has answered yet."""
    cost_note = models.TextField(_("ce que le coût comprend"), blank=True)
    staff = models.TextField(_("les agents et le temps passé"), blank=True)
    partners = models.TextField(_("les partenaires"), blank=True)
    result = models.TextField(_("le résultat"), blank=True)
    evidence = models.TextField(_("comment on le sait"), blank=True)
    failures = models.TextField(_("ce qui n’a pas marché"), blank=True)
    advice = models.TextField(_("le conseil à qui commence"), blank=True)
    source = models.CharField(_("née de"), max_length=80, blank=True, editable=False)
    """What an app above drafted it from (`plans.action:…`), so that it does so once."""
    created_at = models.DateTimeField(_("commencée le"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("proposée le"), null=True, blank=True)
    reviewed_on = models.DateField(_("relue le"), null=True, blank=True, editable=False)
    review_asked_at = models.DateTimeField(_("nouvelle relecture demandée le"), null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("écrite par")
    )
    edited_at = models.DateTimeField(_("enregistrée le"), null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("enregistrée par"), editable=False,
    )  # fmt: skip

    objects = PracticeQuerySet.as_manager()

    personal = {
        "written_by": keep(_("Savoir qui l’a écrite"), until=_("la clôture du compte (puis anonyme)")),
        "edited_by": keep(_("Savoir qui l’a enregistrée en dernier"), until=_("la clôture du compte (puis anonyme)")),
        "state_reason": keep(_("Dire pourquoi la fiche est revenue"), until=_("le retrait de la fiche")),
        **LOCKED_BY,
    }
    impersonal = f"""organisation state state_since context children_part steps started_in cost_euros cost_is_unknown
        cost_note staff partners result evidence failures advice source created_at submitted_at reviewed_on
        review_asked_at edited_at {SHEET}"""

    class Meta(Sheet.Meta):
        verbose_name = _("pratique")
        ordering = ["title", "pk"]
        constraints = [
            *Sheet.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state=PracticeState.PUBLISHED) | Q(live=True), name="library_practice_published_is_public"
            ),
            models.CheckConstraint(
                condition=~Q(state=PracticeState.ARCHIVED) | Q(live=False), name="library_practice_archived_is_not"
            ),
            models.CheckConstraint(
                condition=Q(cost_euros__isnull=True) | Q(cost_is_unknown=False), name="library_practice_cost_or_unknown"
            ),
            models.UniqueConstraint(
                fields=["organisation", "source"], condition=~Q(source=""), name="library_practice_once_per_source"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"])]

    def get_absolute_url(self):
        return reverse("library:practice", args=[self.public_id, self.slug])

    def with_content_json(self, content):
        found = super().with_content_json(content)
        for name in ROW_ALONE:
            attname = self._meta.get_field(name).attname
            setattr(found, attname, getattr(self, attname))
        return found

    @property
    def has_hidden_change(self) -> bool:
        """Whether its authors are changing a text that stays public meanwhile."""
        return self.live and self.has_unpublished_changes

    def is_stale(self, today) -> bool:
        """Its review date has passed: it may be out of date."""
        return bool(self.review_on and self.review_on < today)


class PracticeContact(models.Model):
    """Who answers those who want to do the same. Shown only once that person said yes; gone whole when they say no.

    Apart from the text and its revisions: what is withdrawn leaves no trace.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    practice = models.OneToOneField(Practice, models.CASCADE, related_name="contact", verbose_name=_("pratique"))
    name = models.CharField(_("à qui parler"), max_length=150)
    email = models.EmailField(_("son adresse électronique"))
    asked_at = models.DateTimeField(_("demandé le"))
    agreed_at = models.DateTimeField(_("a accepté d’être nommé·e le"), null=True, blank=True)

    personal = {
        "name": delete(_("Répondre à qui veut faire de même"), until=_("le retrait de l’accord, ou de la fiche")),
        "email": delete(_("Répondre à qui veut faire de même"), until=_("le retrait de l’accord, ou de la fiche")),
    }
    impersonal = "id public_id practice asked_at agreed_at"

    class Meta:
        verbose_name = _("contact d’une pratique")

    def __str__(self):
        return self.name


class Comment(models.Model):
    """What a reviewer says of one field of a practice, to its authors; and what they answer."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="comments", verbose_name=_("pratique"))
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("en réponse à")
    )
    field = models.CharField(_("champ"), max_length=40, blank=True)
    """Name of a field of `Practice`; empty: about the whole."""
    text = models.TextField(_("remarque"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("écrite par")
    )
    at = models.DateTimeField(_("écrite le"))
    settled_at = models.DateTimeField(_("réglée le"), null=True, blank=True)

    personal = {
        "by": keep(_("Savoir qui l’a écrite"), until=_("la clôture du compte (puis anonyme)")),
        "text": keep(_("Améliorer la fiche"), until=_("le retrait de la fiche")),
    }
    impersonal = "id public_id practice reply_to field at settled_at"

    class Meta:
        verbose_name = _("remarque sur une pratique")
        ordering = ["at", "pk"]

    @property
    def about(self) -> str:
        """The question it is about, in words."""
        question = QUESTIONS.get(self.field)
        return str(question.label if question else _("Sur l’ensemble"))


class TakingUp(models.Model):
    """A collectivité says that it takes a practice up (« reprise »). Both remember."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="takings_up", verbose_name=_("pratique"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="takings_up", verbose_name=_("collectivité")
    )
    said_at = models.DateTimeField(_("annoncée le"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("annoncée par")
    )
    note = models.CharField(_("ce qu’on compte en faire"), max_length=300, blank=True)

    personal = {"said_by": keep(_("Savoir qui l’a annoncée"), until=_("la clôture du compte (puis anonyme)"))}
    impersonal = "id practice organisation said_at note"

    class Meta:
        verbose_name = _("reprise d’une pratique")
        constraints = [
            models.UniqueConstraint(fields=["practice", "organisation"], name="library_taken_up_once"),
        ]
