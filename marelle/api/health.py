"""Is this installation alive, and ready to serve? For the machines that watch over it.

Says which check failed and why in a word; never a path, a token or anything about people.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

LATEST = timedelta(minutes=10)
"""A task that has waited longer means that no worker is at work."""
logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A check failed; says why in words that may be public."""


def database() -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return {"engine": connection.vendor}


def migrations() -> dict:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotReady(f"{len(waiting)} migrations not applied")
    return {}


def storage() -> dict:
    """A small file is written, read again and removed."""
    content = uuid4().hex
    name = default_storage.save(f"health/{content}", ContentFile(content.encode()))
    try:
        with default_storage.open(name) as file:
            if file.read().decode() != content:
                raise NotReady("what was written is not what is read")
    finally:
        default_storage.delete(name)
    return {}


def worker() -> dict:
    """How long the oldest task that may run now has waited."""
    now = timezone.now()
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", "run_after").first()
    if oldest is None:
        return {"lag_seconds": 0}
    enqueued_at, run_after = oldest
    lag = now - max(enqueued_at, run_after) if run_after and run_after.year < 9999 else now - enqueued_at
    if lag > LATEST:
        raise NotReady(f"a task has waited {int(lag.total_seconds())} seconds")
    return {"lag_seconds": max(0, int(lag.total_seconds()))}


CHECKS: dict[str, Callable[[], dict]] = {
    "database": database, "migrations": migrations, "storage": storage, "worker": worker,
}  # fmt: skip


@require_safe
@never_cache
@login_not_required
def live(request):
    """The process answers. Nothing else is asked."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
@login_not_required
def ready(request):
    """200 when every check passes; 503 and the names of those that do not."""
    results = {name: _run(name, check) for name, check in CHECKS.items()}
    failed = [name for name, result in results.items() if not result["ok"]]
    return JsonResponse(
        {"status": "not ready" if failed else "ready", "failed": failed, "checks": results},
        status=503 if failed else 200,
    )


def _run(name: str, check: Callable[[], dict]) -> dict:
    try:
        return {"ok": True, **check()}
    except NotReady as error:
        return {"ok": False, "reason": str(error)}
    except Exception as error:
        # The message of an unforeseen error may hold a path or a password: the log has it, the page its kind.
        logger.warning("health check %s failed", name, exc_info=True)
        return {"ok": False, "reason": type(error).__name__}
