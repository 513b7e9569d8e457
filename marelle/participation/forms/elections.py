"""What is asked to prepare an election, a candidate's card, the vote of a class, a drawing of lots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marelle.ballots.enums import Gathering, Mode
from marelle.ballots.rules import MOST_CHILDREN
from marelle.participation.enums import AgeBand
from marelle.participation.models import Candidate, Election
from marelle.participation.rules.elections import MODES
from marelle.ui import pictograms
from marelle.ui.fields import Day


class ElectionForm(forms.Form):
    title = forms.CharField(
        label=_("Titre"), max_length=120, error_messages={"required": _("Donnez un titre, lu par les enfants.")}
    )
    seats = forms.IntegerField(
        label=_("Sièges à pourvoir"),
        min_value=1,
        max_value=100,
        error_messages={"required": _("Combien d’enfants seront élus\u202f?")},
    )
    votes_each = forms.IntegerField(
        label=_("Voix par enfant"),
        min_value=1,
        max_value=10,
        error_messages={"required": _("Pour combien de candidats chaque enfant peut-il voter\u202f?")},
    )
    starts_on = Day(label=_("Le vote commence le"))
    ends_on = Day(label=_("Il finit le"))

    @classmethod
    def of(cls, election: Election) -> ElectionForm:
        return cls(initial={name: getattr(election, name) for name in cls.base_fields})


class CandidateForm(forms.Form):
    first_name = forms.CharField(label=_("Prénom"), max_length=60, error_messages={"required": _("Écrivez le prénom.")})
    school = forms.CharField(label=_("École ou classe"), max_length=120, required=False)
    picto = forms.CharField(
        label=_("Son dessin"), max_length=40, required=False, help_text=_("Écrivez un mot\u202f: chat, ballon, arbre…")
    )
    promise = forms.CharField(
        label=_("Ce que l’enfant propose, en une phrase"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    has_consent = forms.BooleanField(
        label=_("L’enfant et ses responsables sont d’accord pour cette candidature"), required=False
    )

    @classmethod
    def of(cls, candidate: Candidate, **more: Any) -> CandidateForm:
        initial = {name: getattr(candidate, name) for name in cls.base_fields}
        initial["picto"] = pictograms.word(candidate.picto)
        return cls(initial=initial, **more)

    def clean_picto(self) -> str:
        """A word becomes the drawing it names; several that fit are offered by name."""
        typed: str = self.cleaned_data["picto"].strip()
        if not typed:
            return ""
        if typed in pictograms.load():
            return typed
        found = pictograms.search(typed, limit=8)
        exact = [one for one in found if pictograms.fold(one.word) == pictograms.fold(typed)]
        if exact or len(found) == 1:
            return (exact or found)[0].code
        if found:
            words = ", ".join(one.word for one in found)
            raise ValidationError(_("Plusieurs dessins correspondent. Écrivez l’un de ces mots\u202f: %s.") % words)
        raise ValidationError(_("Nous n’avons pas ce dessin. Essayez un autre mot, par exemple soleil, vélo ou lion."))


class ClassForm(forms.Form):
    """The vote of one class."""

    organisation = forms.ChoiceField(label=_("Pour"), choices=[])
    title = forms.CharField(
        label=_("Nom du groupe"),
        max_length=80,
        error_messages={"required": _("Nommez le groupe\u202f: CM1 B, par exemple.")},
    )
    roll = forms.IntegerField(
        label=_("Enfants présents"),
        min_value=1,
        max_value=MOST_CHILDREN,
        error_messages={"required": _("Comptez les enfants qui vont voter.")},
    )
    mode = forms.ChoiceField(
        label=_("Comment votent-ils\u202f?"),
        choices=[(mode.value, mode.label) for mode in MODES],
        widget=forms.RadioSelect,
        initial=Mode.TICKETS,
    )
    gathering = forms.ChoiceField(
        label=_("Où\u202f?"),
        choices=[(one.value, one.label) for one in (Gathering.SCHOOL, Gathering.LEISURE, Gathering.COUNCIL)],
        initial=Gathering.SCHOOL,
    )
    age_band = forms.ChoiceField(label=_("Âge"), choices=[("", _("Plusieurs âges")), *AgeBand.choices], required=False)

    def __init__(self, *args: Any, organisations: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.organisations = {one.public_id: one for one in organisations}
        self.fields["organisation"].choices = [(key, one.name) for key, one in self.organisations.items()]
        self.initial.setdefault("organisation", next(iter(self.organisations), ""))

    @property
    def chosen(self) -> dict[str, Any]:
        return self.cleaned_data | {"organisation": self.organisations[self.cleaned_data["organisation"]]}


class LotsForm(forms.Form):
    drawn = forms.MultipleChoiceField(
        label=_("Tiré·es au sort"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez les noms tirés au sort.")},
    )
    drawn_on = Day(label=_("Tirage fait le"))

    def __init__(self, *args: Any, tied: list[Candidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["drawn"].choices = [
            (one.key, ", ".join(filter(None, [one.first_name, one.school]))) for one in tied
        ]


class InstallForm(forms.Form):
    term = forms.ChoiceField(label=_("Dans le mandat"), choices=[])

    def __init__(self, *args: Any, terms: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.terms = {one.public_id: one for one in terms}
        self.fields["term"].choices = [
            (key, f"{one.starts_on:%d/%m/%Y} – {one.ends_on:%d/%m/%Y}") for key, one in self.terms.items()
        ]
