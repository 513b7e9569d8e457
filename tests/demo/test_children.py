"""In the demonstration year children are asked, heard and answered, so that every page has something to show."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings
from django.utils.timezone import localdate

from marelle.accounts.enums import Role
from marelle.accounts.models import Membership
from marelle.ballots.enums import Mode, Scope
from marelle.ballots.models import Bundle
from marelle.ballots.queries.verifying import verify
from marelle.demo.actions import year
from marelle.demo.fates import ROUEN, Fate
from marelle.participation.enums import AlertState, CouncilKind, Level, ProposalState
from marelle.participation.models import Alert, Candidate, Consultation, Council, Proposal, Session
from marelle.participation.queries.consultations import overdue
from marelle.participation.queries.results import ballots_of, current
from tests.worlds import world

from .small import small_plan

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
"""The `at` of `tests/conftest.py`."""


@pytest.fixture(scope="module")
def heard(django_db_setup, django_db_blocker):
    """One year for this module, and its national consultation. Towns enough for every fate of a proposal."""
    with world(django_db_blocker) as settled, override_settings(DEMO=True):
        year.make(seed=7, at=AT, towns=small_plan([Fate.INTERESTED] * 12))
        settled()
        yield Consultation.objects.get(level=Level.NATIONAL)


@pytest.mark.usefixtures("heard", "db")
def test_children_of_the_demonstration_are_heard():
    today = localdate(AT)
    assert what_does_not_add_up() == []
    assert {one.state for one in Proposal.objects.all()} == set(ProposalState) - {ProposalState.WITHDRAWN}
    assert Proposal.objects.filter(state=ProposalState.MADE, due_on__lt=today).exists()
    assert [one.answer_due_on < today for one in overdue(today)] == [True]
    (alert,) = Alert.objects.all()
    assert alert.state == AlertState.NEW
    (now,) = Session.objects.filter(station__closed_at=None, station__mode=Mode.TICKETS)
    assert now.station.tickets.exists()
    assert Bundle.objects.filter(confirmed_at__isnull=False).exists()
    assert {kind for (kind,) in Council.objects.values_list("kind")} == {CouncilKind.CHILDREN, CouncilKind.YOUTH}
    assert Candidate.objects.filter(election__council__organisation__territory__code=ROUEN).count() >= 3


def test_rouen_reads_its_part_of_the_national_consultation(heard, client, db):
    publication = current(heard)
    france, rouen = publication.tables.get(scope=Scope.NATION), publication.tables.get(place=ROUEN)
    assert rouen.ballots >= 200
    assert france.ballots == ballots_of(heard) > rouen.ballots
    for table in (france, rouen):
        page = client.get(f"/consultations/{heard.public_id}/resultats/", {"lieu": f"{table.scope}-{table.place}"})
        assert page.status_code == 200


@pytest.mark.urls("tests.demo.urls")
def test_those_who_work_with_children_can_be_tried_out(heard, client, settings, db):
    settings.DEMO = True
    page = client.get("/demonstration/").content.decode()
    for role in (Role.FACILITATOR, Role.DIRECTOR, Role.SAFEGUARDING):
        person = Membership.objects.filter(role=role).earliest("pk").user
        assert f"/demonstration/entrer/{person.public_id}/" in page


def what_does_not_add_up():
    return [finding for sums in verify() for finding in sums.findings]
