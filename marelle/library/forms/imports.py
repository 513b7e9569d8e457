"""A table, and the files that it names."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.library.enums import Imported


class ImportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Que contient le tableau\u202f?"), choices=Imported.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Dites ce que contient le tableau.")},
    )  # fmt: skip
    table = forms.FileField(
        label=_("Le tableau"),
        help_text=_(
            "XLSX ou CSV, 10\u00a0Mo et 2\u202f000 lignes au plus. La première ligne porte les titres du modèle."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        allow_empty_file=True,
        error_messages={"required": _("Joignez le tableau, en XLSX ou en CSV.")},
    )
    archive = forms.FileField(
        label=_("Les fichiers qu’il nomme, en une archive ZIP"),
        help_text=_("Facultatif, 100\u00a0Mo au plus\u202f; 20\u00a0Mo au plus par fichier. Seuls les fichiers nommés dans le tableau sont pris."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
        required=False,
    )  # fmt: skip
