"""The time given to keep promises: said kept, confirmed or reopened, and what happens at its end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import No, NotNow, Refused
from marelle.notifications.models import Mail
from marelle.programme.actions import decisions, probations
from marelle.programme.enums import OutcomeKind, Status
from marelle.programme.models import Message
from marelle.programme.rules import decisions as rules
from tests.accounts.factories import UserFactory, lead_of, member_of, national, of_delegation
from tests.programme.lives import decided, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision():
    return decided(OutcomeKind.PROBATION)


@pytest.fixture
def task(decision):
    return decision.tasks.first()


@pytest.fixture
def lead(decision):
    return lead_of(decision.candidacy.organisation)


def mails(kind):
    return set(Mail.objects.filter(kind__endswith=f".{kind}").values_list("to_user__email", flat=True))


def test_the_collectivite_says_it_is_done_and_the_team_checks(task, lead, at):
    manager = national()
    task = probations.say_done(task=task, evidence="Compte rendu en ligne.", by=lead, at=at)
    assert (task.done_by, task.evidence) == (lead, "Compte rendu en ligne.")
    assert manager.email in mails("task_done")
    task = probations.confirm_task(task=task, by=national(Role.ADVISER), at=at)
    assert task.confirmed_at == at
    assert mails("task_confirmed") == {lead.email}


def test_without_evidence_it_is_not_done(task, lead, at):
    with pytest.raises(Refused, match="ce qui a été fait"):
        probations.say_done(task=task, evidence=" ", by=lead, at=at)


def test_reopened_it_keeps_what_was_said_and_tells_why(task, lead, at):
    probations.say_done(task=task, evidence="Un courriel.", by=lead, at=at)
    with pytest.raises(Refused, match="motif"):
        probations.reopen_task(task=task, reason="", by=national(), at=at)
    task = probations.reopen_task(task=task, reason="Un courriel ne suffit pas.", by=national(), at=at)
    assert (task.done_at, task.evidence) == (None, "Un courriel.")
    assert "Un courriel ne suffit pas." in Message.objects.get().text
    assert mails("task_reopened") == {lead.email}
    assert probations.say_done(task=task, evidence="Le compte rendu.", by=lead, at=at).done_at


def test_role_by_state(task, decision, at):
    """Who may say it done, who may confirm: nobody else, and nobody after the probation."""
    candidacy = decision.candidacy
    people = {
        "lead": member_of(candidacy.organisation, Role.LEAD),
        "elected": member_of(candidacy.organisation, Role.ELECTED),
        "contributor": member_of(candidacy.organisation, Role.CONTRIBUTOR),
        "manager": national(),
        "adviser": national(Role.ADVISER),
        "expert": national(Role.EXPERT),
        "head": of_delegation(Role.HEAD, covers=[candidacy.territory]),
        "volunteer": of_delegation(Role.VOLUNTEER, covers=[candidacy.territory]),
        "stranger": UserFactory(),
    }
    task.decision.candidacy = candidacy
    for status in Status:
        candidacy.status = status
        for done in (None, at):
            task.done_at = done
            for role, user in people.items():
                say, check = rules.can_say_done(user, task), rules.can_confirm_task(user, task)
                open_ = status == Status.PROBATION
                assert bool(say) == (role in {"lead", "elected"} and open_ and done is None), (role, status, done)
                assert bool(check) == (role in {"manager", "adviser"} and open_ and done is not None)
                if role not in {"lead", "elected"}:
                    assert type(say) is No
                if role in {"manager", "adviser"} and not check:
                    assert type(check) is NotNow


def test_a_contributor_does_not_say_it_done(task, decision, at):
    with pytest.raises(PermissionDenied):
        probations.say_done(
            task=task, evidence="…", by=member_of(decision.candidacy.organisation, Role.CONTRIBUTOR), at=at
        )


AFTER = datetime(2027, 6, 1, 6, 0, tzinfo=UTC)


def test_its_end_is_told_once(decision, lead):
    manager = national()
    assert probations.tell_ended(at=AFTER - timedelta(days=1)) == 0  # still the last day
    assert probations.tell_ended(at=AFTER) == 1
    assert {lead.email, manager.email} <= mails("probation_ended")
    assert probations.tell_ended(at=AFTER) == 0
    assert Entry.objects.filter(kind="programme.probation.ended").count() == 1


def test_its_end_is_not_told_once_decided(decision):
    decisions.decide(
        candidacy=decision.candidacy, verdict=verdict(OutcomeKind.AWARD), seen=1, by=national(),
        at=decision.recorded_at,
    )  # fmt: skip
    assert probations.tell_ended(at=AFTER) == 0
