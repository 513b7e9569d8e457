"""What signing up asks beside the address. allauth reads this before its own forms exist: nothing of it here."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignUpFields(forms.Form):
    """The name, after the address."""

    field_order = ["email", "name"]

    name = forms.CharField(
        label=_("Votre prénom et votre nom"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request, user):
        """Asked for by allauth. The name is put on by the adapter, which is where the account is made."""
