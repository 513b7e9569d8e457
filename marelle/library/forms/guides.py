"""What is asked to freeze an edition of a guide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EditionForm(forms.Form):
    changes = forms.CharField(
        label=_("Ce qui change depuis la dernière édition"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("C’est trop long\u202f: 300 signes au plus."),
            "required": _("Dites ce qui change depuis la dernière édition."),
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, is_first: bool):
        super().__init__(data)
        self.fields["changes"].required = not is_first
