"""What is asked to freeze an edition of a guide."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EditionForm(forms.Form):
    changes = forms.CharField(
        label=_("Ce qui change depuis la dernière édition"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("C’est trop long\u202f: 300 signes au plus.")},
    )  # fmt: skip
