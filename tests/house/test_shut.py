"""What every response and every address must be, whoever asks: headers, caches, cookies, proxies, hostile bytes."""

import json

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.core.cache.backends.locmem import LocMemCache
from django.core.management import CommandError, call_command

from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national
from tests.house.test_deployment import marelle

pytestmark = pytest.mark.django_db

SIGNED_IN = ["/compte/", "/compte/mes-donnees/", "/tableau-de-bord/", "/aide/", "/n-existe-pas/"]


@pytest.mark.parametrize("path", SIGNED_IN)
def test_what_is_made_for_someone_is_kept_by_no_cache(client, path):
    client.force_login(lead_of(CollectiviteFactory()))
    response = client.get(path, follow=False)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_the_export_of_a_portfolio_is_kept_by_no_cache(client):
    client.force_login(national())
    response = client.get("/portefeuille/export.csv")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_public_page_may_be_gone_back_to(client):
    assert "no-store" not in client.get("/aide/").get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/", "/connexion-inconnue/", "/compte/", "/candidatures/%00/", "/compte/connexion/"])
def test_every_answer_is_shut_errors_included(client, path):
    response = client.get(path)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_public_data_may_be_read_from_another_site(client):
    assert "Cross-Origin-Resource-Policy" not in client.get("/api/v1/territories/?q=rouen")


@pytest.mark.parametrize("path", ["/candidatures/%00/", "/dossiers/a%00b/", "/compte/invitation/%00/", "/titres/%00/"])
def test_a_nul_in_the_address_is_a_broken_request_not_a_breakdown(client, path):
    client.force_login(national())
    assert client.get(path).status_code == 400


# --- Behind a proxy -----------------------------------------------------------------------------------------

ASK = (
    "import json; from django.conf import settings as s; from django.test import RequestFactory\n"
    "from allauth.account.adapter import get_adapter\n"
    "r = RequestFactory().get('/', REMOTE_ADDR='10.0.0.1', HTTP_X_FORWARDED_FOR='6.6.6.6, 203.0.113.7')\n"
    "print(json.dumps({'ip': get_adapter(r).get_client_ip(r), 'session': s.SESSION_COOKIE_NAME, 'csrf': s.CSRF_COOKIE_NAME,"
    " 'room': s.CACHES['default']['OPTIONS']['MAX_ENTRIES']}))"
)


def asked(data, **environment):
    answer = marelle(
        "shell", "-v", "0", "-c", ASK, data=data, MARELLE_URL="https://marelle.example",
        MARELLE_HOSTS="marelle.example", **environment,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.strip().splitlines()[-1])


def test_limits_count_the_visitor_and_not_the_proxy(tmp_path):
    alone, behind = asked(tmp_path), asked(tmp_path, MARELLE_BEHIND_PROXY="1")
    assert alone["ip"] == "10.0.0.1"  # What a stranger writes in a header is not believed.
    assert behind["ip"] == "203.0.113.7"  # What our proxy saw is; what the visitor put before it is not.
    assert asked(tmp_path, MARELLE_BEHIND_PROXY="1", MARELLE_PROXY_COUNT="2")["ip"] == "6.6.6.6"
    assert (alone["session"], alone["csrf"]) == ("__Host-session", "__Host-csrf")
    assert alone["room"] >= 100_000


def test_asking_for_many_addresses_does_not_wipe_the_count_of_one():
    """The limits live in the shared cache: whoever fills it must not be let off."""
    options = settings.CACHES["default"].get("OPTIONS", {})
    cache = LocMemCache("limits", {"OPTIONS": options})
    cache.set("tries-of-one", 3, 3600)
    for number in range(2000):
        cache.set(f"zz-{number}", 1, 3600)
    assert cache.get("tries-of-one") == 3


# --- Signing in ---------------------------------------------------------------------------------------------


def test_linking_proconnect_asks_who_is_there(client, settings):
    settings.PROCONNECT_ISSUER = "https://proconnect.example"
    client.force_login(UserFactory(), second_factor=False)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": 0}]
    session.save()
    response = client.post("/compte/proconnect/?process=connect")
    assert response.status_code == 302
    assert response["Location"].startswith("/compte/confirmer/?next=%2Fcompte%2F")
    assert get_user(client).is_authenticated


def test_the_demonstration_is_not_served_over_real_people(settings):
    settings.DEMO = True
    UserFactory()
    with pytest.raises(CommandError, match="installation réelle"):
        call_command("serve")
