"""What a long list can be narrowed by, in French words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.programme.enums import Status
from marelle.programme.queries.portfolio import VIEWS, Followed

ORDERS: dict[str, Callable[[Followed], Any]] = {
    "": lambda file: (not file.awaits_me, file.waits_since),
    "echeance": lambda file: file.falls_due_on or date.max,
    "silence": lambda file: file.facts.last_activity_at,
    "nom": lambda file: "",
}
"""Then by name."""


class PortfolioFilter(forms.Form):
    """By view, région, state, delegation; and their order. What makes no sense narrows nothing."""

    vue = forms.ChoiceField(choices=[(view, view) for view in VIEWS], required=False, widget=forms.HiddenInput)
    region = forms.ChoiceField(label=_("Région"), required=False)
    etat = forms.ChoiceField(label=_("État"), choices=[("", _("Tous")), *Status.choices], required=False)
    delegation = forms.ChoiceField(label=_("Délégation"), required=False)
    tri = forms.ChoiceField(
        label=_("Ordre"),
        choices=[
            ("", _("ce qui m’attend d’abord")),
            ("echeance", _("échéance la plus proche")),
            ("silence", _("plus longtemps sans nouvelles")),
            ("nom", _("nom")),
        ],
        required=False,
    )

    def __init__(self, asked, *, regions=(), delegations=()):
        super().__init__(asked)
        self.fields["region"].choices = [("", _("Toutes")), *regions]
        self.fields["delegation"].choices = [("", _("Toutes")), *delegations]

    def narrowed(self, files: list[Followed]) -> list[Followed]:
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        view = VIEWS.get(asked.get("vue", ""), lambda file: True)
        facts = {"region": "region_code", "etat": "status", "delegation": "delegation_id"}
        wanted = [(column, asked[name]) for name, column in facts.items() if name in asked]
        found = [f for f in files if view(f) and all(getattr(f.facts, column) == value for column, value in wanted)]
        order = ORDERS[asked.get("tri", "")]
        return sorted(found, key=lambda file: (order(file), file.facts.slug, file.facts.pk))
