"""What is asked to create a council, begin a term, record a child, a consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marelle.documents.checks import DOCUMENTS
from marelle.participation.enums import ConsentKind, CouncilKind
from marelle.participation.models import Council, Member, Term
from marelle.participation.rules.councils import asks_balance
from marelle.ui.fields import Day

OLDEST = 35


class CouncilForm(forms.Form):
    name = forms.CharField(
        label=_("Nom du conseil"), max_length=120, error_messages={"required": _("Donnez un nom au conseil.")}
    )
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=CouncilKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qu’est ce conseil.")},
    )
    purpose = forms.CharField(
        label=_("À quoi il sert"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_public = forms.BooleanField(label=_("Ce conseil a une page publique"), required=False)

    @classmethod
    def of(cls, council: Council) -> CouncilForm:
        names = ("name", "kind", "purpose", "is_public")
        return cls(initial={name: getattr(council, name) for name in names})


class TermForm(forms.Form):
    """The days of a term; with a last term, what it leaves and who goes on."""

    starts_on = Day(label=_("Le mandat commence le"))
    ends_on = Day(label=_("Il finit le"))
    handover = forms.CharField(
        label=_("Ce que le dernier mandat laisse aux suivants"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    staying = forms.MultipleChoiceField(
        label=_("Qui continue"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, last: Term | None = None, members: list[Member] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {member.public_id: member for member in members or []}
        if last is None:
            del self.fields["handover"]
        if not self.members:
            del self.fields["staying"]
        else:
            self.fields["staying"].choices = [
                (key, f"{member.first_name} {member.last_name}".strip()) for key, member in self.members.items()
            ]

    @property
    def chosen(self) -> list[Member]:
        return [self.members[key] for key in self.cleaned_data.get("staying", [])]


class TermChangeForm(forms.Form):
    starts_on = Day(label=_("Commence le"))
    ends_on = Day(label=_("Finit le"))
    handover = forms.CharField(
        label=_("Ce que nous laissons aux suivants"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    women = forms.IntegerField(label=_("Filles et jeunes femmes"), required=False, min_value=0, max_value=500)
    men = forms.IntegerField(label=_("Garçons et jeunes hommes"), required=False, min_value=0, max_value=500)

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not asks_balance(council):
            del self.fields["women"], self.fields["men"]

    @classmethod
    def of(cls, term: Term) -> TermChangeForm:
        names = ("starts_on", "ends_on", "handover", "women", "men")
        return cls(initial={name: getattr(term, name) for name in names}, council=term.council)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "women" in self.fields and (data.get("women") is None) != (data.get("men") is None) and not self.errors:
            self.add_error("women" if data.get("women") is None else "men", _("Donnez les deux nombres, ou aucun."))
        return {"women": None, "men": None} | data


class MemberForm(forms.Form):
    first_name = forms.CharField(label=_("Prénom"), max_length=60, error_messages={"required": _("Écrivez le prénom.")})
    last_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    birth_year = forms.IntegerField(label=_("Année de naissance"), required=False)
    school = forms.CharField(label=_("École ou structure"), max_length=120, required=False)
    guardian_contact = forms.CharField(label=_("Comment joindre les responsables"), max_length=200, required=False)
    joined_on = Day(label=_("Siège depuis le"))
    is_shown = forms.BooleanField(
        label=_("Le prénom peut être lu sur la page publique (c’est écrit sur l’accord signé)"), required=False
    )

    @classmethod
    def of(cls, member: Member) -> MemberForm:
        return cls(initial={name: getattr(member, name) for name in cls.base_fields})

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        this = timezone.localdate().year
        if year is not None and not this - OLDEST <= year <= this - 2:
            raise ValidationError(_("Écrivez l’année en quatre chiffres, par exemple 2016."))
        return year


class LeaveForm(forms.Form):
    left_on = Day(label=_("Parti·e le"))


class ConsentForm(forms.Form):
    """One signed paper: what it allows, who signed, when, until when."""

    kinds = forms.MultipleChoiceField(
        label=_("Le papier signé permet de"),
        choices=ConsentKind,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez ce que le papier permet\u202f: participer, être pris en photo, ou les deux.")
        },
    )
    by_child = forms.BooleanField(
        label=_("L’enfant ou le jeune a dit oui"),
        error_messages={
            "required": _("Sans l’accord de l’enfant, l’accord ne vaut pas\u202f: cochez, ou n’inscrivez rien.")
        },
    )
    by_guardians = forms.BooleanField(label=_("Les responsables légaux ont signé"), required=False)
    of_age = forms.BooleanField(label=_("Majeur·e\u202f: signe seul·e"), required=False)
    signed_on = Day(label=_("Signé le"))
    valid_until = Day(label=_("Valable jusqu’au"))
    document = forms.FileField(label=_("Le papier signé, photographié ou numérisé"), required=False)

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["document"].widget.attrs["accept"] = ",".join(f".{one}" for one in DOCUMENTS.types)
        if not asks_balance(council):
            del self.fields["of_age"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.setdefault("of_age", False)
        if not data.get("by_guardians") and not data["of_age"]:
            self.add_error(
                "by_guardians",
                _(
                    "Sans la signature des responsables légaux, l’accord ne vaut pas\u202f: cochez, ou faites-le signer."
                ),
            )
        return data


class ExportForm(forms.Form):
    format = forms.ChoiceField(choices=[("xlsx", "XLSX"), ("csv", "CSV")])
