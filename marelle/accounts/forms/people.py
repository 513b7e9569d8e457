from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.notifications.models import Pace


class DetailsForm(forms.Form):
    name = forms.CharField(
        label=_("Votre prénom et votre nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Téléphone professionnel"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class PaceForm(forms.Form):
    pace = forms.ChoiceField(label=_("Quand vous prévenir"), choices=Pace, widget=forms.RadioSelect)


class ConfirmationForm(forms.Form):
    code = forms.CharField(
        label=_("Code reçu par courriel"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class CloseForm(forms.Form):
    agreed = forms.BooleanField(label=_("J’ai lu ce qui est effacé et ce qui est conservé, et je clos mon compte."))
