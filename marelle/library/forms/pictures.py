"""The form of a picture in Wagtail's back office, one at a time or many: checked by content, in words that help."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from marelle.documents.checks import UploadRefused
from marelle.documents.checks.web import check_for_the_web
from marelle.library.actions import pictures as actions
from marelle.library.enums import Showing


class CheckedUpload(WagtailImageField):
    """Our checks first: Wagtail then opens nothing that could swell or run."""

    def to_python(self, data: Any) -> Any:
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        with tempfile.TemporaryDirectory(prefix="marelle-") as folder:
            try:
                check_for_the_web(upload, name=upload.name, into=Path(folder) / "upload")
            except UploadRefused as refused:
                raise ValidationError(str(refused)) from None
        return super().to_python(data)


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, user: Any = None, **kwargs: Any):
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = CheckedUpload(label=theirs.label, required=theirs.required, widget=theirs.widget)
            self.fields["file"].help_text = _(
                "JPEG, PNG, WebP ou AVIF. Le lieu et l’appareil notés dans la photo sont effacés à l’arrivée."
            )
        for name, words in HELP.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "showing" not in self.fields or "children" not in self.fields:
            return data
        if data.get("showing") != Showing.CHILDREN:
            data["children"] = None
        elif not data.get("children"):
            self.add_error(
                "children",
                _("Dites combien d’enfants on reconnaît\u202f: il faudra un accord signé pour chacun."),
            )
        return data

    def save(self, commit: bool = True) -> Any:
        is_new = self.instance.pk is None
        picture = super().save(commit=commit)
        if commit:
            actions.settle(picture=picture, is_new=is_new, by=self.user, at=timezone.now())
        return picture


HELP = {
    "title": _("Pour la retrouver ici. Jamais le nom d’un enfant."),
    "description": _(
        "Ce qu’une personne qui ne voit pas l’image a besoin d’en savoir, en une phrase. "
        "« Quatre enfants déplient un plan du quartier sur le sol », et non « photo d’enfants »."
    ),
    "credit": _("Qui l’a faite, et à quel titre on s’en sert : « Atelier des craies, CC BY 4.0 »."),
    "showing": _("Une image d’enfants n’est montrée nulle part sans un accord signé pour chacun."),
    "children": _("Seulement si l’on reconnaît des enfants."),
}
