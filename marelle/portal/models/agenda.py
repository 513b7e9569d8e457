from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from marelle.portal.enums import Audience

from .base import FIELDS, PEOPLE, SitePage


class AgendaPage(SitePage):
    """What is coming, soonest first, with a calendar to subscribe to."""

    template = "portal/pages/agenda.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.EventPage"]
    max_count = 1

    personal = PEOPLE
    impersonal = FIELDS

    class Meta:
        verbose_name = _("page de l’agenda")
        verbose_name_plural = _("pages de l’agenda")


class EventPage(SitePage):
    """Something that happens at a time, somewhere or online."""

    template = "portal/pages/event.html"
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    is_all_day = models.BooleanField(_("toute la journée"), default=False)
    place = models.CharField(_("lieu"), max_length=150, blank=True, help_text=_("Vide\u202f: en ligne."))
    online = models.URLField(_("lien de connexion ou d’inscription"), blank=True)
    audience = models.CharField(_("pour qui"), max_length=15, choices=Audience, default=Audience.ALL)
    parent_page_types = ["portal.AgendaPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("is_all_day")],
            heading=_("Quand"),
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("online"), FieldPanel("audience")], heading=_("Où, pour qui")),
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    personal = PEOPLE
    impersonal = f"starts_at ends_at is_all_day place online audience {FIELDS}"

    class Meta:
        verbose_name = _("date de l’agenda")
        verbose_name_plural = _("dates de l’agenda")
        indexes = [models.Index(fields=["ends_at"], name="portal_event_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="portal_event_ends_after_it_starts"
            )
        ]

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("La fin vient avant le début.")})

    @property
    def ends_on(self) -> date:
        """Its last day: it is to come until that day is over."""
        return timezone.localtime(self.ends_at).date()

    @property
    def when(self) -> str:
        """« mardi 24 novembre 2026, de 14 h à 16 h 30 »; from one day to another when it lasts longer."""
        start, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        day = date_format(start, "l j F Y")
        if start.date() != end.date():
            return gettext("du {start} au {end}").format(start=day, end=date_format(end, "l j F Y"))
        if self.is_all_day:
            return day
        return gettext("{day}, de {start} à {end}").format(day=day, start=hour(start), end=hour(end))


def hour(at: datetime) -> str:
    """« 14 h 30 »."""
    return f"{at.hour}\u00a0h" + (f"\u00a0{at.minute:02d}" if at.minute else "")
