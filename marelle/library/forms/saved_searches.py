"""What is asked to keep a search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.library.models import Rhythm


class KeepSearch(forms.Form):
    """The address only when nobody is signed in."""

    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        help_text=_("Un courriel vous demandera de confirmer. L’adresse ne sert qu’à cela, et s’efface quand vous arrêtez."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Écrivez votre adresse."), "invalid": _("Écrivez une adresse complète, comme prenom.nom@ville.fr.")},
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("Quand vous prévenir"), choices=Rhythm.choices, initial=Rhythm.WEEKLY, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, asks_address: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not asks_address:
            del self.fields["email"]
