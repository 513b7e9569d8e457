"""A code by mail, no password anywhere, nothing told to a stranger, a second factor for the national team."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import resolve

from marelle.accounts.models import User
from marelle.notifications.models import Mail
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/compte/connexion/", "/compte/connexion/code/verifier/"


@pytest.fixture(autouse=True)
def nobody_has_knocked_yet(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def person():
    user = UserFactory(email="ana@marelle.example", name="Ana Lopes")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def code_in(message):
    return re.search(r"^(\d{6})$", message.body, re.M)[1]


def ask(client, email, **more):
    return client.post(LOGIN, {"email": email, **more})


# --- By code -----------------------------------------------------------------------------------------------


def test_signing_in_is_an_address_and_a_code(client, person):
    assert ask(client, "Ana@Marelle.example").url == CODE
    assert mail.outbox[0].to == ["Ana@Marelle.example"] or mail.outbox[0].to == ["ana@marelle.example"]
    response = client.post(CODE, {"code": code_in(mail.outbox[0])})
    assert response.url == "/tableau-de-bord/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert UserSession.objects.filter(user=person).count() == 1


def test_the_code_is_written_nowhere_in_the_database(client, person):
    ask(client, person.email)
    code = code_in(mail.outbox[0])
    kept = str([session.get_decoded() for session in Session.objects.all()]) + str(list(Mail.objects.values()))
    assert "login_code" in kept or "code" in kept  # We do look where it would be.
    assert code not in kept


def test_a_wrong_code_is_said_and_three_close_the_door(client, person):
    ask(client, person.email)
    right = code_in(mail.outbox[0])
    wrong = "000000" if right != "000000" else "111111"
    page = client.post(CODE, {"code": wrong})
    assert "Ce code n’est pas le bon" in page.content.decode()
    client.post(CODE, {"code": wrong})
    assert client.post(CODE, {"code": wrong}).url == "/compte/connexion/code/"
    client.post(CODE, {"code": right})
    assert "_auth_user_id" not in client.session


def test_a_code_of_yesterday_opens_nothing(client, person, at):
    import time_machine

    ask(client, person.email)
    with time_machine.travel(time.time() + 16 * 60):
        client.post(CODE, {"code": code_in(mail.outbox[0])})
    assert "_auth_user_id" not in client.session


def test_another_code_replaces_the_first(client, person):
    ask(client, person.email)
    client.post(CODE, {"action": "resend"})
    client.post(CODE, {"code": code_in(mail.outbox[1])})
    assert "_auth_user_id" in client.session


def test_an_unknown_address_sees_the_same_page_and_gets_another_mail(client, person):
    known, unknown = Client(), Client()
    pages = []
    for browser, email in [(known, person.email), (unknown, "nobody@marelle.example")]:
        response = ask(browser, email)
        pages.append(browser.get(response.url).content.decode().replace(email, "X"))
    strip = lambda page: re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"', "", page)  # noqa: E731
    assert strip(pages[0]) == strip(pages[1])
    assert "Aucun compte" in mail.outbox[1].subject


@pytest.mark.parametrize("email", ["", "pas-une-adresse", "x" * 5000, "é@é", "a@b\0.fr", "<script>@x.fr"])
def test_hostile_addresses_are_a_sentence_not_an_error(client, email):
    response = ask(client, email)
    assert response.status_code == 200
    assert response.context["form"].errors["email"]


@pytest.mark.parametrize("code", ["", "é" * 10, "0" * 5000, "'; drop table", "\0"])
def test_hostile_codes_are_a_sentence_not_an_error(client, person, code):
    ask(client, person.email)
    assert client.post(CODE, {"code": code}).status_code == 200


def test_knocking_too_often_is_refused_in_words(client, person):
    for _ in range(3):
        ask(Client(), person.email)
    response = ask(Client(), person.email)
    assert "Trop d’essais" in response.content.decode()
    assert len(mail.outbox) == 3


def test_after_signing_in_one_comes_back_where_one_was_going_and_nowhere_else(client, person):
    ask(client, person.email, next="/compte/rattachement/")
    response = client.post(
        f"{CODE}?next=/compte/rattachement/", {"code": code_in(mail.outbox[0]), "next": "/compte/rattachement/"}
    )
    assert response.url == "/compte/rattachement/"
    other = Client()
    ask(other, person.email)
    response = other.post(CODE, {"code": code_in(mail.outbox[1]), "next": "https://evil.example/"})
    assert response.url == "/tableau-de-bord/"


def test_a_mail_server_that_is_down_is_said_and_not_an_error(client, person, monkeypatch):
    monkeypatch.setattr(
        "django.core.mail.EmailMultiAlternatives.send", lambda self: (_ for _ in ()).throw(OSError("down"))
    )
    page = client.get(ask(client, person.email).url).content.decode()
    assert "n’a pas pu partir" in page


# --- Signing up --------------------------------------------------------------------------------------------


def test_signing_up_is_an_address_a_name_and_a_code(client):
    response = client.post("/compte/inscription/", {"email": "Zoe@Marelle.example", "name": "Zoé Blanc"})
    assert response.url == "/compte/adresse/verifier/"
    assert "_auth_user_id" not in client.session
    client.post(response.url, {"code": code_in(mail.outbox[0])})
    user = User.objects.get(email="zoe@marelle.example")
    assert user.name == "Zoé Blanc"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()


def test_signing_up_with_a_known_address_looks_the_same(client, person):
    response = client.post("/compte/inscription/", {"email": person.email, "name": "Quelqu’un"})
    assert response.url == "/compte/adresse/verifier/"
    assert "déjà un compte" in mail.outbox[0].subject
    assert client.get(response.url).status_code == 200
    assert User.objects.count() == 1


def test_signing_up_too_often_meets_our_page(client):
    for number in range(10):
        Client().post("/compte/inscription/", {"email": f"n{number}@marelle.example", "name": "N"})
    response = Client().post("/compte/inscription/", {"email": "n@marelle.example", "name": "N"})
    assert response.status_code == 429
    assert "</html>" in response.content.decode()
    assert "Too Many" not in response.content.decode()
    assert len(mail.outbox) == 10


# --- What does not exist -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "password/change/",
        "password/set/",
        "password/reset/",
        "login/",
        "signup/",
        "motdepasse/",
        "3rdparty/",
        "social/connections/",
    ],
)
def test_there_is_no_password_page_and_no_english_door(client, path, person):
    client.force_login(person)
    assert resolve(f"/compte/{path}").view_name == "wagtail_serve", "a page of the site, and there is none"
    assert client.get(f"/compte/{path}").status_code == 404


# --- Second factor -----------------------------------------------------------------------------------------


def totp_of(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def now_code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_national_team_sets_a_second_factor_up_before_anything_else(client):
    client.force_login(national(), second_factor=False)
    for path in ["/tableau-de-bord/", "/compte/", "/compte/organisations/", "/compte/rattachement/demandes/"]:
        assert client.get(path).url == "/compte/second-facteur/", path
    assert client.post("/compte/fermer/").url == "/compte/second-facteur/"
    assert client.get("/compte/second-facteur/").status_code == 200


def test_others_are_free_to(client):
    client.force_login(lead_of(CollectiviteFactory()), second_factor=False)
    assert client.get("/compte/").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth tells what was added once it is committed, within the request
def test_setting_it_up_opens_the_door_and_shows_the_recovery_codes(client):
    manager = national()
    EmailAddress.objects.create(user=manager, email=manager.email, verified=True, primary=True)
    client.force_login(manager, second_factor=False)
    page = client.get("/compte/second-facteur/application/")
    response = client.post("/compte/second-facteur/application/", {"code": now_code(page.context["form"].secret)})
    assert response.url == "/compte/second-facteur/codes/"
    codes = client.get(response.url).context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/compte/").status_code == 200


def test_the_secret_of_the_app_is_not_readable_in_the_database(person):
    secret = totp_of(person)
    assert secret not in str(Authenticator.objects.get().data)


def test_with_an_app_a_code_by_mail_is_not_enough(client, person):
    secret = totp_of(person)
    ask(client, person.email)
    response = client.post(CODE, {"code": code_in(mail.outbox[0])})
    assert response.url == "/compte/connexion/second-facteur/"
    assert "_auth_user_id" not in client.session
    assert client.get(response.url).status_code == 200
    client.post(response.url, {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(response.url, {"code": now_code(secret)})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_national_team_keeps_its_last_second_factor(client):
    manager = national()
    secret = totp_of(manager)
    client.force_login(manager)
    client.post("/compte/second-facteur/confirmer/", {"code": now_code(secret)})
    page = client.post("/compte/second-facteur/application/retirer/")
    assert Authenticator.objects.filter(user=manager).exists()
    assert "garde toujours un second facteur" in page.content.decode()


def test_every_page_of_the_second_factor_opens(client, person):
    client.force_login(person)
    for path in ["", "application/", "cles/", "cles/ajouter/"]:
        assert client.get(f"/compte/second-facteur/{path}").status_code == 200, path


# --- Sessions, and proving it again ------------------------------------------------------------------------


def test_closing_the_other_sessions_closes_them(client, person):
    here, there = Client(), Client()
    for number, browser in enumerate([here, there]):
        ask(browser, person.email)
        browser.post(CODE, {"code": code_in(mail.outbox[number])})
    assert here.get("/compte/sessions/").status_code == 200
    here.post("/compte/sessions/")
    assert there.get("/compte/").status_code == 302
    assert here.get("/compte/").status_code == 200


def test_a_session_of_this_morning_proves_it_again_before_a_sensitive_act(client, person):
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - 3600}]
    session.save()
    for path in ["/compte/fermer/", "/compte/adresse/", "/compte/second-facteur/cles/ajouter/"]:
        assert client.get(path).url.startswith("/compte/confirmer/?next="), path
    url = client.get("/compte/fermer/").url
    assert not mail.outbox  # Reading the page sends nothing.
    client.post(url, {"send": "1"})
    wrong = client.post(url, {"code": "999999", "next": "/compte/fermer/"})
    assert wrong.status_code == 422
    assert client.post(url, {"code": code_in(mail.outbox[0]), "next": "/compte/fermer/"}).url == "/compte/fermer/"
    assert client.get("/compte/fermer/").status_code == 200


def test_changing_address_waits_for_its_code_and_warns_the_old_one(client, person):
    client.force_login(person)
    assert client.get("/compte/adresse/").status_code == 200
    response = client.post("/compte/adresse/", {"email": "neuve@marelle.example", "action_add": "1"})
    person.refresh_from_db()
    assert person.email == "ana@marelle.example"
    client.post("/compte/adresse/verifier/", {"code": code_in(mail.outbox[-1])})
    person.refresh_from_db()
    assert person.email == "neuve@marelle.example"
    assert response.status_code == 302
    assert any("adresse de votre compte a changé" in m.subject for m in mail.outbox)


def test_a_closed_account_does_not_come_in(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    ask(client, person.email)
    assert "Aucun compte" in mail.outbox[0].subject
