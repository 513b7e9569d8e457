"""The one page by which a collectivité joins the network, and the words asked when it is answered or leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from marelle.programme.definition import Question, QuestionKind
from marelle.programme.models import RouteVersion

LONGEST = {QuestionKind.SHORT_TEXT: 400, QuestionKind.LONG_TEXT: 5000}
REASON = {"required": _("Donnez le motif : il sera lu par les personnes concernées.")}


class JoinForm(forms.Form):
    """The few questions of the network's route, the charter, and the version they were read in."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    charter = forms.BooleanField(
        label=_("Nous avons lu la charte et notre collectivité s’engage à la respecter."),
        error_messages={
            "required": _("Cochez cette case pour rejoindre le réseau : la charte est son seul engagement.")
        },
    )

    def __init__(self, route: RouteVersion, data: Any = None):
        super().__init__(data, initial={"version": route.number})
        self.route = route
        self.asked = route.definition.questions
        for key, question in self.asked.items():
            self.fields[f"q-{key}"] = field_for(question)

    def clean_version(self) -> int:
        """A charter that changed while the page was open is not accepted unread."""
        number = self.cleaned_data["version"]
        if number != self.route.number:
            raise forms.ValidationError(
                _("La charte ou les questions ont changé pendant que vous écriviez. Relisez la page, puis envoyez.")
            )
        return number

    def questions(self) -> Iterator[tuple[BoundField, Question]]:
        for key, question in self.asked.items():
            yield self[f"q-{key}"], question

    @property
    def answers(self) -> dict[str, Any]:
        """As they are kept: {question: value}, days as text, nothing for what was left empty."""
        given = {key: self.cleaned_data.get(f"q-{key}") for key in self.asked}
        return {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in given.items()
            if value not in (None, "", [])
        }

    def refresh_version(self) -> None:
        """After a refusal for an old version: the page shows the new one with all that was typed, save the tick."""
        if "version" in self.errors:
            self.data = self.data.copy()
            self.data["version"] = str(self.route.number)
            self.data.pop("charter", None)


class ReasonForm(forms.Form):
    """Why a request is turned down, or why a collectivité leaves."""

    reason = forms.CharField(
        label=_("Motif"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON
    )


class ConfirmForm(forms.Form):
    """The yearly fee, asked only where the grid could not give it."""

    fee_euros = forms.IntegerField(label=_("Cotisation annuelle, en euros"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, asks_fee: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not asks_fee:
            del self.fields["fee_euros"]

    @property
    def fee_cents(self) -> int | None:
        euros = self.cleaned_data.get("fee_euros")
        return None if euros is None else euros * 100


def field_for(question: Question) -> forms.Field:
    """A question of the definition as a form field."""
    common: dict[str, Any] = {"label": question.label, "required": question.required}
    options = [(option.key, option.label) for option in question.options]
    match question.kind:
        case QuestionKind.SHORT_TEXT | QuestionKind.LONG_TEXT as kind:
            is_long = kind == QuestionKind.LONG_TEXT
            return forms.CharField(
                max_length=question.max_length or LONGEST[kind],
                widget=forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput,
                **common,
            )
        case QuestionKind.NUMBER:
            return forms.FloatField(
                min_value=question.minimum, max_value=question.maximum, help_text=question.unit, localize=True, **common
            )
        case QuestionKind.YES_NO:
            return forms.TypedChoiceField(
                choices=[("oui", _("Oui")), ("non", _("Non"))],
                coerce=lambda value: value == "oui",
                empty_value=None,
                widget=forms.RadioSelect,
                **common,
            )
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case QuestionKind.CHOICES:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case QuestionKind.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    raise AssertionError(question.kind)
