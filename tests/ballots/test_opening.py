"""Envelopes are opened together; tallies add up; paper and online make one statement."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marelle.ballots.actions import boxes, bundles, opening, stations
from marelle.ballots.enums import Mode, Scope
from marelle.ballots.models import Ballot, Bundle, Envelope, Tally
from marelle.ballots.paper import ANSWERED, Unreadable, added, counted, paper_of
from marelle.ballots.queries.stations import statement
from marelle.ballots.queries.tallies import tallies, totals
from marelle.ballots.queries.verifying import verify
from marelle.ballots.signals import words_opened
from marelle.core.rules import Refused
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

from .factories import AT, PAPER, box, station, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return TerritoryFactory(departement=DepartementFactory(), epci=EpciFactory())


def test_four_envelopes_wait_and_the_fifth_opens_them_all():
    here = station()
    for _ in range(4):
        vote(here)
    assert opening.open_waiting(station=here, at=AT) == 0
    vote(here)
    assert opening.open_waiting(station=here, at=AT) == 5
    assert Ballot.objects.count() == 5
    assert not Envelope.objects.filter(sealed__isnull=False).exists()


def test_closing_a_group_counts_it_in_the_background(commit):
    here = station()
    for _ in range(6):
        vote(here)
    with commit():
        stations.close(station=here, by=None, at=AT)
    assert statement(here).counted == 6


def test_however_few_they_are_opened_when_the_numbers_are_settled():
    here = station()
    vote(here)
    here = stations.close(station=here, by=None, at=AT)
    here = stations.settle(station=here, by=None, at=AT)
    assert statement(here).counted == 1
    assert (here.unused, here.tickets.count()) == (27, 0)


def test_a_group_counts_for_its_town_its_intercommunalite_its_departement_and_the_nation(town):
    here = station(territory=town)
    for _ in range(5):
        vote(here, {"mood": "good", "games": ["ball"], "order": ["water", "tree"]})
    opening.open_waiting(station=here, at=AT)
    places = {
        (Scope.NATION, ""), (Scope.DEPARTEMENT, town.departement.code), (Scope.EPCI, town.epci.code),
        (Scope.COMMUNE, town.code), (Scope.STATION, here.public_id),
    }  # fmt: skip
    assert {(t.scope, t.place) for t in Tally.objects.all()} == places
    for scope, place in places:
        (tally,) = tallies(here.box, scope=scope, place=place)
        assert (tally.ballots, tally.age_band) == (5, "9-12")
        assert tally.cells["order"] == {"*": 5, "water@1": 5, "tree@2": 5}
    assert totals(here.box, scope=Scope.COMMUNE) == {town.code: 5}


def test_the_age_a_child_gave_wins_over_the_groups():
    here = station(age_band="9-12")
    for age in ("6-8", "6-8", "9-12", "", ""):
        vote(here, {"age": age})
    opening.open_waiting(station=here, at=AT)
    assert {t.age_band: t.ballots for t in tallies(here.box, scope=Scope.NATION)} == {"6-8": 2, "9-12": 3}


def test_words_leave_their_envelopes_in_no_order_and_never_enter_a_ballot():
    here, heard = station(roll=40), []
    for number in range(30):
        vote(here, words={"why": f"mot {number:02d}"})
    take = lambda sender, station, words, at, **news: heard.extend(words)  # noqa: E731
    words_opened.connect(take)
    try:
        opening.open_waiting(station=here, at=AT)
    finally:
        words_opened.disconnect(take)
    assert sorted(heard) == [("why", f"mot {number:02d}") for number in range(30)]
    assert heard != sorted(heard)
    assert all("mot" not in str(ballot.answers) for ballot in Ballot.objects.all())


def test_an_envelope_changed_by_hand_stays_sealed_and_shows():
    here = station()
    for _ in range(6):
        vote(here)
    spoiled = Envelope.objects.first()
    Envelope.objects.filter(pk=spoiled.pk).update(sealed=b"x" * 300)
    assert opening.open_waiting(station=here, at=AT) == 5
    assert statement(here).waiting == 1


def test_envelopes_that_cannot_be_opened_are_no_company_for_one_that_can():
    here = station()
    for _ in range(4):
        vote(here)
    Envelope.objects.update(sealed=b"x" * 300)  # Or the installation lost the secret that sealed them.
    vote(here)
    assert opening.open_waiting(station=here, at=AT) == 0
    assert not Ballot.objects.exists()


def test_an_envelope_put_in_another_station_does_not_open():
    here = station()
    for _ in range(6):
        vote(here)
    there = station(into=here.box)
    Envelope.objects.filter(pk=Envelope.objects.first().pk).update(station=there)
    stations.settle(station=stations.close(station=there, by=None, at=AT), by=None, at=AT)
    assert statement(there).counted == 0


class TestPaper:
    CELLS = {"mood": {"good": 20, "bad": 6}, "games": {"ball": 12, "rope": 3}, "order": {"tree@1": 10, "bench@2": 4}}

    def test_sheets_count_once_confirmed(self, town):
        here = station(territory=town, mode=Mode.PAPER)
        bundle = bundles.enter(station=here, age_band="", sheets=27, cells=self.CELLS, at=AT)
        assert statement(here).answered == 0
        bundles.confirm(bundle=bundle, sheets=27, by=None, at=AT)
        here.refresh_from_db()
        stand = statement(here)
        assert (stand.sheets, stand.left, stand.adds_up) == (27, 1, True)
        (tally,) = tallies(here.box, scope=Scope.COMMUNE, place=town.code)
        assert tally.ballots == 27
        assert tally.cells["mood"] == {"*": 26, "bad": 6, "good": 20}

    def test_one_sheet_too_many_is_refused_and_explained(self):
        here = station(mode=Mode.TICKETS)
        for _ in range(3):
            vote(here)
        bundle = bundles.enter(station=here, age_band="", sheets=26, cells={}, at=AT)
        with pytest.raises(Refused) as refused:
            bundles.confirm(bundle=bundle, sheets=26, by=None, at=AT)
        assert "28 enfants" in refused.value.reason
        assert "25 feuilles au plus" in refused.value.reason
        assert statement(here).sheets == 0

    def test_a_second_count_that_differs_is_refused(self):
        bundle = bundles.enter(station=station(), age_band="", sheets=10, cells={}, at=AT)
        with pytest.raises(Refused, match="10 feuilles"):
            bundles.confirm(bundle=bundle, sheets=11, by=None, at=AT)

    def test_confirmed_sheets_are_neither_confirmed_again_nor_dropped(self):
        bundle = bundles.enter(station=station(), age_band="", sheets=10, cells={}, at=AT)
        bundles.confirm(bundle=bundle, sheets=10, by=None, at=AT)
        with pytest.raises(Refused):
            bundles.confirm(bundle=bundle, sheets=10, by=None, at=AT)
        with pytest.raises(Refused):
            bundles.drop(bundle=bundle, by=None, at=AT)
        assert Bundle.objects.count() == 1

    @pytest.mark.parametrize(
        ("cells", "fault"),
        [
            ({"mood": {"good": 6, "bad": 5}}, "mood"),
            ({"games": {"ball": 11}}, "games"),
            ({"games": {"ball": 8, "rope": 8, "marbles": 8}}, "games"),
            ({"order": {"tree@1": 6, "bench@1": 5}}, "order"),
            ({"order": {"tree@1": 6, "tree@2": 5}}, "order"),
            ({"mood": {"nothing": 1}}, "mood"),
            ({"mood": {"good": -1}}, "mood"),
            ({"elsewhere": {"good": 1}}, "elsewhere"),
        ],
    )
    def test_counts_that_cannot_come_from_ten_sheets_name_their_question(self, cells, fault):
        with pytest.raises(Unreadable) as unreadable:
            paper_of(PAPER).bundle(cells, 10)
        assert unreadable.value.args[1] == fault


class TestVerify:
    def test_everything_adds_up(self, town):
        urn = box()
        first, second = station(urn, territory=town), station(urn, mode=Mode.SHARED, age_band="6-8")
        link = station(urn, mode=Mode.LINK, gathering="online")
        for here in (first, second, link):
            for number in range(7):
                vote(here, {"mood": "good" if number % 2 else "bad", "games": ["ball", "rope"]})
            opening.open_waiting(station=here, at=AT)
        vote(first)
        bundles.confirm(
            bundle=bundles.enter(station=first, age_band="6-8", sheets=4, cells={"mood": {"bad": 2}}, at=AT),
            sheets=4, by=None, at=AT,
        )  # fmt: skip
        (sums,) = verify()
        assert sums.findings == ()
        assert (sums.used_slots, sums.link_sendings, sums.sheets, sums.waiting, sums.ballots) == (15, 7, 4, 1, 25)
        boxes.close(box=urn, by=None, at=AT)
        (sums,) = verify(urn)
        assert (sums.findings, sums.ballots, sums.waiting) == ((), 26, 0)

    @pytest.mark.parametrize("crime", ["a ballot added", "a ballot removed", "a tally raised", "a slot given back", "a ballot changed"])  # fmt: skip
    def test_what_somebody_changed_by_hand_shows(self, crime):
        here = station()
        for _ in range(6):
            vote(here)
        opening.open_waiting(station=here, at=AT)
        if crime == "a ballot added":
            Ballot.objects.create(station=here, answers={"mood": "good"})
        elif crime == "a ballot removed":
            Ballot.objects.first().delete()
        elif crime == "a tally raised":
            Tally.objects.filter(scope=Scope.NATION).update(ballots=7)
        elif crime == "a slot given back":
            here.tickets.create(code="47-47-47")
        else:
            ballot = Ballot.objects.first()
            ballot.answers = {"mood": "bad"}
            ballot.save()
        assert not verify()[0].holds


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "age": st.sampled_from(["6-8", "9-12"]),
        "mood": st.sampled_from(["good", "bad"]),
        "games": st.lists(st.sampled_from(["ball", "rope", "marbles"]), min_size=1, max_size=2, unique=True),
        "order": st.permutations(["tree", "bench", "water"]).flatmap(
            lambda order: st.integers(1, 3).map(lambda kept: order[:kept])
        ),
    },
)


@given(st.lists(ANSWERS, max_size=20), st.integers(0, 20), st.randoms())
def test_a_count_is_the_same_in_any_order_and_however_it_is_cut(ballots, cut, chance):
    paper = paper_of(PAPER)
    whole = counted(paper, ballots)
    shuffled = list(ballots)
    chance.shuffle(shuffled)
    assert counted(paper, shuffled) == whole
    assert added(counted(paper, ballots[:cut]), counted(paper, ballots[cut:])) == whole


@given(st.lists(ANSWERS, max_size=20))
def test_ranking_counts_each_place_at_most_once_a_ballot(ballots):
    paper = paper_of(PAPER)
    order = counted(paper, ballots).get("order", {})
    ranked = [one["order"] for one in ballots if one.get("order")]
    assert order.get(ANSWERED, 0) == len(ranked)
    for place in (1, 2, 3):
        at_place = sum(n for cell, n in order.items() if cell.endswith(f"@{place}"))
        assert at_place == sum(len(one) >= place for one in ranked)
    for choice in ("tree", "bench", "water"):
        assert sum(n for cell, n in order.items() if cell.startswith(choice)) == sum(choice in one for one in ranked)


@given(st.lists(ANSWERS, max_size=20))
def test_what_can_be_counted_from_ballots_can_be_typed_from_paper(ballots):
    """A tally sheet says exactly what the same sheets sent online would."""
    paper = paper_of(PAPER)
    if ballots:
        cells = counted(paper, ballots)
        typed = {q: {c: n for c, n in one.items() if c != ANSWERED or q == "games"} for q, one in cells.items()}
        whole = paper.bundle(typed, len(ballots))
        for question in ("age", "mood", "games"):
            assert whole.get(question) == cells.get(question)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(ANSWERS, st.sampled_from(list(Mode))), min_size=1, max_size=25))
def test_tallies_always_equal_a_fresh_count(town, children):
    urn = box()
    groups = {mode: station(urn, mode=mode, roll=30, territory=town) for mode in Mode}
    votes = Counter()
    for answers, mode in children:
        if mode == Mode.PAPER:
            continue
        vote(groups[mode], answers)
        votes[mode] += 1
    boxes.close(box=urn, by=None, at=AT)
    (sums,) = verify(urn)
    assert sums.findings == ()
    assert sums.ballots == sum(votes.values())
