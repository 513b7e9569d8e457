"""The promise of `marelle.ballots.suppression`, checked against a reader who knows everything but the answers.

In a small universe every world is gone through: all answers that so many children can have given. Worlds that lead to
the same publication are those that the reader cannot tell apart.
"""

from collections import defaultdict
from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marelle.ballots.suppression import (
    Asked,
    Plan,
    Unit,
    arranged,
    grouped,
    margin,
    published,
    sliced,
)

T = 3
SKIPPED = "skipped"
YES_NO = Asked("q", "one", ("yes", "no"))


def unit(key, ballots, cells=None, band="6-8", gathering="school", inside=("76540", "76", "")):
    return Unit(key, band, gathering, inside, ballots, cells or {})


def parts(total, boxes):
    """Every way to put `total` children into `boxes`."""
    if boxes == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in parts(total - first, boxes - 1))


def subsets(things):
    things = list(things)
    return chain.from_iterable(combinations(things, size) for size in range(1, len(things) + 1))


def publication(units, questions, salt):
    """All that a reader can ever see: the rows of every group, in a form that can be compared."""
    return tuple(
        (group.key, key, tuple(row.cells.items()), row.skipped, row.base)
        for group in published(units, questions, T, salt=salt)
        for key, row in group.rows.items()
    )


def check(worlds, counts_of, *, exempt=None):
    """`worlds`: (what is published, world). `counts_of(world)`: the counts a reader might look for, by name.

    With `exempt(world)`, answers that need no more than that no count be exact.
    """
    alike = defaultdict(list)
    for seen, world in worlds:
        alike[seen].append((counts_of(world), exempt(world) if exempt else ()))
    for some in alike.values():
        for name in some[0][0]:
            values = {counts[name] for counts, _ in some}
            if not values & set(range(1, T)):
                continue
            if exempt:
                assert len(values) > 1 or all(name[1] in alone for _, alone in some), f"{name} is exactly {values}"
            else:
                assert 0 in values or max(values) >= T, f"{name} is between 1 and {T - 1}: {values}"


# --- One group -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("salt", ["a", "b", "c", "d", "e"])
@pytest.mark.parametrize("children", range(3, 9))
@pytest.mark.parametrize("choices", [("yes", "no"), ("a", "b", "c")])
def test_a_question_with_one_answer(children, choices, salt):
    """Any answers taken together, the skipped ones and the complement of each included."""
    question = Asked("q", "one", choices)

    def worlds():
        for skipped, *counts in parts(children, len(choices) + 1):
            cells = {"q": dict(zip(choices, counts, strict=True))}
            yield (
                publication([unit("s", children, cells)], [question], salt),
                {SKIPPED: skipped, **cells["q"]},
            )

    check(worlds(), lambda world: {some: sum(world[one] for one in some) for some in subsets(world)})


@pytest.mark.parametrize("salt", ["a", "b", "c", "d"])
@pytest.mark.parametrize(
    ("children", "most"), [(4, 0), (6, 0), (3, 1), (4, 1), (4, 2), (6, 2), (8, 2), (9, 2), (10, 2), (13, 2)]
)
def test_a_question_with_several_answers(children, most, salt):
    """Each choice and those who did not take it, though the reader knows how many ticks were allowed."""
    question = Asked("q", "many", ("a", "b", "c"), most)

    def worlds():
        for counts in product(range(children + 1), repeat=3):
            if sum(counts) <= (most or 3) * children:
                cells = {"q": dict(zip("abc", counts, strict=True))}
                yield publication([unit("s", children, cells)], [question], salt), counts

    def counts_of(counts):
        return {(n, taken): c if taken else children - c for n, c in enumerate(counts) for taken in (True, False)}

    check(worlds(), counts_of)


@pytest.mark.parametrize("salt", ["a", "b", "c", "d"])
@pytest.mark.parametrize("children", [3, 5, 6])
@pytest.mark.parametrize("when", [{"yes"}, {"no"}, {"yes", "unknown"}])
def test_a_question_asked_only_to_some(children, when, salt):
    """Nobody answers the second who did not answer the first so: the reader knows it too."""
    first = Asked("q", "one", ("yes", "no", "unknown"))
    then = Asked("r", "one", ("a", "b"), of="q", when=frozenset(when))

    def worlds():
        for skipped, yes, no, unknown in parts(children, 4):
            given = {"yes": yes, "no": no, "unknown": unknown}
            asked = sum(given[one] for one in when)
            for not_said, a, b in parts(asked, 3):
                cells = {"q": given, "r": {"a": a, "b": b}}
                seen = publication([unit("s", children, cells)], [first, then], salt)
                yield seen, ({SKIPPED: skipped, **given}, {SKIPPED: not_said, "a": a, "b": b})

    def counts_of(world):
        return {
            (number, some): sum(answers[one] for one in some)
            for number, answers in enumerate(world)
            for some in subsets(answers)
        }

    check(worlds(), counts_of)


@pytest.mark.parametrize("salt", ["a", "b", "c"])
@pytest.mark.parametrize("children", [3, 5])
def test_a_question_asked_only_to_those_who_ticked_one_thing(children, salt):
    first = Asked("q", "many", ("a", "b"))
    then = Asked("r", "one", ("yes", "no"), of="q", when=frozenset({"a"}))

    def worlds():
        for a, b in product(range(children + 1), repeat=2):
            for not_said, yes, no in parts(a, 3):
                cells = {"q": {"a": a, "b": b}, "r": {"yes": yes, "no": no}}
                seen = publication([unit("s", children, cells)], [first, then], salt)
                yield seen, {"a": a, "b": b, "not a": children - a, "yes": yes, "no": no, SKIPPED: not_said}

    check(worlds(), dict)


# --- Several groups, and every table at once ------------------------------------------------------------------

UNIVERSES = {
    "two classes of a town": [unit("s1", 3), unit("s2", 4)],
    "a class of two ages": [unit("s1", 4, band="6-8"), unit("s1b", 3, band="9-12")],
    "a small age put with another town's": [
        unit("s1", 3, band="6-8"),
        unit("s1b", 1, band="9-12"),
        unit("s2", 2, band="9-12", inside=("76681", "76", "")),
    ],
    "two children alone join the smallest group": [
        unit("s1", 3),
        unit("s2", 4, gathering="leisure"),
        unit("s3", 2, band="13-15", gathering="street", inside=("",)),
    ],
}


@pytest.mark.parametrize("salt", ["a", "b"])
@pytest.mark.parametrize("name", UNIVERSES)
def test_no_set_of_tables_gives_a_small_count_away(name, salt):
    """Every union of sessions, ages, towns and parts of them: totals, differences of filters, complements."""
    units = UNIVERSES[name]
    groups = [{one.key for one in group.units} for group in grouped(units, T)]

    def worlds():
        for world in product(*(list(parts(one.ballots, 3)) for one in units)):
            voted = [
                unit(one.key, one.ballots, {"q": {"yes": y, "no": n}}, one.band, one.gathering, one.inside)
                for one, (_skipped, y, n) in zip(units, world, strict=True)
            ]
            yield publication(voted, [YES_NO], salt), dict(zip([one.key for one in units], world, strict=True))

    seen = list(worlds())

    def counts_of(these):
        return lambda world: {
            (some, answers): sum(world[key][answer] for key in some for answer in answers)
            for some in these
            for answers in subsets(range(3))
            if len(answers) < 3  # all answers: how many children there are, which is no secret
        }

    check(seen, counts_of([tuple(sorted(set().union(*some))) for some in subsets(groups)]))
    for group in groups:
        for part in subsets(group):
            if len(part) < len(group):
                check(seen, counts_of([part]), exempt=lambda world, group=group: agrees(world, group))


def agrees(world, group):
    """The answers that all of a group gave, or that nobody did."""
    return {
        answers
        for answers in subsets(range(3))
        if sum(world[key][answer] for key in group for answer in answers) in {0, sum(sum(world[key]) for key in group)}
    }


units_of_a_country = st.lists(
    st.builds(
        lambda key, ballots, band, gathering, town: unit(
            f"{key:04d}", ballots, {}, band, gathering, (f"town {town}", f"dept {town % 2}", "")
        ),
        st.integers(0, 9999),
        st.integers(0, 9),
        st.sampled_from(["6-8", "9-12", ""]),
        st.sampled_from(["school", "street"]),
        st.integers(0, 4),
    ),
    max_size=25,
    unique_by=lambda one: one.key,
)


@given(units_of_a_country, st.integers(3, 6))
def test_every_child_is_counted_in_exactly_one_group_of_enough(units, threshold):
    groups = grouped(units, threshold)
    assert all(group.ballots >= threshold for group in groups)
    counted = [one.key for group in groups for one in group.units]
    everyone = sum(one.ballots for one in units)
    assert sorted(counted) == sorted(one.key for one in units if one.ballots and everyone >= threshold)


@given(units_of_a_country, st.integers(3, 6), st.randoms())
def test_the_cut_depends_on_numbers_of_children_alone(units, threshold, chance):
    shuffled = [*units]
    chance.shuffle(shuffled)
    voted = [unit(u.key, u.ballots, {"q": {"yes": u.ballots}}, u.band, u.gathering, u.inside) for u in shuffled]
    cut = [(group.key, sorted(one.key for one in group.units)) for group in grouped(units, threshold)]
    assert cut == [(group.key, sorted(one.key for one in group.units)) for group in grouped(voted, threshold)]


@st.composite
def voted_units(draw):
    units = []
    for number in range(draw(st.integers(1, 6))):
        skipped, yes, no = (draw(st.integers(0, 15)) for _ in range(3))
        units.append(
            unit(
                f"s{number}", skipped + yes + no, {"q": {"yes": yes, "no": no}}, draw(st.sampled_from(["6-8", "9-12"]))
            )
        )
    return units


@given(voted_units(), st.integers(3, 8))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_tables_add_up_and_stay_near_the_truth(units, threshold):
    groups = published(units, [YES_NO], threshold, salt="x")
    whole = sliced(groups, lambda _: True)
    bands = [sliced(groups, lambda u, band=band: u.band == band) for band in ("6-8", "9-12")]
    mixed = [group for group in groups if len({one.band for one in group.units}) > 1]
    if not groups:
        assert whole.shown == 0
        return
    assert whole.shown == whole.ballots == sum(one.ballots for one in units)
    row = whole.rows["q"]
    assert all(count % threshold == 0 for count in row.cells.values())
    assert row.base == sum(row.cells.values())
    for choice, count in row.cells.items():
        truth = sum(one.cells["q"][choice] for one in units)
        assert abs(count - truth) <= row.groups * (threshold - 1)
        if not mixed:
            assert count == sum(band.rows["q"].cells[choice] for band in bands if "q" in band.rows)
    assert abs(row.base + row.skipped - whole.shown) <= row.groups * (threshold - 1)


def test_a_count_is_right_on_average():
    """The first mark falls by chance: over many groups, what is lost here is found there."""
    children, groups = 25, 3000
    units = [unit(f"s{n}", children, {"q": {"yes": 2, "no": 20}}) for n in range(groups)]
    row = sliced(published(units, [YES_NO], 5, salt="x"), lambda _: True).rows["q"]
    for count, truth in ((row.cells["yes"], 2 * groups), (row.cells["no"], 20 * groups), (row.skipped, 3 * groups)):
        assert abs(count - truth) < 2 * margin(groups, 5)


def test_the_same_counts_of_the_same_vote_are_published_the_same():
    units = [unit("s", 25, {"q": {"yes": 12, "no": 9}})]
    assert publication(units, [YES_NO], "box") == publication(units, [YES_NO], "box")


def test_a_threshold_under_three_protects_nobody():
    with pytest.raises(ValueError, match="three"):
        published([], [], 2, salt="x")


# --- How questions stand together -----------------------------------------------------------------------------


def test_those_who_were_asked_stand_side_by_side():
    sets = [frozenset("ac"), frozenset("e"), frozenset("aceg")]
    order = arranged("abcdefg", sets)
    assert sorted(order) == list("abcdefg")
    for one in sets:
        places = sorted(order.index(choice) for choice in one)
        assert places == list(range(places[0], places[0] + len(one)))


def test_a_question_that_cannot_be_protected_is_left_out():
    first = Asked("q", "one", ("a", "b", "c"))
    crossing = [Asked("r", "one", ("x", "y"), of="q", when=frozenset("ab")), Asked("s", "one", ("x", "y"), of="q", when=frozenset("bc"))]  # fmt: skip
    assert Plan.of([first, *crossing]).unplaced == ("s",)
    ranked = Asked("q", "rank", ("a", "b"))
    after = Asked("r", "one", ("x", "y"), of="q", when=frozenset("a"))
    below = Asked("t", "one", ("x", "y"), of="r", when=frozenset("x"))
    assert Plan.of([ranked, after, below]).unplaced == ("r", "t")


def test_sheets_that_contradict_themselves_are_left_out():
    units = [unit("s", 5, {"q": {"yes": 4, "no": 4}})]
    assert sliced(published(units, [YES_NO], 3, salt="x"), lambda _: True).rows == {}


def test_a_question_for_some_ages_counts_only_them():
    question = Asked("q", "one", ("yes", "no"), bands=frozenset({"9-12"}))
    young, old = unit("a", 20), unit("b", 20, {"q": {"yes": 20}}, band="9-12")
    row = sliced(published([young, old], [question], 5, salt="x"), lambda _: True).rows["q"]
    assert abs(row.base + row.skipped - 20) < 5


def test_a_ranking_shows_first_places():
    question = Asked("q", "rank", ("a", "b"))
    units = [unit("s", 20, {"q": {"a@1": 14, "b@1": 6, "b@2": 14, "a@2": 6}})]
    row = sliced(published(units, [question], 5, salt="x"), lambda _: True).rows["q"]
    assert abs(row.cells["a"] - 14) < 5
    assert abs(row.cells["b"] - 6) < 5
