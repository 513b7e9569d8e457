"""What changed between two versions: each thing said once, in the right words."""

import copy
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marelle.programme.definition import Definition, compare, touches_the_file
from tests.programme.factories import DEFINITION


def version(change=lambda content: None) -> Definition:
    content = copy.deepcopy(DEFINITION)
    change(content)
    return Definition.model_validate(content)


def changes(change) -> list[tuple[str, str, str]]:
    return [(c.how, c.what, c.key) for c in compare(version(), version(change))]


def first(content):
    return content["sections"][0]["questions"]


EXTRA = {"key": "neuve", "label": "Neuve ?", "why": "Pour voir.", "who": "le maire", "kind": "yes_no"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda c: None, []),
        (lambda c: first(c).append(EXTRA), [("added", "question", "neuve")]),
        (lambda c: first(c).pop(), [("removed", "question", "enfants")]),
        (lambda c: first(c)[0].update(label="Autrement ?"), [("reworded", "question", "motivation")]),
        (lambda c: first(c)[0].update(why="Autre raison."), [("reworded", "question", "motivation")]),
        (lambda c: first(c)[0].update(required=False), [("changed", "question", "motivation")]),
        (lambda c: first(c)[1].update(kind="short_text", minimum=None), [("changed", "question", "enfants")]),
        (lambda c: first(c).reverse(), [("moved", "question", "enfants")]),
        (lambda c: c["sections"][1]["questions"].append(first(c).pop()), [("moved", "question", "enfants")]),
        (lambda c: c["sections"][1]["questions"][2]["options"][0].update(label="Les écoles"), [("reworded", "question", "themes")]),
        (lambda c: c["sections"][1]["questions"][2]["options"].pop(), [("changed", "question", "themes")]),
        (lambda c: c["sections"][0].update(title="Vous"), [("reworded", "section", "collectivite")]),
        (lambda c: c["documents"].append({"key": "plan", "label": "Plan", "why": "Voir."}), [("added", "document", "plan")]),
        (lambda c: c["documents"].clear(), [("removed", "document", "deliberation")]),
        (lambda c: c["deadlines"].update(instruction_days=60), [("changed", "deadline", "deadline")]),
        (lambda c: c["fees"][0].update(cents=12000), [("changed", "fee", "fees")]),
        (lambda c: c["outcomes"].pop(), [("removed", "outcome", "refusal")]),
        (lambda c: c["outcomes"][0].update(label="Oui"), [("reworded", "outcome", "award")]),
        (lambda c: c.update(summary="Autre."), [("reworded", "route", "ville-amie")]),
        (lambda c: c.update(eligible=["commune"]), [("changed", "route", "ville-amie")]),
        (lambda c: c.update(charter={"intro": "Nous", "articles": ["Un"]}), [("added", "charter", "charter")]),
    ],
)  # fmt: skip
def test_each_change_is_said_once(change, expected):
    assert changes(change) == expected


def test_a_reworded_question_keeps_both_wordings():
    found = compare(version(), version(lambda c: first(c)[0].update(label="Autrement ?")))[0]
    assert [(d.field, d.before, d.after) for d in found.details] == [
        ("intitulé", "Pourquoi cette démarche ?", "Autrement ?")
    ]
    assert found.where == "La collectivité"


def test_a_fee_says_its_band_and_both_sums():
    found = compare(version(), version(lambda c: c["fees"][0].update(cents=12000)))[0]
    assert [(d.before, d.after) for d in found.details] == [("100 €", "120 €")]


def test_a_day_is_said_in_paris():
    moved = version(lambda c: c["deadlines"].update(file_due_at="2027-03-15T17:00:00Z"))
    assert "15 mars 2027" in compare(version(), moved)[0].details[0].after
    assert "18:00" in compare(version(), moved)[0].details[0].after


def test_words_outside_the_file_do_not_touch_it():
    assert not touches_the_file(compare(version(), version(lambda c: c.update(summary="Autre."))))
    assert touches_the_file(compare(version(), version(lambda c: first(c).pop())))


@given(st.permutations(list(range(5))))
def test_an_order_is_told_by_its_fewest_moves(order):
    """Questions moved are those to take out so that the rest stands in its old order: never all of them."""

    def numbered(content, places):
        content["sections"][0]["questions"] = [EXTRA | {"key": f"question-{n}"} for n in places]

    old, new = version(lambda c: numbered(c, range(5))), version(lambda c: numbered(c, order))
    moved = {c.key for c in compare(old, new) if c.what == "question"}
    still = [f"question-{n}" for n in order if f"question-{n}" not in moved]
    assert still == sorted(still)
    longest = max(n for n in range(6) for kept in combinations(order, n) if list(kept) == sorted(kept))
    assert len(moved) == 5 - longest


@given(st.sets(st.sampled_from(["motivation", "enfants", "conseil-role", "themes"])))
def test_both_ways_tell_the_same_story(gone):
    def without(content):
        for section in content["sections"]:
            section["questions"] = [q for q in section["questions"] if q["key"] not in gone]

    old, new = version(), version(without)
    assert {c.key for c in compare(old, new) if c.how == "removed"} == gone
    assert {c.key for c in compare(new, old) if c.how == "added"} == gone


def test_a_question_left_behind_by_its_parent_is_not_asked():
    chained = version(
        lambda c: (
            c["sections"][1]["questions"].append(EXTRA | {"only_if": {"question": "themes", "is_one_of": ["rue"]}})
            or c["sections"][1]["questions"][2].update(only_if={"question": "conseil", "is_one_of": [True]})
        )
    )
    question = chained.questions["neuve"]
    assert chained.asked(question, {"conseil": True, "themes": ["rue"]})
    assert not chained.asked(question, {"conseil": False, "themes": ["rue"]})
    assert not chained.asked(question, {"conseil": True, "themes": ["ecole"]})
    assert not chained.asked(question, {"conseil": 1, "themes": ["rue"]}), "1 is not « oui »"
