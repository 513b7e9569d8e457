"""What the one who protects writes down."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.participation.enums import Outcome

NOTE = forms.Textarea(attrs={"rows": 4})


class StepForm(forms.Form):
    note = forms.CharField(label=_("Ce qui a été fait"), max_length=2000, widget=NOTE)


class CloseForm(forms.Form):
    prefix = "fin"
    outcome = forms.ChoiceField(label=_("Comment cela se termine"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Ce qui a été fait, et par qui"), max_length=2000, widget=NOTE)


class ReopenForm(forms.Form):
    note = forms.CharField(label=_("Ce que l’on sait de nouveau"), max_length=2000, widget=NOTE)
