"""What must be read at once. The judged texts are ours; none was written by a child."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from marelle.participation.enums import Worry
from marelle.participation.lexicon import worrying
from marelle.participation.lexicon.reading import LONGEST, lexicon
from marelle.participation.lexicon.sounding import folded, sound

JUDGED = yaml.safe_load((Path(__file__).parent / "judged.yaml").read_text())
WORRYING = [(category, text) for category, texts in JUDGED["worrying"].items() for text in texts]
CALM = JUDGED["calm"]


def test_the_judged_set_is_large_enough_to_mean_something():
    assert len(WORRYING) >= 150
    assert len(CALM) >= 150
    assert len({text for _, text in WORRYING}) == len(WORRYING)
    assert not {text for _, text in WORRYING} & {*CALM}


@pytest.mark.parametrize(("category", "text"), WORRYING, ids=[text[:40] for _, text in WORRYING])
def test_a_worrying_text_is_always_held(category, text):
    """Recall is 1 on the judged set. The category may be another than ours: people read, and people decide."""
    assert worrying(text)


def test_not_too_many_calm_texts_are_held():
    held = [text for text in CALM if worrying(text)]
    assert len(WORRYING) / (len(WORRYING) + len(held)) >= 0.95, held


def test_nearly_every_category_is_the_one_a_person_gave():
    wrong = [text for category, text in WORRYING if category not in {sign.category for sign in worrying(text)}]
    assert len(wrong) <= len(WORRYING) * 0.1, wrong


@pytest.mark.parametrize(
    "text",
    [
        "JE VEUX MOURIR",
        "je   veux\n mourir",
        "je veux mouriiiiiir",
        "jeveuxmourir",
        "j e  v e u x  m o u r i r",
        "je v3ux m0urir",
        "j'veux mourrire!!!",
        "je veux 💀 mourir 😭",
        "tout va bien " * 30 + "je veux mourir",
        "j’étais mort de rire mais je veux mourir",
    ],
)
def test_a_disguise_does_not_hide_it(text):
    assert worrying(text)


def test_a_calming_phrase_calms_its_own_words_only():
    assert not worrying("je suis mort de rire")
    assert worrying("papa rigole, moi je suis mort de rire, et le soir il me frappe")


def test_a_sign_says_where_it_was_read():
    text = "Bonjour, mon père me frappe."
    (sign,) = worrying(text)
    assert (sign.category, text[sign.start : sign.end]) == (Worry.VIOLENCE, sign.matched)
    assert sign.matched == "père me frappe"


@pytest.mark.parametrize(
    ("one", "other"),
    [("frappe", "frapent"), ("suicide", "suisside"), ("mourir", "mourrire"), ("harcelé", "arcelé"), ("tué", "tuer")],
)
def test_words_that_sound_alike_are_one(one, other):
    assert sound(one) == sound(other)


def test_words_that_are_another_word_are_not_taken_for_it():
    for text in ("du violon", "le bateau", "un tapis", "la tulipe", "mon cœur"):
        assert not worrying(text), text


def test_every_category_of_the_lexicon_has_its_words_for_people():
    assert {phrase.category for phrase in lexicon().phrases} == {*Worry.values} - {Worry.BY_HAND}


def test_every_calm_and_worrying_phrase_can_be_found():
    """A phrase written twice, or of words that no longer exist, would be a trap for who extends the lexicon."""
    seen = [(phrase.category, phrase.slots, phrase.at_most) for phrase in lexicon().phrases]
    assert len(seen) == len({*seen}), [one for one in seen if seen.count(one) > 1]


@settings(deadline=None)
@given(st.text(max_size=1200))
def test_any_text_is_read_without_a_fault(text):
    signs = worrying(text)
    for sign in signs:
        assert 0 <= sign.start < sign.end <= len(text)
        assert text[sign.start : sign.end] == sign.matched
    assert all(one.start <= other.start for one, other in pairwise(signs))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["je", "veux", "pas", "me", "tuer", "papa", "tape", "rire", "mort", "de", " ", "."]),
        max_size=400,
    )
)
def test_hostile_repetition_costs_little(words):
    """Work is bounded by phrases × places × gap: counted by the engine's own steps, not by a clock."""
    text = " ".join(words)[:1000]
    assert len(worrying(text)) <= len(text)


def test_no_more_than_so_much_is_read():
    assert not worrying("a " * LONGEST + "je veux mourir")


def test_folding_keeps_letters_and_drops_marks():
    assert folded("Élèèèève") == "eleve"
