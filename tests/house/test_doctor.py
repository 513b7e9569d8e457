"""`marelle doctor` says in words what is wrong, and its exit code means it."""

import json
import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from marelle.config import doctor
from marelle.notifications.models import Mail
from tests.accounts.factories import UserFactory, national

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
    def broken():
        raise RuntimeError("disque arraché")
        yield

    monkeypatch.setattr(doctor, "CHECKS", (broken,))
    assert "disque arraché" in doctor.examine()[0].what


# --- Each fault, made to happen -----------------------------------------------------------------------------


def said(check):
    """The grave findings of one check, in words."""
    return " ".join(f"{f.what} {f.advice}" for f in check() if f.level == "bad")


def fine(check):
    found = list(check())
    return bool(found) and all(f.level == "ok" for f in found)


def test_a_data_folder_that_cannot_be_written(settings, monkeypatch, tmp_path):
    settings.DATA = tmp_path
    assert fine(doctor.data_folder)
    monkeypatch.setattr(doctor.os, "access", lambda path, mode: False)
    assert "MARELLE_DATA" in said(doctor.data_folder)


def test_a_full_disk_and_a_secret_for_all_to_read(settings, monkeypatch, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "secret").write_text("x")
    (tmp_path / "secret").chmod(0o644)
    assert "chmod 600" in said(doctor.data_folder)
    (tmp_path / "secret").chmod(0o600)
    assert fine(doctor.data_folder)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 10**8}))
    assert "Libérez de la place" in said(doctor.data_folder)


def test_a_database_that_does_not_answer(monkeypatch):
    def refuse():
        raise DatabaseError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    assert "DATABASE_URL" in said(doctor.database)


def test_a_migration_not_applied(monkeypatch):
    monkeypatch.setattr(doctor.MigrationExecutor, "migration_plan", lambda self, targets: [("one", False)])
    assert "1 migration(s) à appliquer. Lancez : marelle prepare" in said(doctor.database)


def test_a_shared_cache_that_is_missing(monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("no such table: shared_cache")

    monkeypatch.setattr(type(cache._connections["default"]), "set", refuse)
    assert "limites de connexion" in said(doctor.contents)


def test_uploads_that_could_not_be_kept(monkeypatch):
    assert fine(doctor.uploads)

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied", "/srv/secret")

    monkeypatch.setattr(type(default_storage._wrapped), "save", refuse)
    assert "Permission denied" in said(doctor.uploads)


def test_static_files_not_built(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert "marelle prepare" in said(doctor.static_files)
    (Path(tmp_path) / "staticfiles.json").write_text("{}")
    assert fine(doctor.static_files)


def test_a_worker_that_is_late():
    task = DBTaskResult.objects.create(task_path="t", args_kwargs={"args": [], "kwargs": {}}, backend_name="default")
    assert fine(doctor.worker)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(minutes=11))
    assert "marelle worker" in said(doctor.worker)


def test_mails_that_nobody_sends():
    long_ago = timezone.now() - timedelta(hours=4)
    Mail.objects.create(to_address="a@marelle.example", kind="k", facts={}, created_at=long_ago, due_at=long_ago)
    assert "marelle hourly" in said(doctor.timers)
    Mail.objects.update(due_at=timezone.now())
    assert said(doctor.timers) == ""


def test_nobody_of_the_national_team_and_people_of_a_demonstration():
    assert "marelle first-manager" in said(doctor.people)
    national()
    assert fine(doctor.people)
    fictitious = UserFactory()
    fictitious.is_fictitious = True
    fictitious.save()
    assert "fictives" in said(doctor.people)


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    settings.DEFAULT_FROM_EMAIL, settings.REPLY_DOMAIN = "Marelle <a@marelle.fr>", "reponse.marelle.fr"


def test_a_mail_server_that_is_down_or_refuses_us(smtp, monkeypatch):
    assert "ne répond pas" in said(doctor.mail)

    def refuse(*args, **kwargs):
        raise smtplib.SMTPAuthenticationError(535, b"no")

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    assert "535" in said(doctor.mail)


def test_an_address_that_is_not_encrypted_or_not_ours(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "http://marelle.fr", ["autre.fr"]
    assert "pas chiffrée" in said(doctor.security)
    assert "MARELLE_HOSTS" in said(doctor.security)
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://marelle.fr", ["marelle.fr"]
    assert "adresse publique" not in said(doctor.security)
    assert "MARELLE_HOSTS" not in said(doctor.security)


def test_an_installation_in_order_exits_0(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "CHECKS", (doctor.uploads,))
    call_command("doctor")
    assert "Tout va bien." in capsys.readouterr().out
