"""A file in instruction with everyone around it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from marelle.accounts.enums import Role
from marelle.programme.actions import assignments, messages, opinions
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national, of_delegation
from tests.programme.factories import CandidacyFactory
from tests.programme.instruction.files import paper, submit
from tests.territories.factories import DepartementFactory, TerritoryFactory


@pytest.fixture
def departement(db):
    return DepartementFactory(name="Seine-Maritime", code="76")


@pytest.fixture
def candidacy(departement, at):
    """Rouen, under review since ten days."""
    found = CandidacyFactory(
        status=Status.UNDER_REVIEW, status_since=at - timedelta(days=9),
        organisation__territory=TerritoryFactory(departement=departement, name="Rouen", population=116331),
    )  # fmt: skip
    submit(found, at=at - timedelta(days=10))
    return Candidacy.objects.get(pk=found.pk)


@pytest.fixture
def people(candidacy, departement):
    """One person of each role, all strangers to one another."""
    adviser = national(Role.ADVISER)
    Candidacy.objects.filter(pk=candidacy.pk).update(adviser=adviser)
    candidacy.adviser = adviser
    return SimpleNamespace(
        lead=lead_of(candidacy.organisation),
        elected=member_of(candidacy.organisation, Role.ELECTED),
        contributor=member_of(candidacy.organisation, Role.CONTRIBUTOR),
        signatory=member_of(candidacy.organisation, Role.SIGNATORY),
        adviser=adviser,
        manager=national(Role.MANAGER),
        expert=national(Role.EXPERT),
        safeguarding=national(Role.SAFEGUARDING),
        head=of_delegation(Role.HEAD, covers=[departement]),
        volunteer=of_delegation(Role.VOLUNTEER, covers=[departement]),
        volunteer_elsewhere=of_delegation(Role.VOLUNTEER, covers=[DepartementFactory(name="Eure", code="27")]),
        lead_elsewhere=lead_of(CollectiviteFactory()),
        stranger=UserFactory(),
    )


INSIDE = {"lead", "elected", "contributor", "signatory", "adviser", "manager", "head", "volunteer"}
"""Those who see the file while it is under review."""


@pytest.fixture
def today(at, time_machine):
    time_machine.move_to(at, tick=False)


@pytest.fixture
def opinion(candidacy, people, at):
    return opinions.ask(
        candidacy=candidacy, asked_of=people.expert, question="Réel ?", is_confidential=True,
        due_on=at.date() + timedelta(days=9), by=people.adviser, at=at - timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def everything(candidacy, people, opinion, at):
    """A file where each object of the instruction exists."""
    joined = paper(at=at)
    submit(candidacy, at=at, documents={"deliberation": [joined]})
    message = messages.write(candidacy=candidacy, text="Une question", by=people.lead, at=at)
    act, _left = assignments.take_over(
        absent=people.adviser, taker=people.manager, candidacies=[candidacy], by=people.manager, at=at
    )
    return {
        "public_id": candidacy.public_id, "file_id": joined["file"], "message_id": message.public_id,
        "person": people.adviser.public_id,
        "opinion_id": opinion.public_id, "batch": act.batch,
    }  # fmt: skip
