"""What is wrong with a questionnaire, how hard it is to read, and that our own bank is neither."""

import re
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marelle.participation.definition import bank, editing, questionnaire_of
from marelle.participation.definition.checking import faults, of_question
from marelle.participation.definition.readability import LIMITS, advice, for_age, hard_words
from marelle.participation.enums import AgeBand, Theme
from marelle.ui import pictograms
from tests.house.test_words import badly_set
from tests.participation.factories import QUESTIONNAIRE

ASKED = questionnaire_of(QUESTIONNAIRE)


def changed(key, **facts):
    return questionnaire_of({**editing.change_question(QUESTIONNAIRE, key, **facts), "languages": ["fr"]})


# --- Checking ------------------------------------------------------------------------------------------------


def test_a_sound_questionnaire_has_no_fault():
    assert faults(ASKED) == []


@pytest.mark.parametrize(
    ("key", "facts", "said"),
    [
        ("aime", {"text": {"fr": " "}}, "Écrivez la question"),
        ("aime", {"text": {"fr": "x" * 241}}, "240 caractères"),
        ("manque", {"choices": []}, "au moins 2 réponses"),
        ("manque", {"most": 9}, "moins de réponses que le nombre"),
        ("manque", {"choices": [{"key": "a", "label": {"fr": "Oui"}}, {"key": "b", "label": {"fr": "oui"}}], "most": 0}, "la même chose"),
        ("manque", {"choices": [{"key": "a", "label": {}}, {"key": "b", "label": {"fr": "Oui"}}], "most": 0}, "pas de mots"),
        ("manque", {"choices": [{"key": "a", "label": {"fr": "A"}}, {"key": "a", "label": {"fr": "B"}}], "most": 0}, "nom de code"),
        ("ordre", {"choices": [{"key": f"r{n}", "label": {"fr": f"C{n}"}} for n in range(9)]}, "c’est trop"),
        ("quoi", {"only_if": {"question": "nope", "choices": ["yes"]}}, "pas posée avant"),
        ("aime", {"only_if": {"question": "seul", "choices": ["yes"]}}, "pas posée avant"),
        ("quoi", {"only_if": {"question": "seul", "choices": ["peut-etre"]}}, "réponse qui n’existe pas"),
    ],
)  # fmt: skip
def test_each_fault_is_said_at_its_question(key, facts, said):
    found = of_question(changed(key, **facts), key)
    assert any(said in fault.words for fault in found), found


def test_the_whole_is_checked_too():
    assert [one.words for one in faults(questionnaire_of({}))] == ["Ajoutez au moins une question."]
    twice = editing.add_question(QUESTIONNAIRE, "s2", editing.blank("age"))[0]
    assert any("L’âge est déjà demandé" in one.words for one in faults(questionnaire_of(twice)))
    empty = editing.add_section(QUESTIONNAIRE, title={"fr": "Vide"})[0]
    assert [one.section for one in faults(questionnaire_of(empty))] == ["s3"]


def test_every_language_chosen_must_be_written():
    both = questionnaire_of({**QUESTIONNAIRE, "languages": ["fr", "ar"]})
    assert {fault.question for fault in faults(both)} == set(both.questions)


# --- Editing -------------------------------------------------------------------------------------------------

KEYS = ["age", "aime", "manque", "ordre", "seul", "quoi"]
ACTS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(KEYS), st.sampled_from([-1, 1])),
    st.tuples(st.just("copy"), st.sampled_from(KEYS)),
    st.tuples(st.just("remove"), st.sampled_from(KEYS)),
    st.tuples(st.just("back")),
    st.tuples(st.just("section"), st.sampled_from(["s1", "s2"]), st.sampled_from([-1, 1])),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=12))
def test_whatever_is_done_keys_stay_unique_and_nothing_touches_the_original(acts):
    before, data = deepcopy(QUESTIONNAIRE), QUESTIONNAIRE
    for name, *more in acts:
        try:
            if name == "move":
                data = editing.move_question(data, *more)
            elif name == "copy":
                data, _key = editing.duplicate_question(data, *more)
            elif name == "remove":
                data = editing.remove_question(data, *more)
            elif name == "back":
                data = editing.put_back(data)
            else:
                data = editing.move_section(data, *more)
        except editing.Gone:
            continue
        keys = [question["key"] for section in data["sections"] for question in section["questions"]]
        assert len(keys) == len(set(keys))
    assert before == QUESTIONNAIRE


# --- Readability ---------------------------------------------------------------------------------------------


def test_long_sentences_are_long_for_small_children_only():
    text = {"fr": "Dans la cour de ton école, est-ce que tu trouves de la place pour jouer avec tes amis ?"}
    question = changed("aime", text=text).questions["aime"]
    assert any("mots dans une phrase" in one for one in for_age(question, AgeBand.FROM_3))
    assert not list(for_age(question, AgeBand.FROM_13))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("N’aimes-tu pas ta cour ?", "sans « ne"),
        ("Aimes-tu ta cour et ta classe ?", "Deux questions en une"),
        ("Que penses-tu de l’aménagement ?", "aménagement"),
    ],
)
def test_what_embarrasses_is_named(text, said):
    question = changed("aime", text={"fr": text}).questions["aime"]
    said = said.replace("« ", "«\u202f")
    assert any(said in one for one in advice(question, ["6-8"]))


def test_common_words_and_their_forms_are_not_hard():
    assert hard_words("Les copains jouent doucement dans la bibliothèque", AgeBand.FROM_3) == []
    assert hard_words("la gouvernance participative", AgeBand.FROM_6) == ["gouvernance", "participative"]


def test_limits_grow_with_age():
    limits = [LIMITS[band] for band in AgeBand]
    assert all(
        a.words < b.words and a.age < b.age and a.hard_from < b.hard_from
        for a, b in zip(limits, limits[1:], strict=False)
    )


# --- The bank ------------------------------------------------------------------------------------------------


def test_the_bank_is_large_and_covers_every_theme_and_age():
    assert len(bank.questions()) >= 60
    assert {one.theme for one in bank.questions().values()} >= set(Theme) - {Theme.OTHER}
    assert {age for one in bank.questions().values() for age in one.ages} == set(AgeBand)
    assert len(bank.ready_made()) >= 6


@pytest.mark.parametrize("key", list(bank.ready_made()))
def test_a_ready_made_questionnaire_may_be_opened_as_it_is(key):
    ready = bank.ready_made()[key]
    assert faults(ready.questionnaire) == []
    assert ready.ages


def test_each_question_of_the_bank_is_sound():
    section = {"key": "s", "questions": [one.data for one in bank.questions().values()]}
    assert faults(questionnaire_of({"sections": [section]})) == []


def everything():
    rows = [one.data for one in bank.questions().values()]
    rows += [q for ready in bank.ready_made().values() for section in ready.sections for q in section["questions"]]
    return rows


def test_the_drawings_of_the_bank_exist():
    used = {choice.get("picto") for row in everything() for choice in row.get("choices", [])} - {None}
    assert used - set(pictograms.load()) == set()


def test_the_bank_is_set_as_french_is():
    said = [row["text"]["fr"] for row in everything()] + [row.get("help", {}).get("fr", "") for row in everything()]
    said += [ready.about for ready in bank.ready_made().values()] + [r.title for r in bank.ready_made().values()]
    assert [words for words in said if badly_set(words)] == []


def test_small_children_are_asked_in_pictures_only():
    small = bank.ready_made()["tout-petits"].questionnaire
    assert not [q.key for q in small.questions.values() if q.is_text or not all(c.picto for c in q.choices)]
    assert not [words for q in small.questions.values() for words in for_age(q, AgeBand.FROM_3)]


def test_a_question_about_hurt_says_where_to_find_help():
    careful = bank.ready_made()["bien-etre"].questionnaire
    helps = " ".join(q.help.get("fr", "") for q in careful.questions.values())
    assert re.search(r"\b119\b", helps)
    assert re.search(r"\b3018\b", helps)


def test_our_own_questions_follow_our_own_advice():
    """For the youngest age each is offered to: no negation, no double question, no long sentence."""
    wrong = []
    for one in bank.questions().values():
        question = questionnaire_of({"sections": [{"key": "s", "questions": [one.data]}]}).questions[one.key]
        wrong += [(one.key, words) for words in for_age(question, one.ages[0])]
    assert wrong == []
