"""What a person types is read as they meant it, or kept as they typed it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marelle.programme.definition import Question
from marelle.programme.queries import values


def question(kind, **more):
    return Question(key="essai", label="?", why="?", who="?", kind=kind, **more)


OPTIONS = [{"key": "ecole", "label": "École"}, {"key": "rue", "label": "Rue"}]
NUMBER = question("number", minimum=0, maximum=5000, unit="enfants")
DATE = question("date")
TEXT = question("long_text")
THEMES = question("choices", options=OPTIONS)
ALL = [NUMBER, DATE, TEXT, question("short_text"), question("yes_no"), question("choice", options=OPTIONS), THEMES]


@pytest.mark.parametrize(
    ("asked", "typed", "held"),
    [
        (NUMBER, "200", 200),
        (NUMBER, " 1 200 ", 1200),
        (NUMBER, "1\u202f200 enfants", 1200),
        (NUMBER, "12,5", 12.5),
        (NUMBER, "deux cents", {"raw": "deux cents"}),
        (NUMBER, "-3", {"raw": "-3"}),
        (NUMBER, "9999", {"raw": "9999"}),
        (NUMBER, "9" * 5000, {"raw": "9" * 5000}),
        (NUMBER, "nan", {"raw": "nan"}),
        (NUMBER, "٣٣", {"raw": "٣٣"}),
        (DATE, "24/11/2026", "2026-11-24"),
        (DATE, "2026-11-24", "2026-11-24"),
        (DATE, "31/02/2026", {"raw": "31/02/2026"}),
        (DATE, "24/11/0026", {"raw": "24/11/0026"}),
        (question("yes_no"), "oui", True),
        (question("yes_no"), "peut-être", {"raw": "peut-être"}),
        (question("choice", options=OPTIONS), "rue", "rue"),
        (question("choice", options=OPTIONS), "mer", {"raw": "mer"}),
        (THEMES, ["rue", "ecole"], ["ecole", "rue"]),
        (THEMES, ["rue", "mer"], {"raw": ["mer", "rue"]}),
        (THEMES, [], None),
        (TEXT, " Bonjour\r\nici\x00 ", "Bonjour\nici"),
        (TEXT, "  \n ", None),
        (TEXT, "caf\ufffd", {"raw": "caf\ufffd"}),
        (question("short_text"), "deux\nlignes", "deux lignes"),
        (question("short_text", max_length=5), "trop long", {"raw": "trop long"}),
    ],
)
def test_what_is_typed_is_read_or_kept(asked, typed, held):
    assert values.read(asked, typed) == held
    assert values.is_filled(held) == (held is not None and not isinstance(held, dict))


@pytest.mark.parametrize(
    ("asked", "held", "said"),
    [
        (NUMBER, {"raw": "deux cents"}, "Écrivez un nombre, par exemple 200. Votre texte est conservé."),
        (NUMBER, {"raw": "-3"}, "Écrivez un nombre d’au moins 0. Votre texte est conservé."),
        (NUMBER, {"raw": "9999"}, "Écrivez un nombre d’au plus 5\u202f000. Votre texte est conservé."),
        (DATE, {"raw": "bientôt"}, "Écrivez une date, par exemple 24/11/2026. Votre texte est conservé."),
        (THEMES, {"raw": ["mer"]}, "Choisissez parmi les réponses proposées."),
        (NUMBER, 200, ""),
        (NUMBER, None, ""),
    ],
)
def test_what_is_wrong_is_said_in_words(asked, held, said):
    assert values.problem(asked, held) == said


def test_a_text_too_long_says_by_how_much():
    asked = question("short_text", max_length=5)
    assert values.problem(asked, {"raw": "trop long"}) == (
        "Votre texte compte 9 signes\u202f: ramenez-le à 5. Il est conservé."
    )


@settings(max_examples=300)
@given(st.sampled_from(ALL), st.text())
def test_whatever_is_typed_can_be_typed_again_and_read_the_same(asked, typed):
    held = values.read(asked, [typed])
    again = values.typed_again(asked, held)
    assert values.read(asked, again if isinstance(again, list) else [again]) == held
    assert bool(values.problem(asked, held)) == isinstance(held, dict)
    assert isinstance(values.words(asked, held), str)


def test_values_are_shown_in_words():
    assert values.words(NUMBER, 1200) == "1\u202f200\u00a0enfants"
    assert values.words(NUMBER, 12.5) == "12,5\u00a0enfants"
    assert values.words(question("yes_no"), False) == "Non"
    assert values.words(THEMES, ["ecole", "rue"]) == "École, Rue"
    assert values.words(DATE, "2026-11-24") == "24 novembre 2026"
    assert values.words(NUMBER, 0) == "0\u00a0enfants"
    assert values.words(NUMBER, "deux cents") == "deux cents"
    assert values.words(THEMES, ["disparu"]) == "disparu"
    assert values.words(THEMES, []) == values.words(THEMES, None) == ""
    assert values.words(NUMBER, {"raw": "deux cents"}) == "deux cents"
