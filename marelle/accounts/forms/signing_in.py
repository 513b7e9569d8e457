"""allauth's own forms, in our words, and the fingerprint of the codes."""

from __future__ import annotations

from allauth.account import forms as allauth
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def sealed(code: str) -> str:
    """A keyed fingerprint of a code: without the installation's secret, a million guesses say nothing."""
    return salted_hmac("marelle.accounts.code", normalize_user_code(code), algorithm="sha256").hexdigest()


def _address(form, label, **attrs):
    field = form.fields["email"]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"autocomplete": "email", "inputmode": "email", **attrs})


class RequestLoginCodeForm(allauth.RequestLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _address(self, _("Votre adresse électronique"), autocomplete="username webauthn")


class ChangeEmailForm(allauth.ChangeEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _address(self, _("Nouvelle adresse électronique"))


class AddEmailForm(allauth.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _address(self, _("Nouvelle adresse électronique"))


class _Sealed(forms.Form):
    """A code typed by a person, compared by its fingerprint."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code reçu par courriel")
        self.fields["code"].max_length = 20
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "20"}

    def clean_code(self):
        typed = self.cleaned_data["code"]
        self.cleaned_data["code"] = sealed(typed)
        super().clean_code()
        return typed


class ConfirmLoginCodeForm(_Sealed, allauth.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(_Sealed, allauth.ConfirmEmailVerificationCodeForm):
    pass


class _FactorCode(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code de votre application, ou code de secours")
        self.fields["code"].max_length = 20
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "20"}


class AuthenticateForm(_FactorCode, mfa.AuthenticateForm):
    pass


class ReauthenticateForm(_FactorCode, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code à six chiffres que montre l’application")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "10"}


class _KeyName(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nom de cette clé d’accès")
        self.fields["name"].help_text = _("Pour la reconnaître : « mon téléphone », « ordinateur de la mairie ».")
        self.fields["name"].max_length = 100
        self.fields["name"].widget.attrs["maxlength"] = "100"


class AddWebAuthnForm(_KeyName, webauthn.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = _("M’en servir pour me connecter, sans attendre de courriel")
        self.fields["passwordless"].help_text = _("Votre appareil demandera votre empreinte, votre visage ou son code.")
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(_KeyName, webauthn.EditWebAuthnForm):
    pass
