"""Opening a session: a few fields, filled in as the last time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import Kind, StructureKind
from marelle.accounts.models import Organisation
from marelle.ballots.enums import Gathering, Mode
from marelle.ballots.rules import MOST_CHILDREN
from marelle.participation.enums import AgeBand
from marelle.participation.models import Consultation, Session
from marelle.participation.rules import sessions as rules
from marelle.territories.forms import TerritoryField
from marelle.ui.components.words import day_in_words, hour_in_words

MODES = {
    Mode.TICKETS: _("Des tickets\u202f: chaque enfant tire une carte, qui sert une seule fois"),
    Mode.SHARED: _("Des tablettes partagées\u202f: les enfants passent l’un après l’autre"),
    Mode.PAPER: _("Sur papier\u202f: je compte les feuilles et je les saisis"),
    Mode.LINK: _("Un lien ouvert, sans compter les enfants"),
}
"""In the order in which an adult thinks of them."""
WHERE = {
    StructureKind.SCHOOL: Gathering.SCHOOL,
    StructureKind.LEISURE: Gathering.LEISURE,
    StructureKind.LIBRARY: Gathering.LEISURE,
    StructureKind.ASSOCIATION: Gathering.LEISURE,
}
ROLL = _("Indiquez combien d’enfants sont là, en chiffres.")


def roll_field(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=1,
        max_value=MOST_CHILDREN,
        error_messages={
            "required": ROLL,
            "invalid": ROLL,
            "min_value": ROLL,
            "max_value": _("Une séance compte %(limit_value)s enfants au plus. Ouvrez-en plusieurs."),
        },
        **options,
    )


class OpenForm(forms.Form):
    """Which group, how many children, how they answer, until when."""

    organisation = forms.ChoiceField(label=_("Au nom de"))
    title = forms.CharField(
        label=_("Nom du groupe"),
        max_length=80,
        help_text=_("Pour vous y retrouver\u202f: «\u202fCE2 B, école Jaurès\u202f». Pas de nom d’enfant."),
        error_messages={"required": _("Donnez un nom au groupe\u202f: «\u202fCE2 B\u202f» suffit.")},
    )
    roll = roll_field(
        label=_("Nombre d’enfants"),
        help_text=_("Ceux qui sont là aujourd’hui. Cela se corrige ensuite."),
    )
    mode = forms.ChoiceField(label=_("Comment répondent-ils\u202f?"), widget=forms.RadioSelect)
    gathering = forms.ChoiceField(label=_("Où êtes-vous\u202f?"), choices=Gathering)
    age_band = forms.ChoiceField(label=_("Âge des enfants"), required=False)
    territory = TerritoryField(
        label=_("Commune ou intercommunalité"), required=False, help_text=_("Les réponses comptent pour elle.")
    )
    stays = forms.ChoiceField(label=_("La séance reste ouverte"), widget=forms.RadioSelect)

    def __init__(
        self, consultation: Consultation, user: Any, data: Any = None, *, at: datetime, last: Session | None = None
    ):
        self.consultation, self.at = consultation, at
        self.organisations: list[Organisation] = rules.organisations_for(user, consultation)
        super().__init__(data, initial=self._first_guess(last))
        self.fields["organisation"].choices = [(one.public_id, str(one)) for one in self.organisations]
        if len(self.organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
        self.fields["roll"].required = (data or {}).get("mode") != Mode.LINK
        self.fields["mode"].choices = [
            (mode.value, words) for mode, words in MODES.items() if rules.can_use(user, consultation, mode)
        ]
        bands = [(b.value, b.label) for b in AgeBand if not consultation.age_bands or b.value in consultation.age_bands]
        self.fields["age_band"].choices = [("", _("Âges mélangés")), *bands]
        self.ends = {
            "today": rules.until(at, consultation),
            "week": rules.until(at, consultation, days=7),
            "end": rules.end_of(consultation),
        }
        self.fields["stays"].choices = self._how_long()

    def _first_guess(self, last: Session | None) -> dict[str, Any]:
        """As the last time; else what the organisation says of itself."""
        house = self.organisations[0] if self.organisations else None
        if last and last.organisation in self.organisations:
            station = last.station
            return {
                "organisation": last.organisation.public_id,
                "title": last.title,
                "roll": station.roll,
                "mode": station.mode,
                "gathering": station.gathering,
                "age_band": station.age_band,
                "territory": station.territory,
                "stays": "today",
            }
        place = house.territory if house and house.kind != Kind.DELEGATION else None
        return {
            "organisation": house.public_id if house else "",
            "mode": Mode.TICKETS,
            "gathering": WHERE.get(StructureKind(house.structure_kind), Gathering.SCHOOL)
            if house and house.structure_kind
            else Gathering.SCHOOL,
            "territory": place or self.consultation.territory,
            "stays": "today",
        }

    def _how_long(self) -> list[tuple[str, Any]]:
        said = {
            "today": gettext("aujourd’hui, jusqu’à {hour}"),
            "week": gettext("une semaine, jusqu’au {day} à {hour}"),
            "end": gettext("jusqu’à la fin de la consultation, le {day}"),
        }
        choices, seen = [], set()
        for key, moment in self.ends.items():
            if moment is None:
                choices.append((key, _("jusqu’à la fin de la consultation")))
            elif moment not in seen and moment > self.at:
                seen.add(moment)
                here = timezone.localtime(moment)
                choices.append((key, said[key].format(day=day_in_words(here.date()), hour=hour_in_words(here))))
        return choices

    @property
    def has_no_place(self) -> bool:
        """Nothing says for which town the answers count: the person must."""
        return not self.is_bound and not self.initial.get("territory")

    @property
    def said(self) -> dict[str, Any]:
        """What `actions.sessions.open_session` is given."""
        cleaned = self.cleaned_data
        return {
            "organisation": next(o for o in self.organisations if o.public_id == cleaned["organisation"]),
            "title": cleaned["title"],
            "mode": cleaned["mode"],
            "gathering": cleaned["gathering"],
            "roll": cleaned["roll"] if cleaned["mode"] != Mode.LINK else None,
            "age_band": cleaned["age_band"],
            "territory": cleaned["territory"],
            "closes_at": self.ends[cleaned["stays"]],
        }


class RollForm(forms.Form):
    """How many children the group has after all."""

    roll = roll_field(label=_("Nombre d’enfants du groupe"))
