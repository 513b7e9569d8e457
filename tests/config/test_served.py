"""A real installation, served as in production by two processes: what leaves it, and what it refuses."""

import http.client
import re
import socket
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests import installation
from tests.installation import ROOT

HOST = "marelle.example"
pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="serves from a file of its own: runs with the suite on SQLite"
)


def environment(data, **more):
    served = {"MARELLE_URL": f"https://{HOST}", "MARELLE_HOSTS": HOST, "MARELLE_BEHIND_PROXY": "1"}
    return installation.environment(data, **(served | more))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def data(installed, tmp_path_factory):
    return installed(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def port(data):
    port = free_port()
    env = environment(data, PORT=str(port))
    command = [sys.executable, "-m", "marelle"]
    server = subprocess.Popen([*command, "serve"], env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                if ask(port, "/health/live").status == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(port, path, method="GET", body=None, secure=True, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    sent = {"Host": HOST, **({"X-Forwarded-Proto": "https"} if secure else {}), **headers}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def test_preparing_again_builds_nothing_again(port, data):
    again = subprocess.run(
        [sys.executable, "-m", "marelle", "prepare", "--without-data"], env=environment(data), cwd=ROOT,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert again.returncode == 0
    assert "Base de données" in again.stdout, "each long step is said"
    assert "Fichiers statiques" not in again.stdout


@pytest.mark.parametrize("path", ["/", "/compte/connexion/", "/nulle-part/", "/territoires/?q=x"])
def test_every_page_leaves_closed(port, path):
    headers = ask(port, path).headers
    csp = headers["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "script-src 'self'" in csp
    assert "unsafe" not in csp
    assert "frame-ancestors 'none'" in csp
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["Permissions-Policy"].startswith("camera=()")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Request-ID"]


def test_cookies_travel_only_encrypted_and_no_script_reads_them(port):
    cookies = ask(port, "/compte/connexion/").headers.get_all("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_what_is_not_encrypted_is_led_to_what_is_but_probes_pass(port):
    answer = ask(port, "/", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/")
    assert ask(port, "/health/live", secure=False).status == 200


def test_another_name_is_not_answered_and_says_so_in_the_look(port):
    answer = ask(port, "/", Host="evil.example")
    assert answer.status == 400
    assert "marelle.css" in answer.text


def test_static_files_are_compressed_and_kept_for_ever(port):
    page = ask(port, "/").text
    style = re.search(r'href="(/static/ui/[\w.-]+\.css)"', page)[1]
    answer = ask(port, style, **{"Accept-Encoding": "identity"})
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_knocking_is_counted_by_all_processes_together(port):
    """Ten accounts a minute and address may be asked for; with a count per process it would be twenty."""
    gate = ask(port, "/compte/inscription/")
    cookie = gate.headers["Set-Cookie"].partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', gate.text)[1]
    head = {"Cookie": cookie, "Referer": f"https://{HOST}/", "Content-Type": "application/x-www-form-urlencoded"}
    answers = [
        ask(port, "/compte/inscription/", "POST", f"csrfmiddlewaretoken={token}&email=a{n}%40b.example&name=A", **head)
        for n in range(13)
    ]
    assert [a.status for a in answers].count(429) in {2, 3, 4}, [a.status for a in answers]
    assert answers[-1].status == 429
    assert "Trop d’essais en peu de temps" in answers[-1].text
    assert "<h1" in answers[-1].text


def test_a_body_too_big_is_refused_in_the_look(client):
    body = "email=" + "a" * 6 * 1024 * 1024
    answer = client.post("/compte/connexion/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_taken_port_is_said_before_anything_starts(port, tmp_path):
    for command, more in [("serve", {}), ("start", {"MARELLE_DEMO": "1"})]:
        said = subprocess.run(
            [sys.executable, "-m", "marelle", command], env=environment(tmp_path, PORT=str(port), **more), cwd=ROOT,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert said.returncode == 1
        assert f"Le port {port} est déjà pris" in said.stderr
        assert "Traceback" not in said.stderr
    assert not (tmp_path / "marelle.sqlite3").exists()


@pytest.mark.parametrize("said", ["abc", "0", "70000", "-1", "8000.5"])
def test_what_is_no_port_is_said(tmp_path, said):
    answer = subprocess.run(
        [sys.executable, "-m", "marelle", "serve"], env=environment(tmp_path, PORT=said), cwd=ROOT,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "n’est pas un port" in answer.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"MARELLE_DATA": "/proc/nowhere"}, "MARELLE_DATA"),
        ({"MARELLE_UPLOAD_MAX_MB": "vingt"}, "vingt"),
        ({"MARELLE_EMAIL_URL": "nonsense"}, ".env.example"),
    ],
)
def test_settings_that_cannot_be_are_a_sentence(tmp_path, settings, words):
    answer = subprocess.run(
        [sys.executable, "-m", "marelle", "doctor"], env=environment(tmp_path, **settings), cwd=ROOT,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", [("audit", "verify"), ("load-territories",), ("load-programme",)])
def test_a_command_on_an_empty_folder_says_what_to_run_first(tmp_path, command):
    answer = subprocess.run(
        [sys.executable, "-m", "marelle", *command], env=environment(tmp_path), cwd=ROOT,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "marelle prepare" in answer.stderr
    assert "Traceback" not in answer.stderr
