"""allauth's views, where they need a word more."""

from __future__ import annotations

from allauth.account.views import RequestLoginCodeView
from django.conf import settings


class SignIn(RequestLoginCodeView):
    """One field, one button; a passkey for who has one; ProConnect when it is configured."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(proconnect=bool(settings.PROCONNECT_ISSUER), **kwargs)


sign_in = SignIn.as_view()
