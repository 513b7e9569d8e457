"""What a moderator types or ticks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.participation.enums import RefusalReason, Theme


class ApproveForm(forms.Form):
    wording = forms.CharField(
        label=_("Parole publiable"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"})
    )
    themes = forms.MultipleChoiceField(
        label=_("De quoi parle-t-elle\u202f?"),
        choices=Theme.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Écarter, parce que cette parole"), choices=RefusalReason.choices, widget=forms.RadioSelect
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class SeenForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class TogetherForm(forms.Form):
    """A gesture on the chosen verbatims. Each comes as « public id:revision », as the person saw it."""

    chosen = forms.MultipleChoiceField(required=False)
    group = forms.CharField(label=_("Nom du groupe"), max_length=60, required=False)
    themes = forms.MultipleChoiceField(label=_("Thèmes"), choices=Theme.choices, required=False)

    def __init__(self, data: Any, **options: Any):
        super().__init__(data, **options)
        given = data.getlist("chosen")[:500]
        self.fields["chosen"].choices = [(one, one) for one in given]

    def clean_chosen(self) -> dict[str, int]:
        seen: dict[str, int] = {}
        for one in self.cleaned_data["chosen"]:
            known_as, _colon, revision = one.partition(":")
            if not known_as.isalnum() or not revision.isdecimal() or len(revision) > 9:
                raise forms.ValidationError(_("Cette page n’est plus à jour. Rechargez-la."))
            seen[known_as] = int(revision)
        return seen
