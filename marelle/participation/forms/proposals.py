"""What is asked to carry, word, answer and find children's proposals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marelle.ballots.enums import Gathering, Mode
from marelle.participation.definition import ARTICLES
from marelle.participation.enums import AgeBand, ProposalState, Theme
from marelle.participation.models import Proposal, Verbatim
from marelle.participation.rules.proposals import says_something
from marelle.territories.forms import TerritoryField

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
NONE = [("", _("Choisissez"))]
BANDS = [("", _("tous les âges ensemble")), *AgeBand.choices]


class DayField(forms.DateField):
    """A day, given by the browser's own calendar or typed « 24/11/2026 »."""

    def __init__(self, **options: Any):
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"required": _("Choisissez un jour."), "invalid": _("Écrivez un jour comme 24/11/2026.")},
            **options,
        )

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise ValidationError(_("Vérifiez l’année\u202f: elle paraît fausse."))


class ArticleField(forms.TypedChoiceField):
    """An article of the Convention, by its short title."""

    def __init__(self, **options: Any):
        choices = [("", _("aucun, ou je ne sais pas")), *((n, str(article)) for n, article in ARTICLES.items())]
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, **options)


class WordForm(forms.Form):
    """The proposal in the children's words, and where it stands."""

    wording = forms.CharField(
        label=_("La proposition, dans les mots des enfants"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez la proposition, dans les mots des enfants.")},
    )
    theme = forms.ChoiceField(
        label=_("Thème"), choices=[*NONE, *Theme.choices], error_messages={"required": _("Choisissez un thème.")}
    )
    article = ArticleField(label=_("Article de la Convention"))
    age_band = forms.ChoiceField(label=_("Âge des enfants"), choices=BANDS, required=False)
    group_name = forms.CharField(label=_("Le groupe, comme il sera nommé en public"), max_length=80, required=False)

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WordForm.base_fields}


class CorrectForm(WordForm):
    """The same once it is public: why the words change is said too."""

    reason = forms.CharField(
        label=_("Pourquoi les mots changent"), max_length=300, required=False,
        help_text=_("Demandé si la phrase change. Les enfants le liront."),
    )  # fmt: skip

    def __init__(self, *args: Any, wording: str = "", **options: Any):
        super().__init__(*args, **options)
        self.former = wording

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        changed = (data.get("wording") or "").strip() != self.former
        if "wording" in data and changed and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Dites pourquoi les mots changent\u202f: les enfants le liront."))
        return data


class FromWordsForm(WordForm):
    """A proposal from approved words: which ones."""

    paroles = forms.MultipleChoiceField(
        label=_("Les paroles dont elle vient"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins une parole."),
            "invalid_choice": _("Une de ces paroles n’est plus publiable\u202f: relisez votre choix."),
        },
    )
    field_order = ("paroles", *WordForm.base_fields)

    def __init__(self, *args: Any, words: Iterable[Verbatim], **options: Any):
        super().__init__(*args, **options)
        self.words = {one.public_id: one for one in words}
        self.fields["paroles"].choices = [(key, one.wording) for key, one in self.words.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Verbatim]:
        return [self.words[key] for key in self.cleaned_data["paroles"]]


class SentenceField(forms.CharField):
    """At least a real sentence, for children will read it."""

    def __init__(self, **options: Any):
        options.setdefault("max_length", 2000)
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        answer = says_something(value)
        if value and not answer:
            raise ValidationError(getattr(answer, "reason", ""))


YES, NO = "oui", "non"


class AnswerForm(forms.Form):
    """The answer children are owed: yes and for when, or not possible and why."""

    outcome = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[(YES, _("Oui, nous allons le faire")), (NO, _("Non, ce n’est pas possible"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez\u202f: oui, ou non.")},
    )
    text = SentenceField(
        label=_("Ce que vous répondez"),
        error_messages={
            "required": _("Écrivez la réponse\u202f: ce qui sera fait, ou pourquoi ce n’est pas possible.")
        },
    )
    simple = forms.CharField(
        label=_("La même réponse, en mots simples, pour les enfants"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answered_by = forms.CharField(
        label=_("Qui répond"), max_length=200,
        error_messages={"required": _("Dites qui répond\u202f: les enfants doivent savoir qui leur parle.")},
    )  # fmt: skip
    planned_for = DayField(label=_("C’est prévu pour le"), required=False, help_text=_("Demandé pour un oui."))

    def __init__(self, state: str, *args: Any, **options: Any):
        super().__init__(*args, **options)
        left = {ProposalState.IMPOSSIBLE: YES, ProposalState.ANSWERED: NO}.get(ProposalState(state))
        if left:
            field = self.fields["outcome"]
            field.choices = [choice for choice in field.choices if choice[0] == left]  # type: ignore[attr-defined]
            field.initial = left

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == YES and not data.get("planned_for") and "planned_for" not in self.errors:
            self.add_error("planned_for", _("Dites pour quand c’est prévu, même à peu près."))
        return data


class DoneForm(forms.Form):
    """What was done, when, by whom."""

    note = SentenceField(
        label=_("Ce qui a été fait"), error_messages={"required": _("Dites ce qui a été fait, en une phrase.")}
    )
    done_on = DayField(label=_("Fait le"))
    done_by = forms.CharField(label=_("Par qui"), max_length=200, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Donnez le motif\u202f: il sera lu par les personnes concernées.")},
    )  # fmt: skip


class JoinForm(forms.Form):
    """The other proposal that says the same."""

    into = forms.ChoiceField(
        label=_("L’autre proposition"), error_messages={"required": _("Choisissez l’autre proposition.")}
    )

    def __init__(self, choices: Iterable[Proposal], *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.others = {one.public_id: one for one in choices}
        self.fields["into"].choices = [*NONE, *((key, one.wording) for key, one in self.others.items())]  # type: ignore[attr-defined]

    @property
    def other(self) -> Proposal:
        return self.others[self.cleaned_data["into"]]


class SupportGroupForm(forms.Form):
    """A group that votes for one proposal."""

    mode = forms.ChoiceField(
        label=_("Façon de voter"),
        choices=[
            (Mode.SHARED, _("Une tablette passe de main en main")),
            (Mode.LINK, _("Un lien ouvert à tous (compté, sans savoir qui)")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une façon de voter.")},
    )
    gathering = forms.ChoiceField(label=_("Lieu"), choices=[*NONE, *Gathering.choices])
    age_band = forms.ChoiceField(label=_("Âge des enfants"), choices=BANDS, required=False)
    roll = forms.IntegerField(label=_("Combien d’enfants sont là"), min_value=1, max_value=2000, required=False)
    closes_on = DayField(label=_("Le lien se ferme le soir du"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("mode") == Mode.SHARED and not data.get("roll") and "roll" not in self.errors:
            self.add_error("roll", _("Indiquez combien d’enfants sont là\u202f: chacun a une voix."))
        return data


STATES = [
    ("", _("toutes")),
    ("attente", _("attendent leur réponse")),
    ("retard", _("réponse en retard")),
    ("repondue", _("répondues, à réaliser")),
    ("realisee", _("réalisées")),
    ("impossible", _("pas possibles")),
]


class ProposalFilter(forms.Form):
    """What the public list is narrowed by. What makes no sense narrows nothing."""

    territoire = TerritoryField(label=_("Commune ou intercommunalité"), required=False)
    departement = forms.ChoiceField(label=_("Département"), required=False)
    theme = forms.ChoiceField(label=_("Thème"), choices=[("", _("tous")), *Theme.choices], required=False)
    etat = forms.ChoiceField(label=_("État"), choices=STATES, required=False)
    article = ArticleField(label=_("Article de la Convention"))

    def __init__(self, asked: Any, *, departements: Iterable[tuple[str, str]] = ()):
        super().__init__(asked)
        choices = [("", _("tous")), *((code, f"{code} {name}") for code, name in departements)]
        self.fields["departement"].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What makes sense among what was asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
