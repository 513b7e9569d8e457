import pytest

from marelle.accounts.enums import Kind, Role, StructureKind
from marelle.ballots.actions import casting, opening
from marelle.ballots.enums import Gathering, Mode
from marelle.participation.actions import candidates, elections
from marelle.participation.models import Election
from tests.accounts.factories import CollectiviteFactory, OrganisationFactory, lead_of, member_of
from tests.participation.councils.factories import CouncilFactory, TermFactory

PICTOS = ("1F431", "1F436", "1F43B", "1F981", "1F42D")
NAMES = ("Ana", "Bilal", "Chloé", "Driss", "Emma")


@pytest.fixture
def rouen(db):
    return CollectiviteFactory(territory__name="Rouen")


@pytest.fixture
def lead(rouen):
    return lead_of(rouen)


@pytest.fixture
def council(rouen):
    return CouncilFactory(organisation=rouen, name="Conseil d’enfants de Rouen")


@pytest.fixture
def term(council):
    return TermFactory(council=council)


@pytest.fixture
def teacher(rouen):
    """Opens classes in a school of the town."""
    school = OrganisationFactory(
        kind=Kind.STRUCTURE, structure_kind=StructureKind.SCHOOL, name="École Jean-Zay", territory=rouen.territory
    )
    return member_of(school, Role.FACILITATOR)


@pytest.fixture
def prepared(council, lead, at):
    """`prepared(candidates=3, seats=2, votes_each=1)`: nothing is missing but to open it."""

    def make(*, candidates_=3, seats=2, votes_each=1, **fields) -> Election:
        election = elections.create(
            council=council, title="Élection du conseil", seats=seats, votes_each=votes_each,
            starts_on=fields.get("starts_on", at.date()), ends_on=fields.get("ends_on", at.date()), by=lead, at=at,
        )  # fmt: skip
        for name, picto in zip(NAMES[:candidates_], PICTOS, strict=False):
            candidates.add(
                election=election, first_name=name, school="CM1", picto=picto, promise="Plus de jeux",
                has_consent=True, by=lead, at=at,
            )  # fmt: skip
        return Election.objects.get(pk=election.pk)

    return make


@pytest.fixture
def opened(prepared, lead, at):
    def make(**fields):
        return elections.open_vote(election=prepared(**fields), by=lead, at=at)

    return make


@pytest.fixture
def vote(lead, at):
    """`vote(election, ["Ana"], ["Bilal"], [])`: a class whose children each send that."""

    def cast(election, *ballots, mode=Mode.SHARED, by=None):
        organisation = (by or lead).memberships.get().organisation
        session = elections.open_class(
            election=election, organisation=organisation, title="CM1", mode=mode, gathering=Gathering.SCHOOL,
            roll=len(ballots) + 1, by=by or lead, at=at,
        )  # fmt: skip
        keys = {one.first_name: one.key for one in election.candidates.all()}
        for number, names in enumerate(ballots):
            answers = {"candidates": [keys[name] for name in names]}
            casting.cast(
                station=session.station,
                answers=answers,
                words={},
                sending=f"sending-number-{session.pk:06}-{number:06}",
                at=at,
            )
        opening.open_waiting(station=session.station, at=at)
        return session

    return cast


@pytest.fixture
def counted(opened, vote, lead, at):
    """`counted(["Ana"], ["Ana"], ["Bilal"], seats=1)`: closed, not announced."""

    def make(*ballots, **fields):
        election = opened(**fields)
        vote(election, *ballots)
        return elections.close(election=election, by=lead, at=at)

    return make
