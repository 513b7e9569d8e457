"""Fields of forms that several apps ask for, asked everywhere in the same way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class Day(forms.DateField):
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
            raise ValidationError(_("Vérifiez l’année\u202f: elle paraît fausse."))
