"""What is asked to declare an intention, give more time, or end a candidacy."""

from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from .fields import DayField, ReasonField


class IntentionForm(forms.Form):
    organisation = forms.ChoiceField(label=_("Votre collectivité"), widget=forms.RadioSelect)
    intention = forms.CharField(
        label=_("Pourquoi votre collectivité veut-elle s’engager ?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Dites en quelques mots pourquoi votre collectivité veut s’engager.")},
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = {one.public_id: one for one in organisations}
        if len(self.organisations) == 1:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].choices = [(key, one.name) for key, one in self.organisations.items()]

    @property
    def chosen_organisation(self):
        chosen = self.cleaned_data.get("organisation") or next(iter(self.organisations))
        return self.organisations[chosen]


class ReasonForm(forms.Form):
    reason = ReasonField(label=_("Motif"))


class WithdrawalForm(forms.Form):
    """Why a title is taken back: in full for the collectivité, and in words that anyone may read."""

    reason = ReasonField(label=_("Motif, pour la collectivité"))
    public_reason = ReasonField(label=_("Ce que dira la page publique"), max_length=1000)


class DeadlineForm(forms.Form):
    due_on = DayField(label=_("Nouvelle échéance (jusqu’au soir de ce jour)"))
    reason = ReasonField(label=_("Motif"), max_length=1000)

    @property
    def due_at(self) -> datetime:
        """The end of the day that was chosen, where the programme lives."""
        return datetime.combine(self.cleaned_data["due_on"], time(23, 59), get_current_timezone())
