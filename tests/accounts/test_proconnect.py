"""ProConnect, against a provider of our own on this machine."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache

from marelle.accounts.enums import Proof, Role
from marelle.accounts.models import Claim, User
from marelle.accounts.queries.proconnect import siret_of
from marelle.accounts.rules.claims import can_ask
from tests.accounts.factories import UserFactory
from tests.accounts.proconnect import CLIENT, SECRET, serve
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
SIREN = "217605401"


@pytest.fixture(scope="module")
def _site():
    site = serve()
    yield site
    site.shutdown()
    site.server_close()


@pytest.fixture
def site(_site, settings):
    _site.lies, _site.codes = {}, {}
    _site.person = _site.person | {"siret": SIREN + "00013"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    settings.PROCONNECT_ISSUER = _site.issuer
    app = {"name": "ProConnect", "client_id": CLIENT, "secret": SECRET, "settings": {"server_url": _site.issuer}}
    settings.SOCIALACCOUNT_PROVIDERS = {"proconnect": {"APPS": [app]}}
    return _site


@pytest.fixture
def town():
    return TerritoryFactory(name="Rouen", siren=SIREN)


def go(client, site, query=""):
    """The whole way there and back; the response of our callback."""
    response = client.post(f"/compte/proconnect/{query}")
    assert response.url.startswith(site.issuer), response
    return client.get(site.authorize(response.url))


def confirm_address(client):
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M)[1]
    return client.post("/compte/adresse/verifier/", {"code": code})


def test_it_does_not_exist_until_configured(client):
    assert client.get("/compte/proconnect/").status_code == 404
    assert client.post("/compte/proconnect/").status_code == 404
    assert client.get("/compte/proconnect/retour/?code=a&state=b").status_code == 404
    assert "ProConnect" not in client.get("/compte/connexion/").content.decode()


def test_it_is_offered_in_words_beside_the_code_never_alone(client, site):
    page = client.get("/compte/connexion/").content.decode()
    assert "S’identifier avec ProConnect" in page
    assert "Recevoir un code" in page


def test_a_new_agent_confirms_the_address_once_and_is_led_to_their_town(client, site, town):
    assert go(client, site).url == "/compte/adresse/verifier/"
    assert "_auth_user_id" not in client.session
    response = confirm_address(client)
    user = User.objects.get()
    assert (user.name, user.email) == ("Inès Morel", "ines.morel@rouen.example")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert response.url == "/compte/rattachement/"
    page = client.get(response.url)
    assert page.context["form"].initial["territory"] == town
    assert "ProConnect m’identifie" in page.content.decode()


def test_the_siret_is_a_proof_that_a_person_still_accepts(client, site, town):
    go(client, site)
    confirm_address(client)
    user = User.objects.get()
    assert can_ask(user, town, role=Role.LEAD, proof=Proof.PROCONNECT) is True
    assert not can_ask(user, TerritoryFactory(), role=Role.LEAD, proof=Proof.PROCONNECT)
    assert not can_ask(UserFactory(), town, role=Role.LEAD, proof=Proof.PROCONNECT)
    assert not user.memberships.exists()
    assert not Claim.objects.exists()  # Nothing was asked in their name.


@pytest.mark.parametrize("siret", ["13002526500013", "21760540100099x", "", None, "217605409" + "00013", ["list"]])
def test_an_unknown_or_broken_siret_opens_an_account_and_proves_nothing(client, site, town, siret):
    site.person = site.person | {"siret": siret}
    go(client, site)
    assert confirm_address(client).url == "/tableau-de-bord/"
    user = User.objects.get()
    assert not can_ask(user, town, role=Role.LEAD, proof=Proof.PROCONNECT)
    assert siret_of(user) in {"", "13002526500013"}


def test_coming_back_needs_no_code(client, site, town):
    go(client, site)
    confirm_address(client)
    client.post("/compte/deconnexion/")
    sent = len(mail.outbox)
    go(client, site)
    assert "_auth_user_id" in client.session
    assert len(mail.outbox) == sent
    assert SocialAccount.objects.count() == 1


def test_signing_out_ends_the_session_there_too(client, site, town):
    go(client, site)
    confirm_address(client)
    client.post("/compte/deconnexion/")
    go(client, site)
    url = client.post("/compte/deconnexion/").url
    asked = parse_qs(urlsplit(url).query)
    assert url.startswith(site.issuer + "/end_session?")
    assert asked["id_token_hint"][0].count(".") == 2
    assert len(asked["state"][0]) >= 32
    assert "_auth_user_id" not in client.session


def test_an_account_with_this_address_is_not_handed_over(client, site):
    owner = UserFactory(email="ines.morel@rouen.example")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    response = go(client, site)
    assert response.url == "/compte/connexion/"
    assert "déjà un compte" in client.get(response.url).content.decode()
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session


def test_its_owner_links_the_two_from_their_account(client, site):
    owner = UserFactory(email="ines.morel@rouen.example")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    client.force_login(owner)
    assert "Relier ProConnect" in client.get("/compte/").content.decode()
    assert go(client, site, "?process=connect").url == "/compte/"
    assert SocialAccount.objects.get().user == owner
    assert "ProConnect relié" in client.get("/compte/").content.decode()


def test_the_second_factor_is_still_asked(client, site):
    go(client, site)
    confirm_address(client)
    TOTP.activate(User.objects.get(), generate_totp_secret())
    client.post("/compte/deconnexion/")
    assert go(client, site).url == "/compte/connexion/second-facteur/"
    assert "_auth_user_id" not in client.session


def test_the_address_bar_adds_nothing_to_what_is_asked(client, site):
    response = client.post("/compte/proconnect/?scope=admin&auth_params=prompt%3Dnone%26acr_values%3Deidas1")
    site.authorize(response.url)  # It refuses any parameter or scope it does not know.


@pytest.mark.parametrize(
    "lies",
    [
        {"id_token": {"stranger_signs": True}},
        {"userinfo": {"stranger_signs": True}},
        {"id_token": {"kid": "unknown"}},
        {"id_token": {"algorithm": "none"}},
        {"userinfo": {"algorithm": "none"}},
        {"userinfo": {"algorithm": "HS256"}},
        {"id_token": {"claims": {"nonce": "x" * 43}}},
        {"id_token": {"claims": {"nonce": None}}},
        {"id_token": {"claims": {"exp": 1_600_000_000}}},
        {"id_token": {"claims": {"exp": None}}},
        {"id_token": {"claims": {"iss": "https://evil.example"}}},
        {"id_token": {"claims": {"aud": "another-site"}}},
        {"userinfo": {"claims": {"iss": "https://evil.example"}}},
        {"userinfo": {"claims": {"aud": "another-site"}}},
        {"userinfo": {"claims": {"sub": "somebody-else"}}},
        {"plain_userinfo": True},
        {"issuer": "https://evil.example"},
    ],
    ids=str,
)
def test_an_answer_that_does_not_hold_opens_nothing(client, site, lies):
    site.lies = {name: lie for name, lie in lies.items() if name != "issuer"}
    url = site.authorize(client.post("/compte/proconnect/").url)
    site.lies = lies
    response = client.get(url)
    assert response.status_code == 401
    assert "n’a pas abouti" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_a_state_that_is_not_ours_opens_nothing(client, site):
    url = site.authorize(client.post("/compte/proconnect/").url)
    forged = re.sub(r"state=[^&]+", "state=" + "x" * 43, url)
    assert client.get(forged).status_code == 401
    assert client.get("/compte/proconnect/retour/").status_code == 401
    assert not User.objects.exists()


def test_a_code_used_twice_or_expired_opens_nothing(client, site):
    url = site.authorize(client.post("/compte/proconnect/").url)
    site.codes.clear()
    assert client.get(url).status_code == 401


def test_somebody_elses_answer_is_not_ours(client, site):
    from django.test import Client

    url = site.authorize(client.post("/compte/proconnect/").url)
    assert Client().get(url).status_code == 401


def test_turning_back_is_not_an_error(client, site):
    state = parse_qs(urlsplit(client.post("/compte/proconnect/").url).query)["state"][0]
    response = client.get(f"/compte/proconnect/retour/?error=access_denied&state={state}")
    assert response.url == "/compte/proconnect/annule/"
    assert client.get(response.url).url == "/compte/connexion/"


def test_a_provider_that_is_down_is_said(client, site, settings):
    down = "http://127.0.0.1:9/api/v2"
    settings.PROCONNECT_ISSUER = down
    settings.SOCIALACCOUNT_PROVIDERS["proconnect"]["APPS"][0]["settings"]["server_url"] = down
    assert client.post("/compte/proconnect/").status_code == 401
