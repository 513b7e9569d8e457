"""The written rule, held by Hypothesis: seats respected, names do not matter, one voice more never costs a seat."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marelle.participation.definition.electing import outcome

VOTES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 6), max_size=8)
SEATS = st.integers(1, 6)
any_speed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("votes", "seats", "sure", "tied", "to_draw"),
    [
        ({"a": 3, "b": 2, "c": 1}, 2, "ab", "", 0),
        ({"a": 3, "b": 2, "c": 2}, 2, "a", "bc", 1),
        ({"a": 1, "b": 1, "c": 1}, 2, "", "abc", 2),
        ({"a": 3, "b": 0, "c": 0}, 2, "a", "", 0),  # nobody is elected without a voice
        ({"a": 2, "b": 2}, 2, "ab", "", 0),  # level, and a seat for each
        ({}, 1, "", "", 0),
    ],
)
def test_the_rule(votes, seats, sure, tied, to_draw):
    found = outcome(votes, seats)
    assert (found.sure, found.tied, found.to_draw) == ({*sure}, {*tied}, to_draw)


@any_speed
@given(VOTES, SEATS)
def test_as_many_as_there_are_seats_and_voices(votes, seats):
    found = outcome(votes, seats)
    with_a_voice = sum(count > 0 for count in votes.values())
    assert len(found.sure) + found.to_draw == min(seats, with_a_voice)
    assert not found.sure & found.tied
    assert found.to_draw < len(found.tied) or not found.tied
    assert all(votes[key] > 0 for key in found.sure | found.tied)


@any_speed
@given(VOTES, SEATS)
def test_nobody_is_passed_by_someone_with_fewer_voices(votes, seats):
    found = outcome(votes, seats)
    inside, level = found.sure, found.tied
    outside = {*votes} - inside - level
    assert all(votes[a] > votes[b] for a in inside for b in level)
    assert all(votes[a] > votes[b] for a in inside | level for b in outside)
    assert len({votes[key] for key in level}) <= 1


@any_speed
@given(VOTES, SEATS, st.permutations("abcdefgh"), st.randoms(use_true_random=False))
def test_neither_names_nor_order_matter(votes, seats, names, random):
    renamed = dict(zip("abcdefgh", names, strict=True))
    rows = [(renamed[key], count) for key, count in votes.items()]
    random.shuffle(rows)
    found, other = outcome(votes, seats), outcome(dict(rows), seats)
    assert {renamed[key] for key in found.sure} == other.sure
    assert {renamed[key] for key in found.tied} == other.tied


@any_speed
@given(VOTES.filter(bool), SEATS, st.data())
def test_one_voice_more_never_costs_a_seat(votes, seats, data):
    who = data.draw(st.sampled_from(sorted(votes)))
    before, after = outcome(votes, seats), outcome(votes | {who: votes[who] + 1}, seats)
    if who in before.sure:
        assert who in after.sure
    if who in before.tied:
        assert who in after.sure


@any_speed
@given(VOTES, SEATS, st.sets(st.sampled_from("abcdefgh")))
def test_lots_settle_a_tie_and_nothing_else(votes, seats, drawn):
    found = outcome(votes, seats, drawn)
    assert found.elected == found.sure | found.drawn
    assert found.drawn <= found.tied
    if found.is_settled and found.tied:
        assert len(found.elected) == seats
    if found.drawn:
        assert found.drawn == drawn
