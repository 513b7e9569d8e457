from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import WRITES_FILE
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.models import in_order, public_id, together
from marelle.core.privacy import blank, delete, keep
from marelle.documents.models import File
from marelle.participation.enums import ConsentKind, CouncilKind


class CouncilQuerySet(models.QuerySet["Council"]):
    def visible_to(self, user):
        """Those who look after it: the lead, the elected member and the contributors of its collectivité. Nobody else
        reads children's names, not even the mayor or the national team: they read its public page."""
        who = standing(user)
        houses = {m.organisation_id for m in who.memberships if m.role in WRITES_FILE}
        return self.filter(organisation__in=houses)

    def public(self):
        """Those whose page anyone reads."""
        return self.filter(is_public=True)


class Council(models.Model):
    """A council or committee of children or young people of one collectivité.

    In French law a *conseil de jeunes* (CGCT L1112-23) and a *comité consultatif* (L2143-2) are two things: the kind
    says which rules the pages recall.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="councils")
    kind = models.CharField(_("nature"), max_length=10, choices=CouncilKind)
    name = models.CharField(_("nom"), max_length=120)
    purpose = models.TextField(_("à quoi il sert"), max_length=1000, blank=True)
    is_public = models.BooleanField(_("page publique"), default=False)
    created_at = models.DateTimeField(_("créé le"))
    ended_on = models.DateField(_("a pris fin le"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("créé par la démonstration"), default=False)

    objects = CouncilQuerySet.as_manager()

    impersonal = "id public_id organisation kind name purpose is_public created_at ended_on is_demonstration"

    class Meta:
        verbose_name = _("conseil")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Term(models.Model):
    """The time for which members sit (*mandat du conseil*). The next one receives what the last one left open.

    `women` and `men`: the law wants at most one apart in a *conseil de jeunes*. Two sums say it; no child's gender is
    recorded. None: not recorded.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    council = models.ForeignKey(Council, models.CASCADE, related_name="terms")
    starts_on = models.DateField(_("commence le"))
    ends_on = models.DateField(_("finit le"))
    handover = models.TextField(_("ce que nous laissons aux suivants"), max_length=4000, blank=True)
    women = models.PositiveSmallIntegerField(_("filles et jeunes femmes"), null=True, blank=True)
    men = models.PositiveSmallIntegerField(_("garçons et jeunes hommes"), null=True, blank=True)

    impersonal = "id public_id council starts_on ends_on handover women men"

    class Meta:
        verbose_name = _("mandat d’un conseil")
        ordering = ["-starts_on"]
        constraints = [
            in_order("starts_on", "ends_on"),
            together("women", "men"),
            models.UniqueConstraint(fields=["council", "starts_on"], name="participation_one_term_per_start"),
        ]

    def __str__(self):
        return f"{self.council} {self.starts_on.year}-{self.ends_on.year}"


class Member(models.Model):
    """A child or young person who sits in a council, recorded by an adult. In public: a first name at most.

    Someone who left still appears in the list of the term and in old minutes. `previous` is the same child in the term
    before.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    term = models.ForeignKey(Term, models.CASCADE, related_name="members")
    previous = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="next")
    first_name = models.CharField(_("prénom"), max_length=60, blank=True)  # blank: forgotten
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("année de naissance"), null=True, blank=True)
    school = models.CharField(_("école ou structure"), max_length=120, blank=True)
    guardian_contact = models.CharField(_("comment joindre les responsables"), max_length=200, blank=True)
    is_shown = models.BooleanField(_("prénom montré en public"), default=False)
    joined_on = models.DateField(_("siège depuis le"))
    left_on = models.DateField(_("est parti·e le"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("inscrit·e en ligne le"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("inscrit·e par")
    )

    about_children = True
    personal = {
        "first_name": blank(
            _("Savoir qui siège, et le lire dans les anciens comptes rendus"), until=_("la fin du mandat municipal")
        ),
        "last_name": blank(_("Savoir qui siège"), until=_("un an après la fin du mandat du conseil")),
        "birth_year": blank(_("Vérifier l’âge pour siéger"), until=_("un an après la fin du mandat du conseil")),
        "school": blank(_("Savoir qui l’enfant représente"), until=_("un an après la fin du mandat du conseil")),
        "guardian_contact": blank(_("Joindre les responsables"), until=_("un an après la fin du mandat du conseil")),
        "recorded_by": keep(_("Savoir qui a inscrit l’enfant"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = "id public_id term previous is_shown joined_on left_on recorded_at"

    class Meta:
        verbose_name = _("membre d’un conseil")
        verbose_name_plural = _("membres d’un conseil")
        ordering = ["first_name", "pk"]
        constraints = [in_order("joined_on", "left_on")]

    def __str__(self):
        return self.first_name or str(_("Membre dont le prénom est effacé"))


class Consent(models.Model):
    """What a child and their guardians allow, on paper, until a day: taking part, or being pictured. Never changed
    but to be withdrawn. `chased` is the last reminder sent before it ends, in days."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="consents")
    kind = models.CharField(_("pour"), max_length=14, choices=ConsentKind)
    by_child = models.BooleanField(_("l’enfant est d’accord"))
    by_guardians = models.BooleanField(_("les responsables sont d’accord"))
    of_age = models.BooleanField(_("majeur·e, signe seul·e"), default=False)
    signed_on = models.DateField(_("signé le"))
    valid_until = models.DateField(_("valable jusqu’au"))
    document = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    chased = models.PositiveSmallIntegerField(_("dernier rappel, en jours avant la fin"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("noté le"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noté par")
    )

    about_children = True
    personal = {
        "document": delete(_("Garder la preuve de l’accord"), until=_("un an après la fin du mandat du conseil")),
        "recorded_by": keep(_("Savoir qui a recueilli l’accord"), until=_("la clôture du compte (puis anonyme)")),
    }
    impersonal = (
        "id public_id member kind by_child by_guardians of_age signed_on valid_until withdrawn_on chased recorded_at"
    )

    class Meta:
        verbose_name = _("accord")
        ordering = ["-signed_on", "-pk"]
        constraints = [in_order("signed_on", "valid_until")]

    def __str__(self):
        return f"{self.member_id} {self.kind}"

    def holds(self, day) -> bool:
        """Both said yes (one alone once of age), and it is neither over nor withdrawn on that day."""
        return (
            self.by_child
            and (self.by_guardians or self.of_age)
            and self.signed_on <= day <= self.valid_until
            and (self.withdrawn_on is None or day < self.withdrawn_on)
        )
