"""What is asked before a text goes online, whoever asks and however: button, review, timer. An app above adds its own
questions (`ask_before_publishing`, in its `apps.py`); the texts themselves ask them all (`models.base.AsksBeforePublishing`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marelle.core.rules import Answer, No

Question = Callable[[Any], Answer]
"""Given the text as it would be published; answers True, or `NotNow` with its reason in words for the editor."""

_questions: list[Question] = []


def ask_before_publishing(question: Question) -> None:
    if question not in _questions:
        _questions.append(question)


def may_be_published(text: Any) -> Answer:
    """The first No, or True."""
    for question in _questions:
        answer = question(text)
        if isinstance(answer, No):
            return answer
    return True
