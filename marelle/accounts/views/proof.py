"""It is really you: asked again before an act that a stolen session must not do."""

from __future__ import annotations

import functools
import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from marelle.accounts.forms.signing_in import sealed

FRESH = 10 * 60
"""For ten minutes after a code, a key or an app was shown, it is not asked for again."""
VALID = 15 * 60
TRIES = 3
PENDING = "accounts_confirmation"


def is_fresh(request) -> bool:
    if settings.DEMO and request.user.is_fictitious:  # Nobody reads their mail.
        return True
    records = get_authentication_records(request, request.user)
    if is_mfa_enabled(request.user):  # Who has a second factor shows that one.
        records = [record for record in records if record.get("method") == "mfa"]
    return bool(records) and time.time() - records[-1]["at"] < FRESH


def sensitive(view):
    """The view opens only to somebody who has just proved who they are; others go and prove it, and come back."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated and not is_fresh(request):
            # Back to the page, not to the act: a POST is never replayed behind somebody's back.
            return redirect(f"{_door(request)}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return guarded


def sensitive_when_signed_in(view):
    """Signing in with ProConnect is open to all. Linking an identity to an account that is already open is not: it
    would let whoever found the session come back for ever."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated and not is_fresh(request):
            messages.info(request, _("Confirmez d’abord que c’est bien vous, puis reliez ProConnect."))
            return redirect(f"{_door(request)}?{urlencode({'next': reverse('accounts:me')})}")
        return view(request, *args, **kwargs)

    return guarded


def _door(request) -> str:
    return reverse("mfa_reauthenticate" if is_mfa_enabled(request.user) else "accounts:confirm")


def send_code(request) -> bool:
    """Mail a code to the account's own address; False when too many were asked for."""
    email = request.user.email
    if not ratelimit.consume(request, action="request_login_code", key=email):
        return False
    adapter = get_adapter(request)
    fingerprint = adapter.generate_login_code()
    request.session[PENDING] = {"code": fingerprint, "at": time.time(), "tries": 0}
    adapter.send_mail("account/email/login_code", email, {"code": fingerprint})
    return True


def waits_for_code(request) -> bool:
    pending = request.session.get(PENDING)
    return bool(pending) and time.time() - pending["at"] < VALID and pending["tries"] < TRIES


def check_code(request, typed: str) -> bool:
    if not waits_for_code(request):
        return False
    pending = request.session[PENDING]
    if not compare_user_code(actual=sealed(typed), expected=pending["code"]):
        request.session[PENDING] = {**pending, "tries": pending["tries"] + 1}
        return False
    del request.session[PENDING]
    record_authentication(request, request.user, "code", email=request.user.email, reauthenticated=True)
    return True
