"""Fields that several forms of the programme share: a day, a reason, a file."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class DayField(forms.DateField):
    """A day, given by the browser's own calendar or typed « 24/11/2026 »."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "required": _("Choisissez un jour."),
                "invalid": _("Écrivez un jour comme 24/11/2026."),
            },
            **kwargs,
        )

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise ValidationError(_("Vérifiez l’année : elle paraît fausse."))


class ReasonField(forms.CharField):
    """Why: read by the people concerned."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 3000)
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": _("Donnez le motif : il sera lu par les personnes concernées.")},
            **kwargs,
        )
