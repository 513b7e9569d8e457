"""National staff sign in with a second factor, or do nothing else first."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.translation import gettext as _

from .queries import standing

OPEN_WITHOUT = {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "account_reauthenticate", "account_logout", "account_confirm_login_code",
    "health:live", "health:ready", "demo:cast", "demo:sign_in",
}  # fmt: skip
"""What one must reach to set the second factor up, prove who one is again, or leave."""


def passed_second_factor(request) -> bool:
    """Whether this very session was opened (or strengthened) with an authenticator app, a passkey or a recovery
    code. In the demonstration, fictitious people own no phone: they count as having passed."""
    if settings.DEMO and request.user.is_fictitious:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def remember_second_factor(sender, request, user, authenticator, **kwargs):
    """Someone who has just set up an app or a passkey has shown it to us: they need not sign in again."""
    if authenticator.type in {authenticator.Type.TOTP, authenticator.Type.WEBAUTHN}:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


def second_factor_for_national_staff(get_response):
    def middleware(request):
        if (
            request.user.is_authenticated
            and not request.path.startswith(settings.STATIC_URL)
            and standing(request.user).is_national
            and not passed_second_factor(request)
            and resolve(request.path_info).view_name not in OPEN_WITHOUT
        ):
            messages.info(
                request,
                _("L’équipe nationale se connecte avec un second facteur. Installez le vôtre pour continuer."),
            )
            return redirect("mfa_index")
        return get_response(request)

    return middleware
