"""One consultation of a town: two classes and a leisure centre have answered, it is closed."""

from types import SimpleNamespace

import pytest

from marelle.ballots.actions import bundles
from marelle.ballots.enums import Gathering, Mode
from marelle.participation.actions import consultations
from marelle.participation.actions import results as actions
from marelle.participation.enums import VerbatimState
from marelle.participation.models import Verbatim
from tests.accounts.factories import UserFactory
from tests.participation.factories import AT, open_consultation, session_of

CELLS = {
    "aime": {"1": 2, "4": 8, "5": 10},
    "manque": {"arbres": 15, "bancs": 4, "jeux": 11},
    "ordre": {"ombre@1": 12, "eau@1": 5, "calme@1": 3, "eau@2": 10, "ombre@2": 6, "calme@2": 4},
    "seul": {"yes": 6, "no": 14},
}


def answered(session, *, sheets, cells=CELLS, band="6-8", at=AT):
    """A group that answered on paper: as many children as sheets."""
    bundle = bundles.enter(station=session.station, age_band=band, sheets=sheets, cells=cells, at=at)
    bundles.confirm(bundle=bundle, sheets=sheets, by=session.opened_by, at=at)
    return session


def words(session, text, state=VerbatimState.APPROVED, **fields):
    """What a child of the group wrote, already read."""
    approved = {"wording": text} if state == VerbatimState.APPROVED else {}
    refused = {"reason": "hurtful"} if state == VerbatimState.REFUSED else {}
    read = {} if state == VerbatimState.WAITING else {"moderated_at": AT, "moderated_by": session.opened_by}
    return Verbatim.objects.create(
        session=session, question="quoi", text=text, arrived_on=AT.date(), state=state, **approved, **refused, **read,
        **fields,
    )  # fmt: skip


def closed(consultation, at=AT):
    return consultations.close(consultation=consultation, by=consultation.created_by, at=at)


def published(consultation, at=AT):
    actions.prepare(consultation=consultation, by=consultation.created_by, at=at)
    return actions.publish(consultation=consultation, by=consultation.created_by, at=at)


@pytest.fixture
def town(db):
    """The consultation, its groups, its people."""
    consultation = open_consultation()
    teacher = UserFactory()
    classes = [session_of(consultation, roll=25, mode=Mode.PAPER, opened_by=teacher) for _ in range(2)]
    centre = session_of(consultation, roll=25, mode=Mode.PAPER, gathering=Gathering.LEISURE, title="Les Lucioles")
    few = session_of(consultation, roll=25, mode=Mode.PAPER, title="Conseil", gathering=Gathering.COUNCIL)
    for one in classes:
        answered(one, sheets=22)
    answered(centre, sheets=20, band="9-12")
    answered(few, sheets=3, cells={"seul": {"yes": 1}}, band="9-12")
    words(classes[0], "Plus d’arbres pour Léo")
    words(classes[0], "Un mot refusé", VerbatimState.REFUSED)
    words(classes[0], "Un mot à relire", VerbatimState.WAITING)
    return SimpleNamespace(
        consultation=closed(consultation),
        lead=consultation.created_by,
        teacher=teacher,
        classes=classes,
        few=few,
        stranger=UserFactory(),
    )


@pytest.fixture
def shown(town):
    """The same, published."""
    town.publication = published(town.consultation)
    town.consultation.refresh_from_db()
    return town
