"""The ballot of a vote of support: one question, one choice, or none."""

from __future__ import annotations

from typing import Any

from marelle.participation.enums import QuestionKind

from .shape import Questionnaire, questionnaire_of

QUESTION, YES = "support", "yes"
PAPER: dict[str, Any] = {
    "questions": [{"key": QUESTION, "kind": "one", "choices": [YES], "most": 1}],
    "age": "",
}
"""As `marelle.ballots` counts it: a child who passes answers nothing."""


def ballot_of(wording: str, *, question: str, choice: str) -> Questionnaire:
    """What a child sees: the proposal in its own words, and one picture to choose. Words for people come from the
    caller."""
    return questionnaire_of(
        {
            "languages": ["fr"],
            "sections": [
                {
                    "key": "soutien",
                    "title": {"fr": ""},
                    "questions": [
                        {
                            "key": QUESTION,
                            "kind": QuestionKind.PICTURE,
                            "text": {"fr": f"{question} «\u202f{wording}\u202f»"},
                            "choices": [{"key": YES, "label": {"fr": choice}, "picto": "1F44D"}],
                        }
                    ],
                }
            ],
        }
    )
