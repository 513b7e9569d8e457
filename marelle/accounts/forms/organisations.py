from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import ROLES, Role, StructureKind, roles_of
from marelle.territories.forms import TerritoryField
from marelle.territories.models import Kind as TerritoryKind
from marelle.territories.models import Territory
from marelle.ui.fields import Day


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Son adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    role = forms.ChoiceField(label=_("Son rôle"), widget=forms.RadioSelect)

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            (role, f"{Role(role).label.capitalize()} : {ROLES[role].allows}") for role in roles_of(organisation.kind)
        ]


class DelegationForm(forms.Form):
    name = forms.CharField(label=_("Nom de la délégation"), max_length=200)


class StructureForm(forms.Form):
    name = forms.CharField(label=_("Nom de la structure"), max_length=200)
    structure_kind = forms.ChoiceField(label=_("Genre de structure"), choices=StructureKind, widget=forms.RadioSelect)
    territory = TerritoryField(label=_("Commune"), required=False)


class DepartementField(forms.ModelChoiceField):
    def label_from_instance(self, territory):
        return f"{territory.code} {territory.name}"


class CoverageForm(forms.Form):
    territory = DepartementField(
        label=_("Département"),
        queryset=Territory.objects.none(),
        to_field_name="code",
        empty_label=_("Choisissez un département"),
    )
    starts_on = Day(label=_("À partir du"))
    ends_on = Day(label=_("Prend fin le"), required=False, help_text=_("Laissez vide si la fin n’est pas connue."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = (
            Territory.objects.current().filter(kind=TerritoryKind.DEPARTEMENT).order_by("code")
        )
