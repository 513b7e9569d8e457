"""The laws of the clock, stated and searched for counter-examples; then the clock of a real file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marelle.programme.actions import candidacies, commission
from marelle.programme.enums import IN_INSTRUCTION, Status
from marelle.programme.models import Candidacy, Correction
from marelle.programme.queries.clock import clock, reckon, with_clock
from tests.accounts.factories import national
from tests.programme.factories import CandidacyFactory
from tests.programme.instruction.files import submit

DAY0 = date(2027, 1, 4)


def day(n):
    return DAY0 + timedelta(days=n)


def stops_of(pairs):
    return [(day(begins), None if length is None else day(begins + length)) for begins, length in pairs]


stops = st.lists(st.tuples(st.integers(-20, 120), st.none() | st.integers(0, 60)), max_size=6).map(stops_of)
days = st.integers(-10, 200).map(day)
ends = st.none() | st.integers(0, 200).map(day)


def read(some_stops, on, ended_on=None, allowed=90):
    return reckon(started_on=DAY0, days_allowed=allowed, stops=some_stops, on=on, ended_on=ended_on)


@given(stops, days, ends)
def test_time_used_and_time_stopped_are_never_negative_and_make_the_time_elapsed(some_stops, on, ended_on):
    one = read(some_stops, on, ended_on)
    assert one.days_used >= 0
    assert one.days_stopped >= 0
    assert one.days_used + one.days_stopped == (one.read_on - DAY0).days


@given(stops, days, ends, st.randoms())
def test_the_order_of_the_stops_changes_nothing(some_stops, on, ended_on, random):
    shuffled = list(some_stops)
    random.shuffle(shuffled)
    assert read(shuffled, on, ended_on) == read(some_stops, on, ended_on)


@given(stops, days, ends, st.integers(-20, 120), st.none() | st.integers(0, 60))
def test_one_more_stop_never_uses_more_time(some_stops, on, ended_on, begins, length):
    more = read(some_stops + stops_of([(begins, length)]), on, ended_on)
    less = read(some_stops, on, ended_on)
    assert more.days_used <= less.days_used
    assert more.due_on >= less.due_on


@given(stops, days, ends)
def test_a_stop_told_twice_counts_once(some_stops, on, ended_on):
    assert read(some_stops + some_stops, on, ended_on) == read(some_stops, on, ended_on)


@given(stops, st.integers(0, 200), ends)
def test_a_day_later_at_most_one_more_day_is_used(some_stops, n, ended_on):
    today, tomorrow = read(some_stops, day(n), ended_on), read(some_stops, day(n + 1), ended_on)
    assert today.days_used <= tomorrow.days_used <= today.days_used + 1


@given(stops, st.integers(0, 200))
def test_it_is_overdue_from_the_day_after_it_is_due(some_stops, n):
    one = read(some_stops, day(n))
    assert one.is_overdue == (one.read_on > one.due_on)


@given(st.integers(0, 100), st.integers(0, 100))
def test_while_it_stands_still_no_time_is_used(begins, later):
    still = [(day(begins), None)]
    assert read(still, day(begins + later)).days_used == read(still, day(begins)).days_used
    assert read(still, day(begins + later)).is_stopped


def test_a_review_of_ninety_days_stopped_for_ten():
    one = read([(day(20), day(30))], day(50))
    assert (one.days_used, one.days_stopped, one.due_on, one.is_stopped) == (40, 10, day(100), False)


# --- A real file ---------------------------------------------------------------------------------------------


@pytest.fixture
def candidacy(db):
    found = CandidacyFactory(status=Status.UNDER_REVIEW)
    submit(found, at=datetime(2027, 1, 4, 9, tzinfo=UTC))
    return found


def ask(candidacy, asked, closed=None, *, stops_clock):
    return Correction.objects.create(
        candidacy=candidacy, after=candidacy.submissions.first(), stops_clock=stops_clock, due_on=day(60),
        asked_at=asked, asked_by=candidacy.opened_by, closed_at=closed,
    )  # fmt: skip


def test_the_clock_starts_with_the_first_submission_not_the_last(candidacy):
    submit(candidacy, at=datetime(2027, 2, 1, 9, tzinfo=UTC))
    assert clock(candidacy, on=day(31)).days_used == 31


def test_a_correction_stops_it_only_when_it_says_so(candidacy):
    ask(candidacy, datetime(2027, 1, 14, 9, tzinfo=UTC), datetime(2027, 1, 24, 9, tzinfo=UTC), stops_clock=False)
    assert clock(candidacy, on=day(31)).days_stopped == 0
    ask(candidacy, datetime(2027, 1, 24, 9, tzinfo=UTC), stops_clock=True)
    assert clock(Candidacy.objects.get(), on=day(31)).days_stopped == 11


def test_it_ends_when_the_file_goes_to_the_commission(candidacy):
    candidacy.status, candidacy.status_since = Status.COMMISSION, datetime(2027, 1, 14, 9, tzinfo=UTC)
    one = clock(candidacy, on=day(200))
    assert (one.days_used, one.has_ended, one.is_overdue) == (10, True, False)


@pytest.mark.parametrize("status", Status)
def test_only_a_file_in_instruction_has_a_clock(candidacy, status):
    candidacy.status = status
    assert (clock(candidacy, on=day(1)) is not None) == (status in IN_INSTRUCTION)


@pytest.mark.django_db
def test_a_file_not_yet_submitted_has_none():
    assert clock(CandidacyFactory(status=Status.FILED), on=DAY0) is None


def test_a_midnight_in_paris_counts_as_the_day_in_paris(candidacy):
    """23:30 UTC on the 13th is the 14th in Paris."""
    ask(candidacy, datetime(2027, 1, 13, 23, 30, tzinfo=UTC), stops_clock=True)
    assert clock(candidacy, on=day(11)).days_stopped == 1


@pytest.mark.parametrize("count", [1, 5])
def test_a_list_of_clocks_costs_the_same_however_long(candidacy, count, django_assert_num_queries):
    for _ in range(count):
        submit(CandidacyFactory(status=Status.UNDER_REVIEW), at=datetime(2027, 1, 4, 9, tzinfo=UTC))
    with django_assert_num_queries(4):
        assert all(clock(one, on=day(3)) for one in with_clock(Candidacy.objects.all()))


def test_time_before_the_commission_does_not_count_when_the_file_comes_back(candidacy):
    """Sent on the 10th day, back on the 24th: those fourteen days were not the team's."""
    by = national()
    Candidacy.objects.filter(pk=candidacy.pk).update(status=Status.UNDER_REVIEW)
    commission.send_to_commission(
        candidacy=candidacy, commission_on=day(20), hearing_at=None, by=by, at=datetime(2027, 1, 14, 9, tzinfo=UTC)
    )
    commission.send_back(
        candidacy=candidacy, reason="Une pièce manque.", by=by, at=datetime(2027, 1, 28, 9, tzinfo=UTC)
    )
    found = Candidacy.objects.get(pk=candidacy.pk)
    one = clock(found, on=day(31))
    assert (one.days_used, one.days_stopped, one.has_ended, one.is_stopped) == (17, 14, False, False)
    assert found.review_due_on == one.due_on == day(90 + 14)


def test_a_second_stay_before_the_commission_ends_it_again(candidacy):
    by = national()
    Candidacy.objects.filter(pk=candidacy.pk).update(status=Status.UNDER_REVIEW)
    for sent, back in ((14, 18), (20, None)):
        commission.send_to_commission(
            candidacy=candidacy, commission_on=day(60), hearing_at=None, by=by,
            at=datetime(2027, 1, sent, 9, tzinfo=UTC),
        )  # fmt: skip
        if back:
            commission.send_back(candidacy=candidacy, reason="…", by=by, at=datetime(2027, 1, back, 9, tzinfo=UTC))
    one = clock(Candidacy.objects.get(pk=candidacy.pk), on=day(100))
    assert (one.days_used, one.days_stopped, one.has_ended) == (12, 4, True)


def test_withdrawing_a_file_under_correction_leaves_nothing_open(candidacy):
    ask(candidacy, datetime(2027, 1, 14, 9, tzinfo=UTC), stops_clock=True)
    Candidacy.objects.filter(pk=candidacy.pk).update(status=Status.CORRECTION, review_due_on=day(90))
    at = datetime(2027, 1, 20, 9, tzinfo=UTC)
    gone = candidacies.abandon(candidacy=candidacy, reason="Nous renonçons.", by=national(), at=at)
    assert candidacy.corrections.get().closed_at == at
    assert clock(gone, on=day(31)) is None
    assert gone.review_due_on is None
