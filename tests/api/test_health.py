from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from marelle.api import health

pytestmark = pytest.mark.django_db


def waiting_since(enqueued_at, **more):
    task = DBTaskResult.objects.create(
        task_path="t", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", **more
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=enqueued_at)


def test_the_process_says_it_lives_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


def test_a_whole_installation_is_ready(client):
    answer = client.get("/health/ready")
    told = answer.json()
    assert answer.status_code == 200, told
    assert (told["status"], told["failed"]) == ("ready", [])
    assert set(told["checks"]) == {"database", "migrations", "storage", "worker"}
    assert told["checks"]["worker"]["lag_seconds"] == 0


def test_a_storage_that_cannot_be_written_is_named_and_tells_no_path(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError("/srv/secret/uploads")

    monkeypatch.setattr(type(default_storage._wrapped), "save", refuse)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["storage"])
    assert "secret" not in answer.content.decode()


def test_nothing_stays_in_the_storage(client):
    client.get("/health/ready")
    assert default_storage.listdir("health")[1] == []


def test_a_task_that_waits_too_long_means_no_worker(client):
    waiting_since(timezone.now() - timedelta(minutes=3))
    assert client.get("/health/ready").json()["checks"]["worker"]["lag_seconds"] >= 180
    waiting_since(timezone.now() - health.LATEST - timedelta(minutes=1))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["worker"])


def test_a_task_set_for_later_is_not_late(client):
    waiting_since(timezone.now() - timedelta(days=3), run_after=timezone.now() + timedelta(hours=1))
    assert client.get("/health/ready").json()["checks"]["worker"] == {"ok": True, "lag_seconds": 0}


def test_migrations_to_apply_are_counted(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("one", False)])
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["migrations"])
    assert answer.json()["checks"]["migrations"]["reason"] == "1 migrations not applied"


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_only_reading_is_allowed(client, address):
    assert client.post(address).status_code == 405
