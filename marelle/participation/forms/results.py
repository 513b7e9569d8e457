"""Results: why they are published again; which words to read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marelle.participation.enums import Theme
from marelle.participation.models import Verbatim


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Ce qui est corrigé"),
        max_length=300,
        required=False,
        help_text=_("Chacun lira ces mots au-dessus des nouveaux résultats."),
    )


class WordsFilter(forms.Form):
    """By question and theme. What makes no sense narrows nothing."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    theme = forms.ChoiceField(label=_("Thème"), required=False, choices=[("", _("tous")), *Theme.choices])

    def __init__(self, data: Any, *, questions: list[tuple[str, str]]):
        super().__init__(data)
        self.fields["question"].choices = [("", _("toutes")), *questions]  # type: ignore[attr-defined]

    def narrowed(self, rows: QuerySet[Verbatim]) -> QuerySet[Verbatim]:
        self.is_valid()
        if self.cleaned_data.get("question"):
            rows = rows.filter(question=self.cleaned_data["question"])
        if theme := self.cleaned_data.get("theme"):
            rows = rows.filter(themes__icontains=f'"{theme}"')  # A list of few words: both engines keep it as text.
        return rows
