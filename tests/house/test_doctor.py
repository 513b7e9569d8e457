"""`marelle doctor` says in words what is wrong, and its exit code means it."""

import json

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def examine(capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor", "--json")
    assert stopped.value.code == 1
    return json.loads(capsys.readouterr().out)


def test_an_empty_installation_is_told_what_to_do(capsys):
    found = examine(capsys)
    advice = " ".join(f["advice"] for f in found if f["level"] == "bad")
    assert "marelle load-territories" in advice
    assert "marelle load-programme" in advice
    assert "MARELLE_EMAIL_URL" in advice


def test_a_demonstration_says_that_anyone_may_sign_in(settings, capsys):
    settings.DEMO = True
    assert any(f["level"] == "warn" and "MARELLE_DEMO" in f["advice"] for f in examine(capsys))


def test_a_check_that_breaks_is_a_finding(monkeypatch):
    from marelle.config import doctor

    def broken():
        raise RuntimeError("disque arraché")
        yield

    monkeypatch.setattr(doctor, "CHECKS", (broken,))
    assert "disque arraché" in doctor.examine()[0].what
