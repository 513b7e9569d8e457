"""A collectivité's first word, the team's yes, more time, and the way out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.notifications.models import Mail
from marelle.programme.actions import candidacies
from marelle.programme.enums import CLOSED, Status
from marelle.programme.models import Candidacy
from tests.accounts.factories import CollectiviteFactory, lead_of, member_of, national
from tests.programme.factories import DEFINITION, CandidacyFactory, RouteVersionFactory
from tests.territories.factories import DepartementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return CollectiviteFactory()


@pytest.fixture
def declare(town, at):
    def declare(**changes):
        facts = {"organisation": town, "version": RouteVersionFactory(), "intention": "Pour les enfants.", "at": at}
        return candidacies.open_intention(**facts | {"by": changes.pop("by", None) or lead_of(town)} | changes)

    return declare


def mails():
    return set(Mail.objects.values_list("to_user__email", "kind"))


def test_a_lead_declares_the_intention_and_everyone_concerned_is_told(declare, town, at):
    manager, colleague = national(), member_of(town, Role.ELECTED)
    lead = lead_of(town)
    candidacy = declare(by=lead)
    assert (candidacy.status, candidacy.opened_by, candidacy.intention) == (
        Status.INTERESTED,
        lead,
        "Pour les enfants.",
    )
    assert {(email, kind.rpartition(".")[2]) for email, kind in mails()} == {
        (lead.email, "intention_received"),
        (colleague.email, "intention_received"),
        (manager.email, "intention_to_confirm"),
    }
    assert Entry.objects.get().kind == "programme.candidacy.opened"


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.SIGNATORY])
def test_other_colleagues_do_not_declare_it(declare, town, role):
    with pytest.raises(PermissionDenied):
        declare(by=member_of(town, role))


def test_nobody_declares_it_for_another_town(declare):
    with pytest.raises(PermissionDenied):
        declare(by=lead_of(CollectiviteFactory()))


def test_one_open_candidacy_per_territory_and_route(declare, town):
    declare()
    with pytest.raises(Refused, match="déjà une candidature"):
        declare()
    assert Candidacy.objects.count() == 1


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_a_territory_may_begin_again_once_closed(declare, town, status):
    CandidacyFactory(organisation=town, status=status)
    assert declare().status == Status.INTERESTED


def test_the_database_itself_holds_one_open_candidacy(town):
    first = CandidacyFactory(organisation=town)
    with pytest.raises(IntegrityError), transaction.atomic():
        CandidacyFactory(organisation=town, version=first.version)


@pytest.mark.parametrize(
    ("moment", "word"),
    [(datetime(2026, 8, 31, 12, tzinfo=UTC), "ouvriront"), (datetime(2027, 2, 28, 18, tzinfo=UTC), "closes")],
)
def test_outside_the_window_it_is_said_when(declare, moment, word):
    with pytest.raises(Refused, match=word):
        declare(at=moment)


def test_a_departement_cannot_take_this_route(declare, at):
    departement = CollectiviteFactory(territory=DepartementFactory())
    with pytest.raises(Refused, match="type de territoire"):
        declare(organisation=departement, by=lead_of(departement))


def test_a_merged_commune_cannot_either(declare, town, at):
    town.territory.ended_on = at.date()
    town.territory.save()
    with pytest.raises(Refused, match="type de territoire"):
        declare()


def test_the_network_is_joined_elsewhere(declare):
    with pytest.raises(Refused, match="son propre formulaire"):
        declare(version=RouteVersionFactory(network=True))


def test_the_reason_is_asked(declare):
    with pytest.raises(Refused, match="pourquoi"):
        declare(intention="  \n ")


def test_a_manager_confirms_and_the_file_opens_on_the_newest_version(declare, town, at):
    candidacy, manager = declare(), national()
    newer = RouteVersionFactory(number=2, content=DEFINITION | {"summary": "Nouveau."}, digest="e" * 64)
    candidacy = candidacies.confirm(candidacy=candidacy, by=manager, at=at)
    assert (candidacy.status, candidacy.confirmed_by, candidacy.version) == (Status.DRAFT, manager, newer)
    with pytest.raises(Refused, match="dossier en cours"):
        candidacies.confirm(candidacy=candidacy, by=manager, at=at)


def test_many_are_confirmed_in_one_act_or_none(at):
    waiting = [CandidacyFactory(status=Status.INTERESTED) for _ in range(2)]
    taken = CandidacyFactory(status=Status.DRAFT)
    with pytest.raises(Refused, match=taken.territory.name):
        candidacies.confirm_many(candidacies=[*waiting, taken], by=national(), at=at)
    assert Candidacy.objects.filter(status=Status.INTERESTED).count() == 2
    candidacies.confirm_many(candidacies=waiting, by=national(), at=at)
    assert not Candidacy.objects.filter(status=Status.INTERESTED).exists()


def test_a_candidacy_is_withdrawn_with_its_reason(at):
    candidacy = CandidacyFactory(status=Status.FILED)
    lead, adviser = lead_of(candidacy.organisation), national(Role.ADVISER)
    candidacy.adviser = adviser
    candidacy.save()
    with pytest.raises(Refused, match="motif"):
        candidacies.abandon(candidacy=candidacy, reason=" ", by=lead, at=at)
    candidacy = candidacies.abandon(candidacy=candidacy, reason="Le conseil a changé d’avis.", by=lead, at=at)
    assert (candidacy.status, candidacy.closed_reason) == (Status.ABANDONED, "Le conseil a changé d’avis.")
    assert {email for email, _ in mails()} == {lead.email, adviser.email}


class TestMoreTime:
    def test_a_manager_gives_it_with_a_reason(self, at):
        candidacy = CandidacyFactory()
        lead_of(candidacy.organisation)
        due_at = candidacy.deadline + timedelta(days=10)
        candidacy = candidacies.extend_deadline(
            candidacy=candidacy, due_at=due_at, reason="Élections partielles.", by=national(), at=at
        )
        candidacy.refresh_from_db()
        assert (candidacy.deadline, candidacy.due_reason) == (due_at, "Élections partielles.")
        assert [kind.rpartition(".")[2] for _, kind in mails()] == ["deadline_extended"]

    def test_it_is_never_less_time(self, at):
        candidacy = CandidacyFactory()
        for due_at in (candidacy.deadline, candidacy.deadline - timedelta(days=1), at - timedelta(days=1)):
            with pytest.raises(Refused):
                candidacies.extend_deadline(candidacy=candidacy, due_at=due_at, reason="…", by=national(), at=at)

    @pytest.mark.parametrize("status", sorted(set(Status) - {Status.INTERESTED, Status.DRAFT}))
    def test_it_is_no_use_once_the_file_is_in(self, status, at):
        candidacy = CandidacyFactory(status=status)
        with pytest.raises(Refused, match="déjà déposé"):
            candidacies.extend_deadline(
                candidacy=candidacy, due_at=candidacy.deadline + timedelta(days=1), reason="…", by=national(), at=at
            )

    def test_an_adviser_asks_a_manager(self, at):
        candidacy = CandidacyFactory()
        with pytest.raises(PermissionDenied):
            candidacies.extend_deadline(
                candidacy=candidacy, due_at=candidacy.deadline + timedelta(days=1), reason="…",
                by=national(Role.ADVISER), at=at,
            )  # fmt: skip
