"""What is typed from sheets of paper: every impossible count is explained, every possible one is taken as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marelle.ballots.paper import paper_of
from marelle.participation.definition import questionnaire_of, ticket_paper
from marelle.participation.forms.papers import SheetsForm, as_typed, lines_of
from marelle.participation.queries.papers import asked
from tests.participation.factories import QUESTIONNAIRE

WHOLE = questionnaire_of(QUESTIONNAIRE)
QUESTIONS, PAPER = asked(WHOLE), paper_of(ticket_paper(WHOLE))
"""1 age, 2 smileys, 3 several pictures (two at most), 4 a ranking of three, 5 yes or no, 6 words."""


def typed(band="", **boxes):
    data = {"sheets": "25"} | {
        (name if name == "age_band" else name.replace("_", "-")): value for name, value in boxes.items()
    }
    return SheetsForm(QUESTIONS, PAPER, data, band=band)


def problems(form):
    assert not form.is_valid()
    return {name: [str(one) for one in errors] for name, errors in form.errors.items()}


def test_an_empty_box_is_a_zero_and_a_sheet_may_be_blank():
    form = typed()
    assert form.is_valid()
    assert (form.cells, form.words) == ({}, {})


def test_strokes_become_cells():
    form = typed(
        n2_0="3",
        n2_4="20",
        n3_0="20",
        n3_2="12",
        b3="4",
        n4_0_1="18",
        n4_1_1="7",
        n4_1_2="9",
        n5_0="25",
        age_band="9-12",
    )
    assert form.is_valid(), form.errors
    assert form.cells == {
        "age": {"9-12": 25},
        "aime": {"1": 3, "5": 20},
        "manque": {"arbres": 20, "jeux": 12, "*": 21},
        "ordre": {"ombre@1": 18, "eau@1": 7, "eau@2": 9},
        "seul": {"yes": 25},
    }
    assert PAPER.bundle(form.cells, 25)["aime"]["*"] == 23


@pytest.mark.parametrize(
    ("boxes", "where", "words"),
    [
        ({"sheets": ""}, "sheets", "Comptez les feuilles"),
        ({"sheets": "0"}, "sheets", "Comptez les feuilles"),
        ({"sheets": "vingt"}, "sheets", "en chiffres"),
        ({"sheets": "99999999999999999999"}, "sheets", "2000"),
        ({"n2_0": "-1"}, "n2-0", "en chiffres"),
        ({"n2_0": "beaucoup"}, "n2-0", "en chiffres"),
        ({"n2_0": "14", "n2_1": "12"}, "n2-0", "26 réponses pour 25 feuilles"),
        ({"n3_0": "26"}, "n3-0", "est coché 26 fois pour 25 feuilles"),
        ({"n3_0": "20", "n3_1": "20", "n3_2": "11"}, "n3-0", "plus de 50"),
        ({"n3_0": "20", "b3": "6"}, "n3-0", "6 feuilles sans réponse sur 25"),
        ({"n3_0": "10", "n3_1": "10", "n3_2": "10", "b3": "11"}, "n3-0", "plus de 28"),
        ({"n4_0_1": "20", "n4_1_1": "6"}, "n4-0-1", "La place 1 est donnée 26 fois"),
        ({"n4_0_1": "20", "n4_0_2": "6"}, "n4-0-1", "De l’ombre"),
        ({"w6": "un\n" * 26}, "w6", "26 lignes pour 25 feuilles"),
        ({"w6": "a" * 1001}, "w6", "La ligne 1 est trop longue"),
        ({"age_band": "0-99"}, "age_band", ""),
    ],
)
def test_an_impossible_count_is_explained_where_it_is(boxes, where, words):
    found = problems(typed(**boxes))
    assert list(found) == [where]
    assert words in found[where][0]


@pytest.mark.parametrize(
    "boxes",
    [
        {"n2_0": "25"},
        {"n3_0": "25", "n3_1": "25"},
        {"n3_0": "19", "b3": "6"},
        {"n4_0_1": "25", "n4_1_2": "25", "n4_2_3": "25"},
        {"w6": "un\n\n" * 25},
    ],
)
def test_the_most_that_can_be_is_taken(boxes):
    form = typed(**boxes)
    assert form.is_valid(), form.errors
    PAPER.bundle(form.cells, 25)


counts = st.integers(min_value=0, max_value=30).map(str) | st.just("")
BOXES = [name for name in SheetsForm(QUESTIONS, PAPER).fields if name[0] in "nb"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(BOXES, counts)))
def test_what_the_page_takes_the_ballots_take(boxes):
    """No count passes the page and is then refused by `ballots`, and nothing typed is changed on the way."""
    form = SheetsForm(QUESTIONS, PAPER, {"sheets": "25", **boxes})
    if not form.is_valid():
        return
    whole = PAPER.bundle(form.cells, 25)
    assert sum(n for cells in whole.values() for cell, n in cells.items() if cell != "*") == sum(
        int(n) for name, n in boxes.items() if name[0] == "n" and n
    )
    assert all(cells["*"] <= 25 for cells in whole.values())


def test_a_group_of_one_age_is_not_asked_its_age_unless_the_paper_does():
    without_age = questionnaire_of(
        {"sections": [{"key": "s", "questions": QUESTIONNAIRE["sections"][0]["questions"][1:]}]}
    )
    paper = paper_of(ticket_paper(without_age))
    assert "age_band" not in SheetsForm(asked(without_age), paper, band="6-8").fields
    assert "age_band" in SheetsForm(asked(without_age), paper, band="").fields
    assert "age_band" in SheetsForm(QUESTIONS, PAPER, band="6-8").fields
    form = SheetsForm(asked(without_age), paper, {"sheets": "3"}, band="6-8")
    assert form.is_valid()
    assert form.said["age_band"] == "6-8"


def test_a_bundle_goes_back_into_the_boxes_it_came_from():
    class Bundle:
        sheets, age_band = 25, "9-12"
        cells = {"aime": {"5": 20, "*": 20}, "manque": {"arbres": 12, "*": 21}, "ordre": {"eau@2": 9, "*": 9}}

    boxes = as_typed(QUESTIONS, PAPER, Bundle, {"quoi": ["Un toboggan", "Des fleurs"]})
    kept = {name: value for name, value in boxes.items() if value not in (None, "", 0)}
    assert kept == {
        "sheets": 25, "age_band": "9-12", "n2-4": 20, "n3-0": 12, "b3": 4, "n4-1-2": 9, "w6": "Un toboggan\nDes fleurs",
    }  # fmt: skip


def test_words_are_one_child_a_line():
    assert lines_of("  Un toboggan \r\n\r\n Des fleurs\n") == ["Un toboggan", "Des fleurs"]
