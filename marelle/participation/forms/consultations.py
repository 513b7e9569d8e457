"""What is asked of those who prepare a consultation, open it and answer the children."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marelle.participation.enums import LANGUAGES, AgeBand, Duty, Level
from marelle.participation.models import Consultation
from marelle.territories.models import Territory

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
FACTS = ("title", "why", "age_bands", "opens_on", "closes_on", "answerer", "answer_due_on", "languages")
SETTINGS = ("cell_threshold", "own_results_from")


class DayField(forms.DateField):
    """A day, given by the browser's own calendar or typed « 24/11/2026 »."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "required": _("Choisissez un jour."),
                "invalid": _("Écrivez un jour comme 24/11/2026."),
            },
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(_("Vérifiez l’année : elle paraît fausse."))


class StartForm(forms.Form):
    """The two things a consultation begins with, and for whom when one may begin several."""

    organisation = forms.ChoiceField(
        label=_("Pour"), widget=forms.RadioSelect, error_messages={"required": _("Choisissez pour qui.")}
    )
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Département"), required=False, empty_label=_("Choisir un département")
    )
    title = forms.CharField(
        label=_("Titre"),
        max_length=120,
        help_text=_("Les enfants le lisent en premier : « Ma cour d’école », « Aller à l’école à pied »."),
        error_messages={"required": _("Donnez un titre.")},
    )
    why = forms.CharField(
        label=_("Pourquoi posez-vous ces questions ?"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dites ce que leurs réponses peuvent changer, et ce qu’elles ne changeront pas."),
        error_messages={"required": _("Dites pourquoi vous posez ces questions.")},
    )

    def __init__(self, data: Any = None, *, organisations: list[Any], territories: Any, is_copy: bool = False):
        super().__init__(data)
        self.organisations = {one.public_id: one for one in organisations}
        self.fields["organisation"].choices = [(one.public_id, one.name) for one in organisations]  # type: ignore[attr-defined]
        self.fields["territory"].queryset = territories  # type: ignore[attr-defined]
        if len(organisations) == 1:
            del self.fields["organisation"]
        if len(territories) < 2:
            del self.fields["territory"]
        if is_copy:
            del self.fields["title"], self.fields["why"]

    @property
    def chosen_organisation(self) -> Any:
        if len(self.organisations) == 1:
            return next(iter(self.organisations.values()))
        return self.organisations[self.cleaned_data["organisation"]]

    @property
    def chosen_territory(self) -> Territory | None:
        return self.cleaned_data.get("territory")


class FactsForm(forms.ModelForm):
    """All that is said of a consultation. What is missing only stops its opening: saving half of it is fine."""

    opens_on = DayField(label=_("Ouverture prévue le"), required=False, help_text=_("Pour mémoire : vous ouvrirez vous-même."))  # fmt: skip
    closes_on = DayField(label=_("Dernier jour pour répondre"), required=False)
    answer_due_on = DayField(
        label=_("Réponse aux enfants promise pour le"),
        required=False,
        help_text=_(
            "Ce jour est public et ne changera plus après l’ouverture. Passé ce jour, la page dira « en retard »."
        ),
    )
    age_bands = forms.MultipleChoiceField(
        label=_("Âges"), choices=AgeBand, widget=forms.CheckboxSelectMultiple, required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Langues"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Chaque question devra être écrite dans toutes les langues cochées. Le français y est toujours."),
    )

    class Meta:
        model = Consultation
        fields = [*FACTS, *SETTINGS]
        widgets = {"why": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "cell_threshold": _("Plus petit nombre d’enfants montré dans les résultats"),
            "own_results_from": _("Réponses à partir desquelles une ville lit ses propres résultats"),
        }
        help_texts = {
            "title": _("Les enfants le lisent en premier."),
            "why": _("Dites ce que leurs réponses peuvent changer, et ce qu’elles ne changeront pas."),
            "answerer": _("Une personne qui peut décider : « Nadia Lefèvre, maire »."),
            "cell_threshold": _("Jamais moins de 3 : au-dessous, on pourrait reconnaître un enfant."),
        }
        error_messages = {
            "title": {"required": _("Donnez un titre.")},
            "why": {"required": _("Dites pourquoi vous posez ces questions.")},
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.level == Level.LOCAL:
            del self.fields["own_results_from"]

    def clean_cell_threshold(self) -> int:
        number = self.cleaned_data["cell_threshold"]
        if not 3 <= number <= 100:
            raise forms.ValidationError(_("Choisissez un nombre entre 3 et 100."))
        return number

    def clean_languages(self) -> list[str]:
        chosen = self.cleaned_data["languages"]
        return ["fr", *(language for language in chosen if language != "fr")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends, due = (cleaned.get(name) for name in ("opens_on", "closes_on", "answer_due_on"))
        if begins and ends and ends < begins:
            self.add_error("closes_on", _("Le dernier jour pour répondre vient avant le premier."))
        if ends and due and due < ends:
            self.add_error(
                "answer_due_on", _("La réponse aux enfants ne peut pas être promise avant la fin de la consultation.")
            )
        return cleaned

    def _post_clean(self) -> None:
        """Nothing is written on the row here: the action does it, under its lock."""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


class AdjustForm(forms.Form):
    """What may still change once children answer."""

    closes_on = DayField(label=_("Dernier jour pour répondre"))
    answerer = forms.CharField(
        label=_("Qui répondra aux enfants"),
        max_length=200,
        error_messages={"required": _("Dites qui répondra aux enfants.")},
    )

    def __init__(self, data: Any = None, *, consultation: Consultation):
        super().__init__(
            data, initial={"closes_on": consultation.closes_on, "answerer": consultation.answerer}, auto_id="ajuster-%s"
        )
        self.due = consultation.answer_due_on

    def clean_closes_on(self) -> date:
        day = self.cleaned_data["closes_on"]
        if self.due and day > self.due:
            raise forms.ValidationError(
                gettext("La réponse aux enfants est promise pour un jour qui vient avant celui-ci.")
            )
        return day


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Votre réponse aux enfants"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Ce que vous avez entendu, ce qui va se faire et quand, ce qui ne se fera pas et pourquoi. Des phrases "
            "courtes, en « tu » ou « vous » : elles seront lues à voix haute."
        ),
        error_messages={"required": _("Écrivez la réponse aux enfants.")},
    )
    answered_by = forms.CharField(
        label=_("Qui répond"), max_length=200, error_messages={"required": _("Dites qui répond aux enfants.")}
    )
    sure = forms.BooleanField(
        label=_("J’ai relu : cette réponse est publiée tout de suite et ne se modifie plus."),
        error_messages={"required": _("Cochez cette case quand vous avez relu la réponse.")},
    )


class StewardForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        help_text=_("D’une personne qui appartient déjà à votre organisation."),
        error_messages={
            "required": _("Indiquez son adresse électronique."),
            "invalid": _("Écrivez une adresse comme nadia@ville.fr."),
        },
    )
    duty = forms.ChoiceField(
        label=_("Tâche"),
        choices=Duty,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la tâche.")},
    )
