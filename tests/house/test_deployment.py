"""A real installation is closed by default: nothing set but its address, and Django finds nothing to say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def marelle(*command, data, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MARELLE_", "DATABASE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "marelle", *command],
        cwd=ROOT,
        env={**clean, "MARELLE_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


ASK = (
    "import json; from django.conf import settings as s; from django.urls import reverse, NoReverseMatch\n"
    "def there(name):\n"
    "    try: return bool(reverse(name))\n"
    "    except NoReverseMatch: return False\n"
    "print(json.dumps({'demo': s.DEMO, 'debug': s.DEBUG, 'secure': s.SESSION_COOKIE_SECURE, 'hsts': s.SECURE_HSTS_SECONDS,"
    " 'redirect': s.SECURE_SSL_REDIRECT, 'secret': len(s.SECRET_KEY), 'csp': s.CONTENT_SECURITY_POLICY['DIRECTIVES']['script-src'],"
    " 'one_click': there('demo:cast'), 'mailbox': there('notifications:mailbox')}))"
)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    data = tmp_path_factory.mktemp("real")
    answer = marelle(
        "shell", "-v", "0", "-c", ASK, data=data, MARELLE_URL="https://marelle.example", MARELLE_HOSTS="marelle.example"
    )
    assert answer.returncode == 0, answer.stderr
    return data, json.loads(answer.stdout.strip().splitlines()[-1])


def test_nothing_of_the_demonstration_is_there(real):
    _, found = real
    assert (found["demo"], found["debug"], found["one_click"], found["mailbox"]) == (False, False, False, False)


def test_cookies_tls_and_scripts_are_closed(real):
    _, found = real
    assert found["secure"]
    assert found["redirect"]
    assert found["hsts"] >= 31536000
    assert found["csp"] == ["'self'"]


def test_the_secret_is_made_once_and_readable_by_its_owner_only(real):
    data, found = real
    assert found["secret"] >= 64
    assert (data / "secret").stat().st_mode & 0o077 == 0


def test_django_finds_nothing_to_say(real):
    data, _ = real
    checked = marelle(
        "check", "--deploy", "--fail-level", "WARNING", data=data,
        MARELLE_URL="https://marelle.example", MARELLE_HOSTS="marelle.example",
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr


def test_the_demonstration_refuses_a_real_installation(real):
    data, _ = real
    assert marelle("demo", "--seed", "1", data=data).returncode != 0
