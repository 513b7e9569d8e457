"""What is asked to bring the papers of a title."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import DayField


class DeliberationForm(forms.Form):
    number = forms.CharField(
        label=_("Numéro de la délibération"),
        max_length=60,
        help_text=_("Comme votre conseil l’écrit : 17, 9-7, 1DL15494…"),
        error_messages={"required": _("Indiquez le numéro de la délibération.")},
    )
    held_on = DayField(label=_("Séance du"))
    council = forms.CharField(
        label=_("Assemblée"), max_length=200, error_messages={"required": _("Indiquez l’assemblée qui a voté.")}
    )
    document = forms.FileField(label=_("La délibération"), error_messages={"required": _("Joignez la délibération.")})

    def __init__(self, *args, has_document: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if has_document:
            self.fields["document"].required = False
            self.fields["document"].help_text = _("Laissez vide pour garder le document déjà joint.")


class SignedForm(forms.Form):
    signed_on = DayField(label=_("Signée le"))
    signed_by_name = forms.CharField(
        label=_("Qui a signé pour la collectivité"),
        max_length=150,
        help_text=_("Nom et prénom, par exemple Nadia Lefèvre, maire."),
        error_messages={"required": _("Indiquez qui a signé pour la collectivité.")},
    )
    document = forms.FileField(
        label=_("La convention signée, en PDF"), error_messages={"required": _("Joignez la convention signée.")}
    )
