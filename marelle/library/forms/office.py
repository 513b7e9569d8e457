"""What an editor fills in, in the back office: lists of choices that are stored as lists, and bounds that agree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from marelle.library.enums import Access, Format, Goal, Language, Setting
from marelle.library.models.base import OLDEST, YOUNGEST


def several(choices: Any, label: Any, *, coerce: type = str, help_text: Any = "") -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        choices=choices.choices, coerce=coerce, required=False, label=label, help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class SheetForm(WagtailAdminModelForm):
    """A resource or a guide."""

    goals = several(Goal, _("objectifs de développement durable"), coerce=int)
    age_from = forms.IntegerField(label=_("à partir de (ans)"), min_value=YOUNGEST, max_value=OLDEST, initial=YOUNGEST)
    age_to = forms.IntegerField(label=_("jusqu’à (ans)"), min_value=YOUNGEST, max_value=OLDEST, initial=OLDEST)

    BOUNDS = (("age_from", "age_to", _("L’âge maximal est inférieur à l’âge minimal.")),)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for low, high, words in self.BOUNDS:
            least, most = cleaned.get(low), cleaned.get(high)
            if least is not None and most is not None and least > most:
                self.add_error(high, words)
        return cleaned


class ResourceForm(SheetForm):
    settings = several(Setting, _("cadres"), help_text=_("Où l’on s’en sert. Rien de coché\u202f: partout."))
    languages = several(Language, _("langues"))
    formats = several(Format, _("formats"))
    access = several(
        Access, _("accessibilité"), help_text=_("Ce qui est vraiment fourni\u202f: des lecteurs comptent dessus.")
    )

    BOUNDS = (
        *SheetForm.BOUNDS,
        ("minutes_from", "minutes_to", _("La durée maximale est inférieure à la durée minimale.")),
        ("group_from", "group_to", _("Le nombre maximal d’enfants est inférieur au nombre minimal.")),
    )
