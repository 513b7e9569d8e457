from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.accounts.models import Organisation
from marelle.core.privacy import blank, keep
from marelle.library.enums import PracticeState

from .base import LOCKED_BY, SHEET, Sheet, SheetQuerySet


class Practice(Sheet):
    """What a collectivité did for and with children, written so that another can do it too, failures included.

    The row holds the text that is public (or, before that, the first draft); what its authors are changing is a
    revision. `state` is where that change stands; `live` whether a text is public.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="practices", verbose_name=_("collectivité")
    )
    state = models.CharField(_("état"), max_length=10, choices=PracticeState, default=PracticeState.DRAFT)
    context = models.TextField(_("le contexte"), blank=True)
    children_part = models.TextField(_("la part des enfants"), blank=True)
    steps = models.JSONField(_("les étapes"), default=list, blank=True)
    """Lines of text, in order."""
    started_in = models.PositiveSmallIntegerField(_("commencée en (année)"), null=True, blank=True)
    cost_euros = models.PositiveIntegerField(_("coût en euros"), null=True, blank=True)
    cost_note = models.TextField(_("ce que le coût comprend"), blank=True)
    staff = models.TextField(_("les agents et le temps passé"), blank=True)
    partners = models.TextField(_("les partenaires"), blank=True)
    result = models.TextField(_("le résultat"), blank=True)
    evidence = models.TextField(_("comment on le sait"), blank=True)
    failures = models.TextField(_("ce qui n’a pas marché"), blank=True)
    advice = models.TextField(_("le conseil à qui commence"), blank=True)
    contact_name = models.CharField(_("à qui parler"), max_length=150, blank=True)
    contact_email = models.EmailField(_("son adresse électronique"), blank=True)
    contact_agreed_at = models.DateTimeField(_("a accepté d’être nommé·e le"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("proposée le"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("écrite par")
    )

    objects = SheetQuerySet.as_manager()

    personal = {
        "written_by": keep(_("Savoir qui l’a écrite"), until=_("la clôture du compte (puis anonyme)")),
        "contact_name": blank(
            _("Répondre à qui veut faire de même"), until=_("le retrait de l’accord, ou de la fiche")
        ),
        "contact_email": blank(
            _("Répondre à qui veut faire de même"), until=_("le retrait de l’accord, ou de la fiche")
        ),
        **LOCKED_BY,
    }
    impersonal = f"""organisation state context children_part steps started_in cost_euros cost_note staff partners result
        evidence failures advice contact_agreed_at submitted_at {SHEET}"""

    class Meta(Sheet.Meta):
        verbose_name = _("pratique")
        ordering = ["title", "pk"]


class Comment(models.Model):
    """What a reviewer says of one field of a practice, to its authors."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="comments", verbose_name=_("pratique"))
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
    impersonal = "id practice field at settled_at"

    class Meta:
        verbose_name = _("remarque sur une pratique")
        ordering = ["at", "pk"]


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
