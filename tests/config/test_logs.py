"""What an installation logs can be followed from line to line, and says nothing about anyone."""

import io
import json
import logging
import logging.config

import pytest
from django.test import Client

from marelle.config import logs
from tests.accounts.factories import CollectiviteFactory, lead_of


@pytest.fixture
def written(monkeypatch):
    """`written(readable=False)` configures logging as the settings do and gives the lines that come out."""
    root, django = logging.getLogger(), logging.getLogger("django.request")
    before = (list(root.handlers), root.level, django.level)

    def configure(*, level="INFO", readable=False):
        place = io.StringIO()
        logging.config.dictConfig(logs.settings(level=level, readable=readable))
        for handler in root.handlers:
            handler.setStream(place)
        return lambda: place.getvalue().splitlines()

    yield configure
    root.handlers[:], root.level, django.level = before


def of_requests(lines):
    return [said for said in map(json.loads, lines) if said["logger"] == "marelle.requests"]


@pytest.mark.django_db
def test_each_request_is_one_line_with_its_number_and_its_door(client, written):
    lines = written()
    answer = client.get("/aide/?q=secret")
    (said,) = of_requests(lines())
    assert said["request"] == answer["X-Request-ID"]
    assert (said["door"], said["status"], said["method"]) == ("portal:help", 200, "GET")
    assert said["level"] == "info"
    assert "secret" not in str(lines())


@pytest.mark.django_db
def test_the_number_of_a_proxy_is_kept_when_it_is_sane(client, written):
    written()
    assert client.get("/aide/", headers={"X-Request-ID": "abcd-1234.xyz"})["X-Request-ID"] == "abcd-1234.xyz"
    for bad in ["court", "x" * 65, 'a" onload="', "é" * 9]:
        assert client.get("/aide/", headers={"X-Request-ID": bad})["X-Request-ID"] != bad


@pytest.mark.django_db
def test_a_breakdown_is_told_with_its_number_and_without_names_or_secrets(written, monkeypatch):
    lines = written(level="WARNING")
    token = "tokentokentokentokentoken"

    def fails(*args, **kwargs):
        raise RuntimeError("no row for ana.lopes@mairie-valmont.fr")

    monkeypatch.setattr("marelle.accounts.views.invitations._find", fails)
    client = Client(raise_request_exception=False)
    client.force_login(lead_of(CollectiviteFactory()))
    answer = client.get(f"/compte/invitation/{token}/")
    assert answer.status_code == 500
    told = [json.loads(line) for line in lines()]
    assert [said["request"] for said in told if said["logger"] == "django.request"] == [answer["X-Request-ID"]]
    assert "RuntimeError" in str(told)
    assert "ana.lopes" not in str(told)
    assert token not in str(told)


def test_python_and_library_loggers_come_out_the_same_way(written):
    lines = written()
    logging.getLogger("marelle.anything").warning("try %s for %s", 2, "zoe@marelle.example")
    said = json.loads(lines()[0])
    assert said["event"] == "try 2 for [adresse]"
    assert (said["logger"], said["level"]) == ("marelle.anything", "warning")
    assert said["at"].endswith("Z")


def test_a_trial_reads_lines_not_json(written):
    lines = written(readable=True)
    logging.getLogger("marelle.anything").warning("Le courriel n’est pas parti")
    assert "Le courriel n’est pas parti" in lines()[0]
    assert not lines()[0].startswith("{")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Not Found: /compte/invitation/abcdefghijklmnopqrstuvwxyz/", "Not Found: /compte/invitation/[…]/"),
        ("Not Found: /compte/invitation/abcdefghijklmnopqrstuvwxyz/accepter/", "Not Found: /compte/invitation/[…]/accepter/"),
        ("Not Found: /territoires/76540-rouen/", "Not Found: /territoires/76540-rouen/"),
        ("File /srv/marelle/lib/python3.11/site-packages/django/core.py", "File /srv/marelle/lib/python3.11/site-packages/django/core.py"),
        ("a@b.fr, c.d@e-f.org", "[adresse], [adresse]"),
    ],
)  # fmt: skip
def test_what_is_struck_out(text, kept):
    assert logs.struck(text) == kept
