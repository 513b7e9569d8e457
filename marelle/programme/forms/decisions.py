"""What is asked to send a file to the commission, record its decision, and follow a probation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marelle.programme.actions.decisions import Verdict
from marelle.programme.definition import Definition
from marelle.programme.enums import OutcomeKind, Status
from marelle.programme.models import Candidacy

from .fields import DayField, ReasonField


class CommissionForm(forms.Form):
    commission_on = DayField(label=_("Jour de la commission"))
    hearing_at = forms.DateTimeField(
        label=_("Audition de la collectivité"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Écrivez un jour et une heure comme 24/11/2026 10:30.")},
    )


class DecisionForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    outcome = forms.ChoiceField(
        label=_("Décision"), widget=forms.RadioSelect, error_messages={"required": _("Choisissez la décision.")}
    )
    body = forms.CharField(
        label=_("Instance qui a décidé"),
        max_length=200,
        error_messages={"required": _("Dites quelle instance a décidé.")},
    )
    decided_on = DayField(label=_("Décidé le"))
    reasons = ReasonField(label=_("Motifs"), max_length=10000)
    recommendations = forms.CharField(
        label=_("Recommandations, une par ligne"),
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    probation_ends_on = DayField(label=_("Fin de la période probatoire"), required=False)

    def __init__(self, *args: Any, candidacy: Candidacy, **kwargs: Any):
        super().__init__(*args, **kwargs)
        definition: Definition = candidacy.version.definition
        # At the end of a probation the commission awards or refuses: it does not begin another.
        self.fields["outcome"].choices = [
            (one.kind, one.label)
            for one in definition.outcomes
            if candidacy.status != Status.PROBATION or one.kind != OutcomeKind.PROBATION
        ]

    def clean_recommendations(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["recommendations"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        outcome = found.get("outcome")
        if (
            outcome == OutcomeKind.PROBATION
            and not found.get("probation_ends_on")
            and "probation_ends_on" not in self.errors
        ):
            self.add_error("probation_ends_on", gettext("Donnez à la période probatoire une date de fin à venir."))
        if outcome == OutcomeKind.AWARD_WITH_RECOMMENDATIONS and not found.get("recommendations"):
            self.add_error(
                "recommendations",
                gettext("Écrivez au moins une recommandation, ou accordez le titre sans recommandation."),
            )
        return found

    def verdict(self, tasks: list[tuple[str, Any]]) -> Verdict:
        found = self.cleaned_data
        on_probation = found["outcome"] == OutcomeKind.PROBATION
        return Verdict(
            outcome=OutcomeKind(found["outcome"]),
            reasons=found["reasons"],
            body=found["body"],
            decided_on=found["decided_on"],
            recommendations=found["recommendations"],
            probation_ends_on=found["probation_ends_on"] if on_probation else None,
            tasks=tasks if on_probation else (),
        )


class TaskForm(forms.Form):
    """One promise of a probation; a row left empty is no promise."""

    wording = forms.CharField(label=_("À faire"), max_length=500, required=False)
    due_on = DayField(label=_("Avant le"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        wording, due_on = found.get("wording"), found.get("due_on")
        if due_on and not wording and "wording" not in self.errors:
            raise ValidationError({"wording": gettext("Dites ce qui est à faire avant ce jour.")})
        if wording and not due_on and "due_on" not in self.errors:
            raise ValidationError({"due_on": gettext("Dites avant quel jour.")})
        return found


class BaseTasks(forms.BaseFormSet):
    @property
    def tasks(self) -> list[tuple[str, Any]]:
        rows = (form.cleaned_data for form in self.forms)
        return [(row["wording"], row["due_on"]) for row in rows if row.get("wording")]


TasksFormSet = forms.formset_factory(
    TaskForm, formset=BaseTasks, extra=4, max_num=20, absolute_max=20, validate_max=True
)


class EvidenceForm(forms.Form):
    evidence = forms.CharField(
        label=_("Ce qui a été fait, et comment on peut le voir"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites ce qui a été fait, et comment on peut le voir.")},
    )
