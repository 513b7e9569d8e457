from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marelle.audit.models import Entry
from marelle.jobs import chores
from marelle.notifications.models import Mail, State
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(monkeypatch):
    """Only the chores a test brings."""
    for table in ("_hourly", "_daily"):
        monkeypatch.setattr(chores, table, {})
    monkeypatch.setattr(chores, "autodiscover_modules", lambda name: None)


def test_each_chore_runs_with_the_clock(mine, at):
    seen = []
    chores.hourly("essai.noter")(lambda *, at: seen.append(at) or 1)
    assert chores.run_hourly(at=at) == [chores.Outcome("essai.noter", done=1)]
    assert seen == [at]


def test_a_chore_that_fails_stops_none_of_the_others(mine, at):
    chores.daily("essai.a")(lambda *, at: 1 / 0)
    chores.daily("essai.b")(lambda *, at: 2)
    failed, done = chores.run_daily(at=at)
    assert failed.error == "ZeroDivisionError: division by zero"
    assert done.done == 2


def test_the_exit_code_says_that_a_chore_failed(mine):
    chores.daily("essai.a")(lambda *, at: 1 / 0)
    said = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("daily", stdout=said)
    assert failure.value.returncode == 1
    assert "essai.a : échec" in said.getvalue()


def test_the_real_chores_run_on_an_empty_house():
    for command in ("hourly", "daily"):
        call_command(command, stdout=StringIO())


def test_what_is_forgotten_is_counted_in_the_log(at):
    Mail.objects.create(
        kind="x.y", to_user=UserFactory(), state=State.SENT, created_at=at - timedelta(days=400), due_at=at
    )
    assert chores.forget_old_mails(at=at) == 1
    entry = Entry.objects.get()
    assert (entry.kind, entry.target, entry.actor, entry.details) == (
        "notifications.mail.purged", "notifications.mail:*", "systeme", {"count": 1}
    )  # fmt: skip
