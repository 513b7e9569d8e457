"""What long lists can be narrowed by, in French words."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marelle.programme.enums import Status
from marelle.programme.models import Candidacy
from marelle.programme.queries.portfolio import VIEWS

ORDERS = {
    "priorite": ["-awaits_me", F("waits_since").asc(), "territory__slug", "pk"],
    "echeance": [F("falls_due_on").asc(nulls_last=True), "territory__slug", "pk"],
    "silence": ["last_activity_at", "territory__slug", "pk"],
    "nom": ["territory__slug", "pk"],
}


class PortfolioFilter(django_filters.FilterSet):
    """Files that `with_turns` went through: by view, région, state, delegation; and their order."""

    vue = django_filters.ChoiceFilter(
        choices=[(view, view) for view in VIEWS], method="by_view", widget=forms.HiddenInput
    )
    region = django_filters.ChoiceFilter(
        field_name="territory__region__code", label=_("Région"), empty_label=_("Toutes")
    )
    etat = django_filters.ChoiceFilter(
        field_name="status", label=_("État"), choices=Status.choices, empty_label=_("Tous")
    )
    delegation = django_filters.ChoiceFilter(
        field_name="delegation__public_id", label=_("Délégation"), empty_label=_("Toutes")
    )
    tri = django_filters.ChoiceFilter(
        label=_("Ordre"),
        choices=[
            ("echeance", _("échéance la plus proche")),
            ("silence", _("plus longtemps sans nouvelles")),
            ("nom", _("nom")),
        ],
        empty_label=_("ce qui m’attend d’abord"),
        method="by_order",
    )

    class Meta:
        model = Candidacy
        fields: list[str] = []

    def __init__(self, *args, regions=(), delegations=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["region"].field.choices = regions
        self.filters["delegation"].field.choices = delegations

    def by_view(self, files, name, value):
        return files.filter(VIEWS[value])

    def by_order(self, files, name, value):
        return files.order_by(*ORDERS[value])
