"""A file that an editor brings, in words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.library.models import FileVersion, ResourceFile

ACCEPTED = _("PDF, image (PNG, JPEG) ou document bureautique (DOCX, XLSX, ODT, ODS), 20\u00a0Mo au plus.")


class DescribeForm(forms.ModelForm):
    class Meta:
        model = ResourceFile
        fields = ("label", "language", "variant")
        labels = {"label": _("Nom du fichier"), "language": _("Langue"), "variant": _("Tirage")}
        help_texts = {
            "label": _(
                "Comme il se lit sur la page\u202f: «\u202fLa fiche\u202f», «\u202fLes cartes à découper\u202f»."
            )
        }


class AddForm(DescribeForm):
    content = forms.FileField(label=_("Fichier"), help_text=ACCEPTED)

    field_order = ["content", "label", "language", "variant"]


class VersionForm(forms.ModelForm):
    content = forms.FileField(label=_("Nouveau fichier"), help_text=ACCEPTED)

    field_order = ["content", "changes"]

    class Meta:
        model = FileVersion
        fields = ("changes",)
        labels = {"changes": _("Ce qui change")}
        help_texts = {"changes": _("Lu par celles et ceux qui ont déjà l’ancienne version.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["changes"].required = True
