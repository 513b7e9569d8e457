"""The field that names a territory, until `marelle.territories.forms` brings the one that searches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marelle.territories.models import Territory


class TerritoryField(forms.CharField):
    """A plain INSEE or SIREN code."""

    default_error_messages = {"unknown": _("Aucune commune ni intercommunalité n’a ce code.")}

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 9, "help_text": _("Son code INSEE ou SIREN."), **kwargs})

    def prepare_value(self, value):
        return value.code if isinstance(value, Territory) else value

    def clean(self, value):
        code = super().clean(value)
        if not code:
            return None
        territory = Territory.objects.eligible().filter(code=code).first()
        if territory is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return territory
