"""What is asked to record a consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.library.enums import Showing
from marelle.library.models import Picture, Video
from marelle.ui.fields import Day


class ConsentForm(forms.Form):
    reference = forms.CharField(
        label=_("Quel enfant, sur l’image"),
        max_length=120,
        error_messages={"required": _("Dites à quoi on reconnaît cet enfant sur l’image.")},
    )
    given_on = Day(label=_("Signé le"))
    valid_until = Day(label=_("Valable jusqu’au"))
    proof = forms.FileField(
        label=_("Le papier signé"),
        error_messages={"required": _("Joignez le papier signé, en PDF ou en photo.")},
    )


class VideoForm(forms.Form):
    title = forms.CharField(
        label=_("Titre"), max_length=150, error_messages={"required": _("Donnez un titre à la vidéo.")}
    )
    film = forms.FileField(label=_("Le film"), error_messages={"required": _("Joignez le film, en MP4 ou en WebM.")})
    captions = forms.FileField(label=_("Les sous-titres"), required=False)
    transcript = forms.CharField(
        label=_("La transcription"), required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=100_000
    )
    credit = forms.CharField(
        label=_("Crédit"), max_length=200, error_messages={"required": _("Dites qui a fait la vidéo.")}
    )
    showing = forms.ChoiceField(
        label=_("Qui reconnaît-on\u202f?"),
        choices=Showing,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites qui l’on reconnaît dans la vidéo.")},
    )
    children = forms.IntegerField(label=_("Combien d’enfants\u202f?"), required=False, min_value=1, max_value=500)
    poster = forms.ModelChoiceField(
        label=_("Image d’attente"), queryset=Picture.objects.order_by("title"), required=False, empty_label=_("Aucune")
    )

    def __init__(self, *args: Any, video: Video | None = None, **kwargs: Any):
        if video is not None:
            names = ("title", "transcript", "credit", "showing", "children", "poster")
            kwargs["initial"] = {name: getattr(video, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["film"].required = video is None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("showing") != Showing.CHILDREN:
            data["children"] = None
        elif not data.get("children"):
            self.add_error(
                "children",
                _("Dites combien d’enfants on reconnaît\u202f: il faudra un accord signé pour chacun."),
            )
        return data
