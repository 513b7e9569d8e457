"""What resources, practices and guides have in common: a text that staff draft, review, lock, schedule and publish."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from marelle.core.models import public_id
from marelle.core.privacy import keep
from marelle.core.rules import require
from marelle.library import words
from marelle.library.registry import may_be_published

if TYPE_CHECKING:
    from wagtail.models import DraftStateMixin as Publishable
else:
    Publishable = object

EDITORIAL = """live has_unpublished_changes first_published_at last_published_at live_revision go_live_at expire_at expired
    locked locked_at latest_revision"""
"""Fields that Wagtail brings, none about a person."""
SHEET = f"""id public_id slug title summary picture articles themes goals age_from age_to review_on is_demonstration
    {EDITORIAL}"""
LOCKED_BY = {"locked_by": keep(_("Savoir qui retouche la page"), until=_("la clôture du compte (puis anonyme)"))}

YOUNGEST, OLDEST = 3, 18


class SheetQuerySet(models.QuerySet):
    def public(self):
        return self.filter(live=True)


class AsksBeforePublishing(Publishable):
    """A text that goes online only if nothing forbids it (`library.registry`): a picture whose consent was withdrawn,
    for one. Asked of the revision as it would be published, when it is scheduled and again when its hour comes."""

    def publish(self, revision, *args, **kwargs):
        require(may_be_published(revision.as_object()))
        return super().publish(revision, *args, **kwargs)


class Sheet(
    AsksBeforePublishing,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """Abstract. `live` says whether it is public; drafts are revisions."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    slug = models.SlugField(_("nom dans l’adresse"), max_length=80)
    title = models.CharField(_("titre"), max_length=120)
    summary = models.CharField(_("en une phrase ou deux"), max_length=320)
    picture = models.ForeignKey(
        "library.Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("image")
    )
    articles = ParentalManyToManyField(
        "library.Article", blank=True, related_name="%(class)ss", verbose_name=_("articles de la Convention")
    )
    themes = ParentalManyToManyField("library.Theme", blank=True, related_name="%(class)ss", verbose_name=_("thèmes"))
    goals = models.JSONField(_("objectifs de développement durable"), default=list, blank=True)
    """Numbers of `enums.Goal`."""
    age_from = models.PositiveSmallIntegerField(_("à partir de (ans)"), default=YOUNGEST)
    age_to = models.PositiveSmallIntegerField(_("jusqu’à (ans)"), default=OLDEST)
    review_on = models.DateField(_("à relire le"), null=True, blank=True)
    """From that day on the back office says that it may be out of date."""
    is_demonstration = models.BooleanField(_("démonstration"), default=False, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(age_from__gte=YOUNGEST, age_to__lte=OLDEST, age_from__lte=models.F("age_to")),
                name="%(app_label)s_%(class)s_ages",
            )
        ]

    def __str__(self):
        return self.title

    preview_template = "library/office/preview.html"

    def get_preview_template(self, request, mode_name):
        """What an editor sees beside the form: the page as readers will."""
        return self.preview_template

    @property
    def ages_in_words(self) -> str:
        return words.ages(self.age_from, self.age_to)
