"""The choice of a pace, shown on the account page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Pace


class PaceForm(forms.Form):
    pace = forms.ChoiceField(
        label=_("Quand voulez-vous recevoir nos courriels\u202f?"), choices=Pace.choices, widget=forms.RadioSelect
    )
