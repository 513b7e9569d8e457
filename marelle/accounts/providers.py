"""ProConnect: how a public agent shows who they are, and for which organisation they work.

OpenID Connect, stricter than allauth's: the userinfo answer is a signed JWT; the ID token and it are both
verified against the published keys, for this issuer and this client; the nonce is ours; nothing is added to the
authorization request but what the specification of ProConnect lists (it refuses the rest).
"""

from __future__ import annotations

import json
import logging
import secrets
from typing import Any
from urllib.parse import urlencode

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from marelle.core.middleware import may_write_on_get

logger = logging.getLogger(__name__)

SCOPES = ["openid", "given_name", "usual_name", "email", "uid", "siret", "idp_id"]
SIGNED_WITH = ["RS256", "ES256"]
"""Never « none », never a shared secret: the key is public."""
SESSION = "proconnect"


def long_random() -> str:
    """43 characters; ProConnect asks for at least 32 in the state and in the nonce."""
    return secrets.token_urlsafe(32)


class ProConnectAdapter(OpenIDConnectOAuth2Adapter):
    """The conversation between the two servers."""

    state: dict[str, Any] | None = None

    def __init__(self, request, provider_id="proconnect"):
        super().__init__(request, provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        config = super().openid_config
        if config.get("issuer", "").rstrip("/") != settings.PROCONNECT_ISSUER.rstrip("/"):
            raise OAuth2Error("the discovery document speaks for another issuer")
        return config

    def get_callback_url(self, request, app):
        return build_absolute_uri(request, reverse("proconnect_callback"), self.redirect_uri_protocol)

    def complete_login(self, request, app, token, **kwargs):
        try:
            id_token = kwargs["response"]["id_token"]
            identity = self._verified(id_token, app, require=["exp", "iat", "sub", "nonce"])
            if not secrets.compare_digest(str(identity["nonce"]), str((self.state or {})["nonce"])):
                raise OAuth2Error("the nonce is not ours")
            userinfo = self._verified(self._signed_userinfo(token.token), app, require=["sub"])
            if userinfo["sub"] != identity["sub"]:
                raise OAuth2Error("userinfo speaks of somebody else")
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as wrong:
            raise OAuth2Error(f"the answer of ProConnect does not hold: {wrong}") from wrong
        request.proconnect = {"id_token": id_token, "end": self.openid_config.get("end_session_endpoint", "")}
        request.session[SESSION] = request.proconnect
        known = {
            name: userinfo.get(name, "") for name in ("sub", "given_name", "usual_name", "email", "siret", "idp_id")
        }
        return self.get_provider().sociallogin_from_response(request, {"userinfo": known})

    def _signed_userinfo(self, access_token: str) -> str:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            answer.raise_for_status()
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() != "application/jwt":
            raise OAuth2Error("userinfo is not signed")
        return answer.text.strip()

    def _verified(self, token: str, app, *, require: list[str]) -> dict[str, Any]:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in SIGNED_WITH:
            raise OAuth2Error("signed in a way we do not take")
        return jwt.decode(
            token, self._key(header.get("kid")), algorithms=SIGNED_WITH, audience=app.client_id,
            issuer=self.openid_config["issuer"], leeway=30, options={"require": [*require, "iss", "aud"]},
        )  # fmt: skip

    def _key(self, kid: str | None) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        for key in answer.json()["keys"]:
            if key.get("kid") == kid and key.get("kty") in {"RSA", "EC"}:
                return jwt.PyJWK.from_json(json.dumps(key)).key
        raise OAuth2Error("signed with an unknown key")


class ProConnectProvider(OpenIDConnectProvider):
    id = "proconnect"
    name = "ProConnect"
    oauth2_adapter_class = ProConnectAdapter

    def get_login_url(self, request, **kwargs):
        url = reverse("proconnect_login")
        return f"{url}?{urlencode(kwargs)}" if kwargs else url

    def get_callback_url(self):
        return reverse("proconnect_callback")

    def get_oauth2_adapter(self, request):
        return self.oauth2_adapter_class(request)

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        """Our scopes and our nonce; whatever the address bar asked for besides is dropped."""
        nonce = long_random()
        kwargs.update(scope=SCOPES, auth_params={"nonce": nonce}, nonce=nonce, state_id=long_random())
        return super().redirect(request, process, next_url=next_url, data=data, **kwargs)

    def extract_common_fields(self, data):
        said = data["userinfo"]
        return {"email": said["email"], "name": f"{said['given_name']} {said['usual_name']}".strip()}

    def extract_email_addresses(self, data):
        """Not taken as verified: some administrations let an agent type it. A code confirms it once."""
        from allauth.account.models import EmailAddress

        email = data["userinfo"]["email"].lower()
        return [EmailAddress(email=email, verified=False, primary=True)] if email else []


class Callback(OAuth2CallbackView):
    def _get_state(self, request, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.state = state  # The nonce is in it.
        return state, response


def _configured(view_class):
    @login_not_required
    def view(request):
        if not settings.PROCONNECT_ISSUER:
            raise Http404
        try:
            return view_class.adapter_view(ProConnectAdapter)(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        except (OAuth2Error, RequestException, ValueError):
            # Before the conversation starts (discovery): allauth only catches what comes after.
            logger.exception("ProConnect does not answer as it should")
            return render(request, "socialaccount/authentication_error.html", status=401)

    return view


login = _configured(OAuth2LoginView)
# Coming back is a GET by the protocol; it opens the account and the session.
callback = may_write_on_get(_configured(Callback))


def end_session_url(request) -> str | None:
    """Where to end the session at ProConnect too, when this one was opened by it."""
    opened = request.session.get(SESSION)
    if not opened or not opened["end"]:
        return None
    asked = {
        "id_token_hint": opened["id_token"],
        "state": long_random(),
        "post_logout_redirect_uri": settings.SITE_URL + reverse("portal:home"),
    }
    return f"{opened['end']}?{urlencode(asked)}"
