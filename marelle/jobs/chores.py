"""What the timer does every hour and every day. An app brings its chores in its own `chores.py`:

    from marelle.jobs.chores import daily

    @daily("programme.chase_drafts")
    def chase_drafts(*, at: datetime) -> int:
        return actions.chase_drafts(at=at)

Each returns how many things it did. `marelle hourly` and `marelle daily` run them all: one that fails
stops none of the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.management import call_command
from django.utils.module_loading import autodiscover_modules
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from marelle.audit.actions import record
from marelle.documents import actions as files
from marelle.notifications import actions as mails
from marelle.notifications.models import Mail

from . import actions

logger = logging.getLogger(__name__)

Work = Callable[..., int]
"""Called with `at`; gives how many things were done."""


@dataclass(frozen=True)
class Outcome:
    """How one chore ended."""

    name: str
    done: int = 0
    error: str = ""


_hourly: dict[str, Work] = {}
_daily: dict[str, Work] = {}


def hourly(name: str) -> Callable[[Work], Work]:
    """To be done every hour. Running it twice must do no harm: a timer may be late, or doubled."""
    return _keep(_hourly, name)


def daily(name: str) -> Callable[[Work], Work]:
    """To be done every day, in the morning. Running it twice must do no harm."""
    return _keep(_daily, name)


def _keep(chores: dict[str, Work], name: str) -> Callable[[Work], Work]:
    def keep(work: Work) -> Work:
        chores[name] = work
        return work

    return keep


def run_hourly(*, at: datetime) -> list[Outcome]:
    return _run(_hourly, at)


def run_daily(*, at: datetime) -> list[Outcome]:
    return _run(_daily, at)


def _run(chores: dict[str, Work], at: datetime) -> list[Outcome]:
    autodiscover_modules("chores")
    return [_one(name, work, at) for name, work in sorted(chores.items())]


def _one(name: str, work: Work, at: datetime) -> Outcome:
    try:
        return Outcome(name, done=work(at=at) or 0)
    except Exception as error:
        logger.exception("The chore %s failed", name)
        return Outcome(name, error=f"{type(error).__name__}: {error}")


# --- Chores of the ground: what lies below cannot bring its own ----------------------------------------------


@hourly("notifications.send_due")
def send_due_mails(*, at: datetime) -> int:
    return mails.send_due(at=at) + mails.send_digests(at=at, only_retries=True)


@daily("notifications.digests")
def send_digests(*, at: datetime) -> int:
    return mails.send_digests(at=at)


@daily("notifications.purge")
def forget_old_mails(*, at: datetime) -> int:
    count = mails.purge(at=at)
    if count:
        record("notifications.mail.purged", on=Mail, by=None, at=at, count=count)
    return count


@hourly("jobs.give_up_on_the_dead")
def give_up_on_dead_jobs(*, at: datetime) -> int:
    return actions.give_up_on_the_dead(at=at)


@daily("jobs.expire")
def forget_expired_jobs(*, at: datetime) -> int:
    return actions.expire(at=at)


@daily("sessions.clear")
def clear_sessions(*, at: datetime) -> int:
    call_command("clearsessions")
    return 0


@daily("tasks.prune")
def prune_tasks(*, at: datetime) -> int:
    if not isinstance(task_backends["default"], DatabaseBackend):
        return 0
    call_command("prune_db_task_results", min_age_days=30, verbosity=0)
    return 0


@daily("documents.purge_orphans")
def purge_orphan_files(*, at: datetime) -> int:
    return files.purge_orphans(at=at)
