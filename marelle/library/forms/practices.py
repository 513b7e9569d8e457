"""What is asked to write a practice, part by part, and to find, review, take up one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marelle.accounts.models import Organisation
from marelle.library.actions.practices import Typed
from marelle.library.definition.practices import QUESTIONS, Part
from marelle.library.models import Article, Practice, Theme
from marelle.library.models.base import OLDEST, YOUNGEST
from marelle.library.queries import practice_texts
from marelle.library.queries.practices import BANDS, FACETS

MOST = 20_000
"""Signs in a long answer: some seven pages."""
MOST_STEPS = 40


class LongField(forms.CharField):
    """Text with its line breaks, however the browser sends them."""

    def __init__(self, *, rows: int = 7, max_length: int = MOST, **options: Any):
        super().__init__(
            max_length=max_length, required=False, widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"max_length": gettext_lazy("C’est trop long\u202f: %(show_value)d signes, au plus %(limit_value)d.")},
            **options,
        )  # fmt: skip
        self.widget.attrs.pop("maxlength", None)  # Nothing typed is cut: too long is said.

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class LinesField(LongField):
    """One item a line; empty lines are none."""

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip().lstrip("-•* ").strip() for line in super().clean(value).split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > MOST_STEPS:
            raise ValidationError(_("C’est beaucoup\u202f: au plus {n} étapes.").format(n=MOST_STEPS))
        return lines


class WholeField(forms.IntegerField):
    """A whole number as people write it: « 12 500 € »."""

    def __init__(self, **options: Any):
        super().__init__(
            required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
            error_messages={"invalid": gettext_lazy("Écrivez un nombre entier, comme 12 500.")}, **options,
        )  # fmt: skip

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.replace("€", "").split())
        return super().to_python(value)


class PartForm(forms.Form):
    """The questions of one part. What can be read is saved even when a neighbour cannot; nothing is compulsory yet."""

    use_required_attribute = False

    def __init__(self, part: Part, data: Mapping[str, Any] | None = None, *, text: Practice | None = None):
        initial = {name: practice_texts.value_of(text, name) for name in part.names} if text is not None else None
        super().__init__(data, initial=initial, auto_id="%s")
        self.part = part
        for question in part.questions:
            field = _field(question.name)
            field.label = question.label
            self.fields[question.name] = field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        low, high = said.get("age_from"), said.get("age_to")
        if low and high and low > high:
            self.add_error("age_to", _("L’âge de fin vient après l’âge de début."))
        if said.get("cost_is_unknown") and said.get("cost_euros") is not None:
            self.add_error("cost_is_unknown", _("Donnez un montant, ou dites qu’il est inconnu\u202f: pas les deux."))
        return said

    @property
    def typed(self) -> dict[str, Typed]:
        """What could be read, each with the mark of the answer it was written from."""
        self.is_valid()
        return {
            name: Typed(_plain(name, self.cleaned_data[name]), self.data.get(base_name(name), ""))
            for name in self.part.names
            if name in self.cleaned_data and name not in self.errors and base_name(name) in self.data
        }


def base_name(name: str) -> str:
    return f"base-{name}"


def _plain(name: str, value: Any) -> Any:
    if name in practice_texts.MANY:
        return sorted(int(one) for one in value)
    if name in {"age_from", "age_to"}:
        return int(value)
    return value


def _field(name: str) -> forms.Field:
    ages = [(age, _("{age} ans").format(age=age)) for age in range(YOUNGEST, OLDEST + 1)]
    match name:
        case "title":
            return forms.CharField(max_length=120, error_messages={"required": gettext_lazy("Donnez un titre.")})
        case "summary":
            return LongField(rows=3, max_length=320)
        case "age_from" | "age_to":
            return forms.TypedChoiceField(choices=ages, coerce=int)
        case "themes":
            themes = [(one.pk, one.name) for one in Theme.objects.all()]
            return forms.MultipleChoiceField(choices=themes, required=False, widget=forms.CheckboxSelectMultiple)
        case "articles":
            articles = [(one.pk, str(one)) for one in Article.objects.all()]
            return forms.MultipleChoiceField(choices=articles, required=False, widget=forms.CheckboxSelectMultiple)
        case "started_in":
            return WholeField(min_value=1989, max_value=2100)
        case "cost_euros":
            return WholeField(min_value=0, max_value=2_000_000_000)
        case "cost_is_unknown":
            return forms.BooleanField(required=False)
        case "steps":
            return LinesField(rows=10)
        case _:
            return LongField()


class StartForm(forms.Form):
    """A title and a sentence: the rest comes part by part."""

    organisation = forms.ChoiceField(label=gettext_lazy("Pour quelle collectivité"))
    title = forms.CharField(
        label=gettext_lazy("Le titre"), max_length=120,
        error_messages={"required": gettext_lazy("Donnez un titre\u202f: vous pourrez le changer.")},
    )  # fmt: skip
    summary = LongField(rows=3, max_length=320, label=gettext_lazy("En une phrase ou deux"))
    is_another = forms.BooleanField(
        label=gettext_lazy("C’est bien autre chose\u202f: commencer la fiche"), required=False
    )

    def __init__(self, organisations: list[Organisation], data: Mapping[str, Any] | None = None):
        super().__init__(data)
        self.organisations = {one.public_id: one for one in organisations}
        choices = self.fields["organisation"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [(key, one.name) for key, one in self.organisations.items()]
        if len(organisations) == 1:
            choices.widget = forms.HiddenInput()
            choices.initial = organisations[0].public_id

    @property
    def chosen(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data.get("organisation", ""))


class ContactForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Nom et prénom, ou fonction"), max_length=150,
        error_messages={"required": gettext_lazy("Dites à qui écrire.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique"),
        error_messages={
            "required": gettext_lazy("Donnez une adresse électronique."),
            "invalid": gettext_lazy("Cette adresse paraît incomplète\u202f: prenom.nom@ville.fr"),
        },
    )


class ReasonForm(forms.Form):
    reason = LongField(rows=4, max_length=3_000, label=gettext_lazy("Pourquoi"))


class CommentForm(forms.Form):
    field = forms.ChoiceField(choices=[("", ""), *((name, "") for name in QUESTIONS)], required=False)
    text = LongField(rows=3, max_length=3_000, label=gettext_lazy("Votre remarque"))


class ReplyForm(forms.Form):
    text = LongField(rows=2, max_length=3_000, label=gettext_lazy("Votre réponse"))


class PublishForm(forms.Form):
    review_on = forms.DateField(
        label=gettext_lazy("À relire le"), required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Écrivez un jour comme 24/11/2028.")},
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        if day and not 2000 <= day.year <= 2100:
            raise ValidationError(_("Vérifiez l’année\u202f: elle paraît fausse."))
        return day


class TakeUpForm(forms.Form):
    organisation = forms.CharField(max_length=20, widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("Ce que vous comptez en faire"), max_length=300, required=False)


class PracticeFilter(forms.Form):
    """What the public list is asked. An unknown value asks nothing."""

    theme = forms.SlugField(required=False)
    age = forms.IntegerField(required=False, min_value=YOUNGEST, max_value=OLDEST)
    taille = forms.ChoiceField(required=False, choices=[(key, label) for key, label, _low, _high in BANDS])
    departement = forms.SlugField(required=False, max_length=3)
    article = forms.IntegerField(required=False, min_value=1, max_value=54)

    @property
    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in FACETS}
