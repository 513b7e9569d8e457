"""Each drawing has one easy word; three lists of 48 make tickets that a child can draw, read, type and mistype."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from marelle.ui import pictograms as p

numbers = st.integers(0, 47)
tickets = st.builds("{:02d}-{:02d}-{:02d}".format, numbers, numbers, numbers)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    into = tmp_path_factory.mktemp("built")
    made = list(p.build(into))
    assert made
    return into / p.FOLDER


def test_there_are_drawings_enough_for_any_question():
    assert len(p.load()) >= 300
    assert {one.category for one in p.load().values()} == set(p.categories())


def test_no_two_drawings_share_a_word():
    words = [one.word for one in p.load().values()]
    assert {w for w in words if words.count(w) > 1} == set()


def test_a_ticket_is_drawn_from_three_lists_of_48():
    assert [len(set(of)) for of in p.ticket_lists()] == [48, 48, 48]


def test_words_of_tickets_are_single_and_two_letters_apart():
    words = [p.fold(one.word) for of in p.ticket_lists() for one in of]
    assert [one.word for of in p.ticket_lists() for one in of if not one.word.isalpha()] == []
    assert [(a, b) for i, a in enumerate(words) for b in words[i + 1 :] if OSA.distance(a, b) < 2] == []


@given(tickets)
def test_the_words_of_a_ticket_find_it_again(code):
    assert p.ticket_of_words(" ".join(p.ticket_words(code))) == code


@given(tickets, st.permutations(range(3)), st.sampled_from([" ", ", ", " - ", "\n"]))
def test_order_case_accents_and_commas_do_not_matter(code, order, between):
    words = p.ticket_words(code)
    assert p.ticket_of_words(between.join(p.fold(words[i]).upper() for i in order)) == code


@pytest.mark.parametrize("typed", ["chat pome velo", "chatt pomme vélo", "pomme, vleo, chat", "Chat Pomme Vélo "])
def test_a_small_slip_is_forgiven(typed):
    assert p.ticket_of_words(typed) == "00-00-00"


@pytest.mark.parametrize(
    "typed", ["", "chat", "chat pomme", "chat chien vélo", "chat pomme vélo lion", "xx yy zz", "a" * 5000, "chat\0 a b"]
)
def test_what_is_not_a_ticket_is_none(typed):
    assert p.ticket_of_words(typed) is None


def test_searching_finds_by_word_first_then_by_what_else_it_means():
    assert [one.word for one in p.search("arb")][:1] == ["arbre"]
    assert "arbre" in [one.word for one in p.search("ombre")]
    assert p.search("élèph")[0].word == "éléphant"
    assert p.search("rien du tout") == []
    assert {one.category for one in p.search("", category="school")} == {"school"}


def test_a_code_we_do_not_have_has_no_word():
    assert p.word("1F333") == "arbre"
    assert p.word("BOO") == ""


def test_every_drawing_is_made_light(folder):
    assert all((folder / f"{code}.svg").stat().st_size < 16_000 for code in p.load())
    assert "CC BY-SA 4.0" in (folder / "LICENSE.txt").read_text()
    assert p.are_built(folder.parent)


@pytest.mark.parametrize("name", p.LISTS)
def test_a_list_of_tickets_is_one_file_with_48_windows(folder, name):
    svg = (folder / f"tickets-{name}.svg").read_text()
    assert svg.count("<view ") == 48
    assert 'id="d47"' in svg
