"""Who may open a session, for which place, until when; who runs it afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest

from marelle.accounts.enums import Kind, Role, StructureKind
from marelle.accounts.models import Coverage
from marelle.ballots.enums import Mode, StationState
from marelle.core.rules import NotNow
from marelle.participation.enums import ConsultationState, Level
from marelle.participation.rules import sessions as rules
from tests.accounts.factories import (
    LONG_AGO,
    CollectiviteFactory,
    DelegationFactory,
    NationalTeamFactory,
    OrganisationFactory,
    UserFactory,
    member_of,
)
from tests.participation.factories import ConsultationFactory
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)


@pytest.fixture
def here():
    """A commune, in its intercommunalité, in its département."""
    home = DepartementFactory(name="Seine-Maritime")
    return TerritoryFactory(name="Yvetot", departement=home, epci=EpciFactory(departement=home))


@pytest.fixture
def elsewhere():
    return TerritoryFactory(name="Brive", departement=DepartementFactory(name="Corrèze"))


def structure(territory):
    return OrganisationFactory(
        kind=Kind.STRUCTURE, structure_kind=StructureKind.LEISURE, name="Les Tilleuls", territory=territory
    )


def delegation(*territories):
    made = DelegationFactory()
    for territory in territories:
        Coverage.objects.create(delegation=made, territory=territory, starts_on=LONG_AGO)
    return made


@pytest.fixture
def consultations(here):
    """One of each level, each about where « here » is."""
    team = NationalTeamFactory()
    return {
        "local": ConsultationFactory(
            organisation=CollectiviteFactory(territory=here), state=ConsultationState.DRAFT, stewards=False
        ),
        "departmental": ConsultationFactory(
            level=Level.DEPARTMENTAL,
            organisation=delegation(here.departement),
            territory=here.departement,
            stewards=False,
        ),
        "national": ConsultationFactory(level=Level.NATIONAL, organisation=team, territory=None, stewards=False),
    }


@pytest.fixture
def people(here, elsewhere, consultations):
    town, team = consultations["local"].organisation, consultations["national"].organisation
    return {
        "lead": member_of(town, Role.LEAD),
        "elected": member_of(town, Role.ELECTED),
        "contributor": member_of(town, Role.CONTRIBUTOR),
        "mayor": member_of(town, Role.SIGNATORY),
        "teacher here": member_of(structure(here), Role.FACILITATOR),
        "director here": member_of(structure(here), Role.DIRECTOR),
        "teacher elsewhere": member_of(structure(elsewhere), Role.FACILITATOR),
        "teacher who left": member_of(structure(here), Role.FACILITATOR, ends_on=DAY),
        "lead elsewhere": member_of(CollectiviteFactory(territory=elsewhere), Role.LEAD),
        "head here": member_of(delegation(here.departement), Role.HEAD),
        "volunteer here": member_of(delegation(here.departement), Role.VOLUNTEER),
        "volunteer elsewhere": member_of(delegation(elsewhere.departement), Role.VOLUNTEER),
        "manager": member_of(team, Role.MANAGER),
        "expert": member_of(team, Role.EXPERT),
        "safeguarding": member_of(team, Role.SAFEGUARDING),
        "somebody": UserFactory(),
    }


OF_THE_TOWN = {"lead", "elected", "contributor", "mayor", "teacher here", "director here"}
MAY_OPEN = {
    "local": OF_THE_TOWN,
    "departmental": OF_THE_TOWN | {"head here", "volunteer here"},
    "national": OF_THE_TOWN
    | {"head here", "volunteer here", "teacher elsewhere", "lead elsewhere", "volunteer elsewhere", "manager"},
}


@pytest.mark.parametrize("level", MAY_OPEN)
def test_who_may_open_a_session(people, consultations, level):
    consultation = consultations[level]
    consultation.state = ConsultationState.OPEN
    assert {who for who, user in people.items() if rules.can_open(user, consultation, on=DAY)} == MAY_OPEN[level]


def test_a_refusal_says_to_whom_it_falls(people, consultations):
    consultations["local"].state = ConsultationState.OPEN
    answer = rules.can_open(people["teacher elsewhere"], consultations["local"], on=DAY)
    assert "Yvetot" in answer.reason
    assert not isinstance(answer, NotNow)


@pytest.mark.parametrize(
    ("state", "day", "allowed"),
    [
        (ConsultationState.DRAFT, DAY, False),
        (ConsultationState.OPEN, DAY, True),
        (ConsultationState.OPEN, date(2026, 11, 20), True),
        (ConsultationState.OPEN, date(2026, 12, 18), True),
        (ConsultationState.OPEN, date(2026, 11, 19), False),
        (ConsultationState.OPEN, date(2026, 12, 19), False),
        (ConsultationState.CLOSED, DAY, False),
        (ConsultationState.ANSWERED, DAY, False),
        (ConsultationState.CANCELLED, DAY, False),
    ],
)
def test_a_consultation_takes_sessions_between_its_days(consultations, state, day, allowed):
    consultation = consultations["local"]
    consultation.state = state
    answer = rules.is_open(consultation, on=day)
    assert bool(answer) is allowed
    assert allowed or isinstance(answer, NotNow)


@pytest.mark.parametrize("mode", Mode)
def test_an_open_link_is_for_those_who_carry_the_consultation(people, consultations, mode):
    may = {who for who in OF_THE_TOWN if rules.can_use(people[who], consultations["local"], mode)}
    assert may == (OF_THE_TOWN - {"teacher here", "director here"} if mode == Mode.LINK else OF_THE_TOWN)


@pytest.mark.parametrize(
    ("who", "level", "place", "allowed"),
    [
        ("lead", "local", "here", True),
        ("lead", "local", "elsewhere", False),
        ("lead", "local", None, False),
        ("teacher here", "national", "here", True),
        ("teacher here", "national", "neighbour", True),
        ("teacher here", "national", "elsewhere", False),
        ("teacher here", "local", "neighbour", False),
        ("lead", "national", "neighbour", False),
        ("volunteer here", "departmental", "neighbour", True),
        ("volunteer here", "departmental", "elsewhere", False),
        ("volunteer here", "national", "elsewhere", False),
        ("volunteer here", "national", None, True),
        ("manager", "national", None, True),
        ("manager", "national", "elsewhere", True),
    ],
)
def test_for_which_place_a_group_counts(people, consultations, here, elsewhere, who, level, place, allowed):
    places = {"here": here, "elsewhere": elsewhere, "neighbour": TerritoryFactory(departement=here.departement)}
    consultation = consultations[level]
    house = people[who].memberships.get().organisation
    answer = rules.can_count_for(people[who], consultation, house, places.get(place))
    assert bool(answer) is allowed
    assert allowed or answer.reason


@pytest.mark.parametrize(
    ("closes_at", "allowed"),
    [
        (None, True),
        (datetime(2026, 11, 24, 18, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 9, tzinfo=UTC), False),
        (datetime(2026, 12, 18, 22, 59, tzinfo=UTC), True),  # one minute to midnight in Paris
        (datetime(2026, 12, 18, 23, 30, tzinfo=UTC), False),
    ],
)
def test_how_long_a_session_may_last(consultations, at, closes_at, allowed):
    assert bool(rules.can_last(consultations["local"], closes_at, at=at)) is allowed


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24T08:00", "2026-11-24T18:00"),  # seven in the evening in Paris
        ("2026-11-24T17:30", "2026-11-24T19:30"),  # two hours at least
        ("2026-11-24T22:00", "2026-11-24T22:59"),  # not past midnight
        ("2026-11-24T22:50", "2026-11-24T23:20"),  # but half an hour at least
        ("2026-12-18T22:50", "2026-12-18T22:59"),  # and never after the consultation
    ],
)
def test_a_session_stays_open_until_this_evening(consultations, now, until):
    def moment(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert rules.until(moment(now), consultations["local"]) == moment(until)


def test_who_runs_a_session(group, teacher, head, lead, school, at):
    gone = member_of(school, Role.FACILITATOR, ends_on=at.date())
    stranger = UserFactory()
    assert [bool(rules.can_run(one, group)) for one in (teacher, head, lead, gone, stranger)] == [
        True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "closed", "consultation_state", "allowed"),
    [
        (StationState.CLOSED, timedelta(hours=-1), ConsultationState.OPEN, True),
        (StationState.CLOSED, timedelta(hours=-14), ConsultationState.OPEN, False),
        (StationState.SETTLED, timedelta(hours=-1), ConsultationState.OPEN, False),
        (StationState.CLOSED, timedelta(hours=-1), ConsultationState.CLOSED, False),
    ],
)
def test_a_session_reopens_the_same_day(group, teacher, at, state, closed, consultation_state, allowed):
    group.station.state, group.station.closed_at = state, at + closed
    group.consultation.state = consultation_state
    answer = rules.can_reopen(teacher, group, at=at)
    assert bool(answer) is allowed
    assert allowed or isinstance(answer, NotNow)
