"""HTTP in, page out. Nothing here answers outside the demonstration, even when its URLs are mounted."""

from __future__ import annotations

import functools

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.account.signals import user_logged_in
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marelle.accounts.models import User

from . import actions, queries


def demonstration_only(view):
    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(guarded)


@demonstration_only
@never_cache
@require_safe
def cast(request):
    return render(request, "demo/cast.html", {"sides": queries.cast(), "journey": queries.journey()})


@demonstration_only
@require_POST
def sign_in(request, public_id):
    user = get_object_or_404(User, public_id=public_id, is_fictitious=True, is_active=True)
    user = actions.sign_in_as(user=user, at=timezone.now())
    logout(request)  # A fresh session: nothing of the last character stays.
    get_adapter(request).login(request, user)
    clear_authentication_records(request)
    # The whole sign-in is granted, second factor included: fictitious people own no phone.
    record_authentication(request, user, "code", email=user.email)
    record_authentication(request, user, "mfa", type="demonstration")
    user_logged_in.send(sender=User, request=request, user=user, response=None)
    return redirect(settings.LOGIN_REDIRECT_URL)
