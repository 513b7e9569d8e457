"""What an answer says, and what changed."""

import time
from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from marelle.programme.definition import Definition
from marelle.programme.queries.changes import changes, words
from tests.programme.factories import COMPLETE, DEFINITION

DEF = Definition.model_validate(DEFINITION)
BEFORE = {"answers": dict(COMPLETE), "documents": {"deliberation": [{"file": "a", "name": "a.pdf", "sha256": "1"}]}}

sentences = st.text(alphabet="ab é\n<", max_size=60)


@given(sentences, sentences)
def test_both_texts_can_be_read_in_the_comparison(before, after):
    pieces = words(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after


@given(sentences)
def test_a_text_compared_with_itself_is_all_kept(text):
    assert {p.kind for p in words(text, text)} <= {"kept"}


def test_only_the_changed_words_are_marked():
    pieces = [(p.kind, p.text) for p in words("214 enfants de 6 à 17 ans", "198 enfants de 6 à 15 ans")]
    assert ("removed", "214") in pieces
    assert ("added", "15") in pieces
    assert ("kept", " enfants de 6 à ") in pieces


def test_two_hostile_texts_are_compared_at_once():
    """The same word thousands of times is the worst case of a comparison word by word."""
    began = time.monotonic()
    pieces = words("a " * 30_000 + "b", "c " + "a " * 29_000)
    assert time.monotonic() - began < 5
    assert "".join(p.text for p in pieces if p.kind != "removed") == "c " + "a " * 29_000


def test_nothing_changed():
    assert not changes(DEF, BEFORE, deepcopy(BEFORE))


def test_each_kind_of_change_is_told():
    after = {
        "answers": {"motivation": "Parce que les enfants comptent beaucoup.", "enfants": 214, "conseil": True},
        "documents": {"deliberation": [{"file": "b", "name": "b.pdf", "sha256": "2"}]},
    }
    found = changes(DEF, BEFORE, after)
    assert set(found.answers) == {"motivation", "conseil"}
    assert (found.answers["conseil"].before, found.answers["conseil"].after) == ("Non", "Oui")
    assert found.answers["conseil"].pieces == ()
    assert any(p.kind == "added" and "beaucoup" in p.text for p in found.answers["motivation"].pieces)
    assert [d["name"] for d in found.documents["deliberation"].added] == ["b.pdf"]
    assert [d["name"] for d in found.documents["deliberation"].removed] == ["a.pdf"]
    assert found.count == 3


def test_zero_is_not_false_and_no_answer_is_not_no():
    found = changes(DEF, {"answers": {"enfants": None}}, {"answers": {"enfants": 0}})
    assert (found.answers["enfants"].before, found.answers["enfants"].after) == ("", "0")


def test_the_same_file_under_another_name_did_not_change():
    after = {"answers": COMPLETE, "documents": {"deliberation": [{"file": "z", "name": "z.pdf", "sha256": "1"}]}}
    assert not changes(DEF, BEFORE, after)
