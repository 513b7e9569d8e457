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
from marelle.core.models import in_order, public_id
from marelle.core.privacy import delete, keep
from marelle.documents.models import File
from marelle.participation.definition import Questionnaire, parsed
from marelle.participation.enums import LANGUAGES, AgeBand, ConsultationState, Duty, Level
from marelle.territories.models import Territory


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def public(self):
        """What anyone may read about: opened, whatever became of it."""
        return self.filter(state__in=[ConsultationState.OPEN, ConsultationState.CLOSED, ConsultationState.ANSWERED])

    def tended_by(self, user):
        """Those this person prepares, moderates or answers for: their organisation's, or named for it."""
        who = standing(user)
        if who.user is None:
            return self.none()
        return self.filter(Q(organisation__in=who.organisation_ids) | Q(stewards__user=user)).distinct()

    def visible_to(self, user):
        """A draft: only those who tend it. Once opened: everyone."""
        tended = Consultation.objects.tended_by(user).values("pk") if getattr(user, "pk", None) else []
        return self.filter(
            Q(state__in=[ConsultationState.OPEN, ConsultationState.CLOSED, ConsultationState.ANSWERED])
            | Q(pk__in=tended)
        )

    def open(self):
        return self.filter(state=ConsultationState.OPEN)

    def overdue(self, on: date):
        """Those whose children still wait for the answer promised for an earlier day."""
        return self.filter(state__in=[ConsultationState.OPEN, ConsultationState.CLOSED], answer_due_on__lt=on)


class Consultation(models.Model):
    """A question put to children by a town, a département or the nation, with the promise of an answer by a day.

    While in preparation its questionnaire is `draft`; opening it freezes `Version` 1 and makes the box. `cell_threshold`:
    a count of fewer children than this is never shown. `own_results_from`: a town reads its own part of a national
    consultation from so many answers (200 in the national consultations, DOMAIN C).
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    level = models.CharField(_("portée"), max_length=12, choices=Level)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consultations")
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="consultations"
    )  # None: the nation
    state = models.CharField(_("état"), max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT)
    title = models.CharField(_("titre"), max_length=120)
    why = models.TextField(_("pourquoi nous posons ces questions"), max_length=1500)
    answerer = models.CharField(_("qui répondra aux enfants"), max_length=200, blank=True)
    answer_due_on = models.DateField(_("répondra au plus tard le"), null=True, blank=True)
    opens_on = models.DateField(_("du"), null=True, blank=True)
    closes_on = models.DateField(_("au"), null=True, blank=True)
    age_bands = models.JSONField(_("âges"), default=list, blank=True)
    languages = models.JSONField(_("langues"), default=list, blank=True)
    cell_threshold = models.PositiveSmallIntegerField(_("plus petit nombre montré"), default=5)
    own_results_from = models.PositiveIntegerField(_("réponses pour lire ses propres résultats"), default=200)
    draft = models.JSONField(_("questionnaire en préparation"), default=dict, blank=True)
    draft_revision = models.PositiveIntegerField(default=0)
    box = models.OneToOneField(Box, models.PROTECT, null=True, blank=True, related_name="consultation")
    created_at = models.DateTimeField(_("créée le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("créée par")
    )
    opened_at = models.DateTimeField(_("ouverte le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    results_published_at = models.DateTimeField(_("résultats publiés le"), null=True, blank=True)
    answer = models.TextField(_("réponse aux enfants"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answered_by = models.CharField(_("qui a répondu"), max_length=200, blank=True)
    chased_on = models.DateField(_("dernière relance"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("créée par la démonstration"), default=False)

    objects = ConsultationQuerySet.as_manager()

    personal = {
        "created_by": keep(_("Savoir qui a préparé la consultation"), until=_("la clôture du compte (puis anonyme)")),
        "answerer": keep(_("Dire aux enfants qui leur répondra"), until=_("la fin du mandat")),
        "answered_by": keep(_("Dire aux enfants qui leur a répondu"), until=_("la fin du mandat")),
    }
    impersonal = (
        "id public_id level organisation territory state title why answer_due_on opens_on closes_on age_bands languages "
        "cell_threshold own_results_from draft draft_revision box created_at opened_at closed_at results_published_at "
        "answer answered_at chased_on is_demonstration"
    )

    class Meta:
        verbose_name = _("consultation")
        ordering = ["-created_at"]
        constraints = [
            in_order("opens_on", "closes_on"),
            in_order("closes_on", "answer_due_on"),
            models.CheckConstraint(
                condition=Q(level="national", territory__isnull=True)
                | ~Q(level="national") & Q(territory__isnull=False),
                name="participation_only_a_national_consultation_has_no_territory",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(box__isnull=False, opened_at__isnull=False, answer_due_on__isnull=False) & ~Q(answerer=""),
                name="participation_an_open_consultation_promises_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="participation_answered_says_what",
            ),
            models.CheckConstraint(condition=Q(cell_threshold__gte=3), name="participation_no_cell_under_three"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("participation:consultation", args=[self.public_id])

    def is_overdue(self, on: date) -> bool:
        """Whether the day promised to the children has passed without an answer."""
        waits = self.state in {ConsultationState.OPEN, ConsultationState.CLOSED}
        return waits and self.answer_due_on is not None and self.answer_due_on < on

    @property
    def ages_in_words(self) -> list[str]:
        return [str(band.label) for band in AgeBand if band in self.age_bands]

    @property
    def languages_in_words(self) -> list[str]:
        return [str(label) for code, label in LANGUAGES if code in self.languages]

    @property
    def version(self) -> Version | None:
        """The questionnaire as children read it today; None while in preparation."""
        return self.versions.order_by("-number").first()


class Version(models.Model):
    """A questionnaire as children saw it. Frozen: a corrected spelling is a new version of the same questions."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("questionnaire"))
    digest = models.CharField(_("empreinte"), max_length=64)
    frozen_at = models.DateTimeField(_("figée le"))

    impersonal = "id consultation number content digest frozen_at"

    class Meta:
        verbose_name = _("version de questionnaire")
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="participation_one_version_per_number")
        ]

    def __str__(self):
        return f"{self.consultation}, version {self.number}"

    @property
    def questionnaire(self) -> Questionnaire:
        return parsed(self.digest, lambda: self.content)


class Steward(models.Model):
    """A person named for one consultation: who moderates its words, who receives its alerts."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="stewards")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("qui"))
    duty = models.CharField(_("tâche"), max_length=12, choices=Duty)
    named_at = models.DateTimeField(_("nommée le"))

    personal = {
        "user": delete(_("Savoir qui relit et qui protège"), until=_("la clôture du compte, ou le retrait de la tâche"))
    }
    impersonal = "id consultation duty named_at"

    class Meta:
        verbose_name = _("tâche d’une consultation")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "user", "duty"], name="participation_one_duty_once")
        ]

    def __str__(self):
        return f"{self.user} · {self.get_duty_display()}"


class Recording(models.Model):
    """A question read aloud by an adult, for those who cannot read yet. Questions name it by its file's public id."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="recordings")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("ajouté le"))

    impersonal = "id consultation file added_at"

    class Meta:
        verbose_name = _("enregistrement d’une question")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "file"], name="participation_one_recording_per_file")
        ]

    def __str__(self):
        return self.file.name
