"""The shape of what is asked on the pages that cross subjects."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = [("", _("toutes")), ("commune", _("communes")), ("epci", _("intercommunalités"))]


class FunnelForm(forms.Form):
    nature = forms.ChoiceField(label=_("Collectivités"), choices=KINDS, required=False)


class FunnelExport(forms.Form):
    nature = forms.ChoiceField(choices=KINDS, required=False, widget=forms.HiddenInput)
    format = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "XLSX")])
