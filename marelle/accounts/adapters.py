"""Where allauth asks us: how mail leaves, what a code looks like in the session, who may drop a second factor."""

from __future__ import annotations

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .emails import allauth_mail
from .forms.signing_in import sealed
from .models import User
from .providers import SESSION, end_session_url
from .queries import standing
from .queries.proconnect import territory_by_proconnect

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Ce compte est clos."),
        "duplicate_email": gettext_lazy("C’est déjà l’adresse de votre compte."),
        "email_taken": gettext_lazy("Un compte existe déjà avec cette adresse."),
        "incorrect_code": gettext_lazy("Ce code n’est pas le bon. Vérifiez le dernier courriel reçu et recopiez-le."),
        "invalid_login": gettext_lazy("Écrivez une adresse électronique."),
        "same_as_current": gettext_lazy("C’est déjà votre adresse. Écrivez la nouvelle."),
        "too_many_login_attempts": gettext_lazy(
            "Trop d’essais de suite. Attendez quelques minutes, puis demandez un nouveau code."
        ),
        "rate_limited": gettext_lazy(
            "Vous allez trop vite. Attendez quelques secondes avant de demander un autre code."
        ),
        "unverified_primary_email": gettext_lazy("Vérifiez d’abord votre adresse."),
        "max_email_addresses": gettext_lazy("Vous ne pouvez pas ajouter plus de %d adresses."),
    }

    # --- Codes. The session lives in the database; a code must not be readable there. What allauth keeps is a
    # keyed fingerprint (`sealed`), the form fingerprints what was typed before comparing, and the code itself
    # only exists in this request, until the mail has left.

    def generate_login_code(self) -> str:
        return self._remembered(super().generate_login_code())

    def generate_email_verification_code(self) -> str:
        return self._remembered(super().generate_email_verification_code())

    def _remembered(self, code: str) -> str:
        current.request.allauth.codes = {**getattr(current.request.allauth, "codes", {}), sealed(code): code}
        return sealed(code)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Sent at once, in the request, and not through `notifications.send_on_commit`: that one writes what it
        will say in the database, and a person waits in front of the screen. Nobody is told by the page whether
        it worked for this address: a mail server that is down looks the same for a known and an unknown one."""
        if code := context.get("code"):
            context = {**context, "code": current.request.allauth.codes[code]}
        message = allauth_mail(template_prefix, to=email, context=context)
        outgoing = EmailMultiAlternatives(message.subject, message.text, to=[email], headers=message.headers)
        outgoing.attach_alternative(message.html, "text/html")
        try:
            outgoing.send()
        except OSError:  # smtplib's errors are OSErrors too.
            logger.exception("a sign-in mail did not leave")
            self.add_message(
                current.request,
                messages.ERROR,
                message=_("Le courriel n’a pas pu partir. Réessayez dans quelques minutes."),
            )

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def post_login(self, request, user, **kwargs):
        if opened := getattr(request, "proconnect", None):  # A session that was open before has been emptied.
            request.session[SESSION] = opened
        return super().post_login(request, user, **kwargs)

    def get_login_redirect_url(self, request):
        """Someone new whom ProConnect says works for a town goes and says so; it is proposed, not done for them."""
        if not standing(request.user).memberships and territory_by_proconnect(request.user):
            return reverse("accounts:claim_start")
        return super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request):
        return end_session_url(request) or super().get_logout_redirect_url(request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """allauth only knows a password or a second factor. Someone who signs in by code proves it by a code."""
        methods = super().get_reauthentication_methods(user)
        return methods or [{"id": "code", "description": _("Un code par courriel"), "url": reverse("accounts:confirm")}]


def _valid(address: str | None) -> str:
    """The address, or nothing: the provider's word is not taken for its shape."""
    try:
        validate_email(address or "")
    except ValidationError:
        return ""
    return (address or "").lower()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """What an account of ours holds, and no more: allauth would also give it a first and a last name."""
        user = sociallogin.user
        user.name, user.email = data.get("name", ""), _valid(data.get("email"))
        return user

    def pre_social_login(self, request, sociallogin):
        """An account with this address is not handed over on ProConnect's word: its owner comes in by code once,
        and links the two from their account."""
        is_connecting = sociallogin.state.get("process") == "connect"
        known = User.objects.filter(email__iexact=sociallogin.user.email, is_active=True)
        if not is_connecting and not sociallogin.is_existing and known.exists():
            words = _(
                "Vous avez déjà un compte avec cette adresse. Connectez-vous une fois par code ; ensuite, "
                "reliez ProConnect depuis « Mon compte »."
            )
            messages.info(request, words)
            raise ImmediateHttpResponse(redirect("account_login"))

    def get_connect_redirect_url(self, request, socialaccount):
        return reverse("accounts:me")


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "L’équipe nationale garde toujours un second facteur. Ajoutez-en un autre avant de retirer celui-ci."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Installez d’abord un second facteur."),
        "incorrect_code": gettext_lazy("Ce code n’est pas le bon. Attendez le suivant et recopiez-le."),
        "unverified_email": gettext_lazy("Vérifiez d’abord votre adresse électronique."),
    }

    def get_totp_issuer(self) -> str:
        return "Marelle"

    def _get_site_name(self) -> str:
        return "Marelle"

    def generate_authenticator_name(self, user, type) -> str:
        from allauth.mfa.models import Authenticator

        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Ma clé d’accès") if not count else _("Clé d’accès {number}").format(number=count + 1)

    def encrypt(self, text: str) -> str:
        """The secret of an authenticator app is not readable in a copy of the database."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator) -> bool:
        """The last one of somebody of the national team stays until another is there."""
        if authenticator.type == authenticator.Type.RECOVERY_CODES or not standing(authenticator.user).is_national:
            return True
        from allauth.mfa.models import Authenticator

        factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return (
            Authenticator.objects.filter(user=authenticator.user, type__in=factors)
            .exclude(pk=authenticator.pk)
            .exists()
        )


def _vault():
    """Encrypts with the installation's secret; still opens with the older ones named in MARELLE_OLD_SECRET_KEYS."""
    import base64
    import hashlib

    from cryptography.fernet import Fernet, MultiFernet

    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor" + key.encode()).digest())) for key in keys]
    )
