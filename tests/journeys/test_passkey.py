"""A passkey from end to end, with a virtual authenticator in a real browser: added, used to sign in, taken away.
And the national team, who can do nothing before a second factor stands."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail

from marelle.accounts.enums import Role
from tests.accounts.factories import CollectiviteFactory, MembershipFactory, UserFactory, national

TELEPHONE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def this_machine_counts_as_secure(settings):
    """The live server speaks plain HTTP on this machine, as the demonstration does."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} for name in ("default", "local")
    }


@pytest.fixture
def person(transactional_db):
    user = UserFactory(name="Ana Lopes", email="ana@marelle.example")
    MembershipFactory(user=user, organisation=CollectiviteFactory(), role=Role.LEAD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def with_authenticator(page):
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    developer.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    return developer


def sign_in_by_code(page, email):
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    page.wait_for_url("**/connexion/code/verifier/")
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M)[1]
    page.locator("input[name=code]").fill(code)
    page.locator("main button").first.click()


def test_a_passkey_is_added_then_opens_the_door_alone(person, browse, axe):
    page = browse()
    with_authenticator(page)
    sign_in_by_code(page, person.email)
    page.wait_for_url("**/tableau-de-bord/**")
    page.goto("/compte/second-facteur/cles/ajouter/")
    axe(page)
    page.get_by_label("Nom").fill("Téléphone d’Ana")
    if page.locator("input[name=passwordless]").count():
        page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name="Ajouter la clé").click()
    page.wait_for_url(lambda url: "ajouter" not in url)
    axe(page)
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.goto("/compte/deconnexion/")
    page.locator("main button").first.click()
    page.wait_for_url("**/")
    page.goto("/compte/")
    assert "/connexion/" in page.url
    sent = len(mail.outbox)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url(re.compile(r"^[^?]+/compte/$"))
    assert page.get_by_text("Ana Lopes").first.is_visible()
    assert len(mail.outbox) == sent, "no code was needed"


def test_giving_up_in_front_of_the_browsers_window_is_said(person, browse, axe):
    page = browse()
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    absent = {**TELEPHONE, "automaticPresenceSimulation": True, "isUserVerified": False}
    developer.send("WebAuthn.addVirtualAuthenticator", {"options": absent})
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    words = page.locator("[data-passkey-error]")
    words.wait_for(state="visible")
    assert words.inner_text().strip()
    axe(page)


def test_the_national_team_is_led_to_its_second_factor_and_a_passkey_opens_everything(transactional_db, browse, axe):
    manager = national()
    EmailAddress.objects.create(user=manager, email=manager.email, verified=True, primary=True)
    page = browse()
    with_authenticator(page)
    sign_in_by_code(page, manager.email)
    page.wait_for_url("**/compte/second-facteur/")
    assert page.get_by_text("se connecte avec un second facteur").first.is_visible()
    axe(page)
    page.goto("/compte/organisations/")
    assert page.url.endswith("/compte/second-facteur/"), "nothing else opens"
    page.goto("/compte/second-facteur/cles/ajouter/")
    page.get_by_role("button", name="Ajouter la clé").click()
    page.wait_for_url(lambda url: "ajouter" not in url)
    page.goto("/compte/organisations/")
    assert page.url.endswith("/compte/organisations/")


def test_a_session_left_open_elsewhere_is_closed_from_here(person, browse, axe):
    here, there = browse(), browse()
    for page in (here, there):
        sign_in_by_code(page, person.email)
        page.wait_for_url("**/tableau-de-bord/**")
    here.goto("/compte/sessions/")
    axe(here)
    here.get_by_role("button", name="Fermer toutes les autres sessions").click()
    here.wait_for_load_state()
    there.goto("/compte/")
    assert "/connexion/" in there.url
    here.goto("/compte/")
    assert here.url.endswith("/compte/")


def test_somebody_closes_their_account_and_is_told_before_what_goes_and_what_stays(transactional_db, browse, axe):
    person = UserFactory(name="Ana Lopes", email="ana@marelle.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    page = browse()
    sign_in_by_code(page, person.email)
    page.goto("/compte/fermer/")
    axe(page)
    page.get_by_role("checkbox").first.check() if page.get_by_role("checkbox").count() else None
    page.locator("main form button").last.click()
    page.wait_for_url(lambda url: "fermer" not in url)
    person.refresh_from_db()
    assert not person.is_active
    assert "Ana" not in f"{person.name} {person.email}"
    page.goto("/compte/")
    assert "/connexion/" in page.url
