"""allauth's views, where they need a word more."""

from __future__ import annotations

from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


class SignIn(RequestLoginCodeView):
    """One field, one button; a passkey for who has one; ProConnect when it is configured."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(proconnect=bool(settings.PROCONNECT_ISSUER), **kwargs)


sign_in = SignIn.as_view()


@login_not_required
@require_safe
def cancelled(request):
    """Someone turned back at ProConnect: nothing happened, the other ways in are there."""
    messages.info(request, _("Vous n’avez pas continué avec ProConnect. Vous pouvez recevoir un code par courriel."))
    return redirect("account_login")
