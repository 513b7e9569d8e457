"""What people type while a file is studied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.accounts.models import Organisation, User
from marelle.programme.enums import Advice
from marelle.programme.models import Candidacy, Message, Note, Opinion

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _longest(model: Any, name: str) -> int:
    return model._meta.get_field(name).max_length


class PersonChoice(forms.ModelChoiceField):
    """A person among those proposed, known on the wire by their opaque id."""

    def __init__(self, **options: Any):
        super().__init__(User.objects.none(), to_field_name="public_id", **options)


class FilesChoice(forms.ModelMultipleChoiceField):
    def __init__(self, **options: Any):
        super().__init__(
            Candidacy.objects.none(), to_field_name="public_id", widget=forms.CheckboxSelectMultiple, **options
        )

    def label_from_instance(self, candidacy: Candidacy) -> str:
        return f"{candidacy.territory} · {candidacy.get_status_display()}"


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note interne"), max_length=_longest(Note, "text"), widget=forms.Textarea(attrs={"rows": 3})
    )
    question = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Votre message"), max_length=_longest(Message, "text"), widget=forms.Textarea(attrs={"rows": 6})
    )
    question = forms.ChoiceField(label=_("À propos de"), required=False)
    file = forms.FileField(
        label=_("Document"), required=False, help_text=_("Un PDF, une image ou un document bureautique.")
    )

    def __init__(self, *args: Any, candidacy: Candidacy, **options: Any):
        super().__init__(*args, **options)
        definition = candidacy.version.definition
        self.fields["question"].choices = [
            ("", _("Tout le dossier")),
            *((section.title, [(q.key, q.label) for q in section.questions]) for section in definition.sections),
            (_("Pièces"), [(one.key, one.label) for one in definition.documents]),
        ]


class CorrectionForm(forms.Form):
    """Until when, and the clock. The reasons are read beside: one text for each question of the file."""

    due_on = forms.DateField(label=_("À renvoyer avant le"), widget=DATE)
    clock = forms.ChoiceField(
        label=_("Le délai d’instruction"),
        choices=[("stops", _("s’arrête jusqu’au retour")), ("runs", _("continue de courir"))],
        widget=forms.RadioSelect,
    )

    PREFIX = "motif-"
    LONGEST = 2000

    def __init__(self, *args: Any, keys: list[str], **options: Any):
        super().__init__(*args, **options)
        self.keys = keys

    @property
    def typed(self) -> dict[str, str]:
        """What was typed for each question, so that a refusal loses nothing."""
        return {key: self.data.get(self.PREFIX + key, "").strip() for key in self.keys} if self.is_bound else {}

    @property
    def reasons(self) -> dict[str, str]:
        return {key: text for key, text in self.typed.items() if text}

    def clean(self) -> dict[str, Any] | None:
        if not self.reasons:
            self.add_error(None, _("Écrivez sous au moins une question ce qui est à corriger."))
        if any(len(text) > self.LONGEST for text in self.reasons.values()):
            self.add_error(None, _("Un motif dépasse 2 000 caractères : raccourcissez-le."))
        if any("\0" in text for text in self.reasons.values()):
            self.add_error(None, _("Un motif contient un caractère qui ne s’affiche pas."))
        return self.cleaned_data


class OpinionRequestForm(forms.Form):
    asked_of = PersonChoice(
        label=_("À qui"),
        empty_label=_("Choisissez une personne"),
        error_messages={
            "invalid_choice": _(
                "Choisissez une personne de la liste : bénévole de la délégation qui suit ce territoire, ou expert·e."
            )
        },
    )
    question = forms.CharField(
        label=_("Ce que vous lui demandez"), max_length=_longest(Opinion, "question"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Attendu pour le"), widget=DATE)
    is_confidential = forms.BooleanField(label=_("Avis confidentiel"), required=False)

    def __init__(self, *args: Any, people: Any, today: date, days: int, **options: Any):
        super().__init__(*args, initial={"due_on": today + timedelta(days=days)}, **options)
        self.fields["asked_of"].queryset = people


class OpinionForm(forms.Form):
    """A draft may be incomplete: what is missing is asked when the opinion is given."""

    use_required_attribute = False  # or the browser would not let a draft go

    advice = forms.ChoiceField(label=_("Votre avis"), choices=Advice.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Ce qui le motive"), max_length=_longest(Opinion, "text"), widget=forms.Textarea(attrs={"rows": 12})
    )

    def __init__(self, *args: Any, is_draft: bool = False, **options: Any):
        super().__init__(*args, **options)
        if is_draft:
            for field in self.fields.values():
                field.required = False


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    """Several files to one adviser."""

    candidacies = FilesChoice(label=_("Dossiers"), error_messages={"required": _("Choisissez au moins un dossier.")})
    adviser = PersonChoice(label=_("Confier à"), empty_label=_("Choisissez une personne"))

    def __init__(self, *args: Any, candidacies: Any, advisers: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["candidacies"].queryset = candidacies
        self.fields["adviser"].queryset = advisers


class FollowersForm(forms.Form):
    """Who follows one file: adviser, delegation."""

    adviser = PersonChoice(label=_("Conseiller·ère"), required=False, empty_label=_("Personne pour l’instant"))
    delegation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Délégation"), required=False, to_field_name="public_id",
        empty_label=_("Aucune"),
    )  # fmt: skip

    def __init__(self, *args: Any, advisers: Any, delegations: list[Organisation], **options: Any):
        super().__init__(*args, **options)
        self.fields["adviser"].queryset = advisers
        self.fields["delegation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in delegations])


class TakeoverForm(forms.Form):
    absent = PersonChoice(label=_("Collègue absent·e"), empty_label=_("Choisissez une personne"))
    taker = PersonChoice(label=_("Qui reprend"), empty_label=_("Choisissez une personne"))
    candidacies = FilesChoice(label=_("Dossiers à reprendre"), required=False)

    def __init__(self, *args: Any, absents: Any, takers: Any, candidacies: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["absent"].queryset = absents
        self.fields["taker"].queryset = takers
        self.fields["candidacies"].queryset = candidacies
