"""The page that shows every mail: in the demonstration only, and sealed."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from marelle.notifications.backends import Mailbox
from marelle.notifications.models import MailboxCopy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.notifications.urls")]


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


@pytest.fixture
def mail():
    message = EmailMultiAlternatives("Votre code", "Code : 123\nhttps://marelle.example/x", to=["ines@rouen.example"])
    message.attach_alternative(
        "<html><head></head><body><script>alert(1)</script><p>Bonjour</p></body></html>", "text/html"
    )
    Mailbox().send_messages([message])
    return MailboxCopy.objects.get()


def test_every_mail_is_there_and_anyone_may_read_it(client, demonstration, mail):
    html = client.get(reverse("notifications:mailbox")).content.decode()
    assert "Votre code" in html
    assert "ines@rouen.example" in html


@pytest.mark.parametrize(
    ("asked", "found"), [("ines@", True), ("CODE", True), ("autre@", False), ("\x00", True), ("é" * 500, False)]
)
def test_it_is_searched_by_address_or_subject(client, demonstration, mail, asked, found):
    html = client.get(reverse("notifications:mailbox"), {"q": asked}).content.decode()
    assert ("ines@rouen.example" in html) is found


def test_a_mail_is_read_as_text_with_its_links(client, demonstration, mail):
    response = client.get(reverse("notifications:mail", args=[mail.public_id]))
    html = response.content.decode()
    assert '<a href="https://marelle.example/x"' in html
    assert 'sandbox="allow-popups' in html
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_its_html_is_shown_in_a_sealed_frame(client, demonstration, mail):
    response = client.get(reverse("notifications:html", args=[mail.public_id]))
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "<p>Bonjour</p>" in response.content.decode()


def test_an_empty_mailbox_says_what_to_do(client, demonstration):
    assert "Aucun courriel pour l’instant" in client.get(reverse("notifications:mailbox")).content.decode()


@pytest.mark.parametrize("name", ["mailbox", "mail", "html"])
def test_a_real_installation_has_no_such_page(client, mail, name):
    address = reverse(f"notifications:{name}", args=[] if name == "mailbox" else [mail.public_id])
    assert client.get(address).status_code == 404


def test_a_guessed_address_finds_nothing(client, demonstration):
    assert client.get(reverse("notifications:mail", args=["x" * 12])).status_code == 404
