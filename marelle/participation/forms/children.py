"""What a child's page sends, read with suspicion: the form itself, or JSON of the same meaning.

Whatever no page of ours sends raises `Unreadable` (answered 400). What a child can really do wrong without JavaScript
raises `Mistake`, in words for the child, with the place to put it right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from marelle.ballots.codes import DRAWINGS, TICKET
from marelle.ballots.paper import Unreadable
from marelle.participation.definition import Question, Questionnaire
from marelle.participation.enums import QuestionKind
from marelle.ui import pictograms

LARGEST = 64 * 1024
"""Bytes of one sending. A full page of answers weighs 4 kB."""
LONGEST = 1000
"""Letters of one answer in words (`Verbatim.text`); the page itself stops at 400."""
FIELDS = 600
SENDING = re.compile(r"[A-Za-z0-9_-]{16,64}")
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
SEVERAL = {QuestionKind.PICTURES, QuestionKind.RANKING}


class Mistake(Exception):
    """Something a child did, that the page can help to put right."""

    def __init__(self, reason: str, screen: str):
        super().__init__(reason)
        self.reason, self.screen = reason, screen


@dataclass
class Filled:
    """A page as it came back."""

    sending: str
    ticket: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    """The raw fields of a form, to give the page back with everything in its place."""


def fields_of(body: bytes, content_type: str) -> dict[str, list[str]]:
    """The fields of a form. Raises `Unreadable`."""
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise Unreadable("neither a form nor JSON")
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, encoding="utf-8", errors="strict"
        )
    except ValueError as wrong:  # UnicodeDecodeError is one
        raise Unreadable("not a form") from wrong
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(_text(value))
    return found


def json_of(body: bytes) -> dict[str, Any]:
    """A JSON object. Raises `Unreadable`."""
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("not JSON") from wrong
    if not isinstance(data, dict):
        raise Unreadable("not an object")
    return data


def is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == JSON


def _text(value: Any) -> str:
    """A string that every database can keep."""
    if not isinstance(value, str) or "\0" in value:
        raise Unreadable("not a text")
    try:
        value.encode()
    except UnicodeEncodeError as wrong:
        raise Unreadable("half a character") from wrong
    return value


def ticket_of(value: Any) -> str:
    """ "07-31-12" as it is; three words as the ticket they name; anything else as no ticket at all."""
    text = _text(value)
    return text if TICKET.fullmatch(text) else pictograms.ticket_of_words(text) or ""


# --- JSON ---------------------------------------------------------------------------------------------------


def read_json(body: bytes, questions: Questionnaire) -> Filled:
    data = json_of(body)
    if data.keys() - {"sending", "ticket", "answers", "words"}:
        raise Unreadable("unknown keys")
    answers, words = data.get("answers", {}), data.get("words", {})
    if not isinstance(answers, dict) or not isinstance(words, dict):
        raise Unreadable("answers and words are objects")
    filled = Filled(_sending(data.get("sending")), ticket_of(data.get("ticket", "")))
    for key, value in {**answers, **words}.items():
        question = questions.questions.get(key)
        if question is None or (key in words) is not question.is_text:
            raise Unreadable("no such question")
        if question.is_text:
            filled.words[key] = _words(question, _text(value))
        elif isinstance(value, list):
            filled.answers[key] = [_text(one) for one in value]
        else:
            filled.answers[key] = _text(value)
    return _less_unasked(filled, questions)


# --- The form ----------------------------------------------------------------------------------------------


def read_form(typed: dict[str, list[str]], questions: Questionnaire) -> Filled:
    known = {"sending", "t0", "t1", "t2", "tw", "l"}
    filled = Filled(_sending(_one(typed, "sending")), _ticket(typed), typed=typed)
    for key, question in questions.questions.items():
        if question.kind == QuestionKind.RANKING:
            names = {choice: f"r-{key}-{choice}" for choice in question.choice_keys}
            known |= {*names.values()}
            value: Any = _ranked(question, {choice: _one(typed, name) for choice, name in names.items()})
        else:
            known.add(f"q-{key}")
            value = [one for one in typed.get(f"q-{key}", []) if one]
            if question.kind in SEVERAL:
                _not_too_many(question, value)
            elif len(value) > 1:
                raise Unreadable("one answer, not several")
            else:
                value = value[0] if value else ""
        if not value:
            continue
        if question.is_text:
            filled.words[key] = _words(question, value)
        else:
            filled.answers[key] = value
    if typed.keys() - known:
        raise Unreadable("unknown fields")
    return _less_unasked(filled, questions)


def _one(typed: Mapping[str, list[str]], name: str) -> str:
    values = typed.get(name, [""])
    if len(values) != 1:
        raise Unreadable("one value, not several")
    return values[0]


def _ticket(typed: Mapping[str, list[str]]) -> str:
    drawn = [_one(typed, f"t{place}") for place in range(3)]
    if all(drawn):
        if not all(re.fullmatch(r"\d\d?", one, re.ASCII) and int(one) < DRAWINGS for one in drawn):
            raise Unreadable("no such drawing")
        return "-".join(f"{int(one):02d}" for one in drawn)
    return ticket_of(_one(typed, "tw"))


def _ranked(question: Question, places: Mapping[str, str]) -> list[str]:
    given = {choice: place for choice, place in places.items() if place}
    if not all(re.fullmatch(r"\d\d?", place, re.ASCII) for place in given.values()):
        raise Unreadable("a place is a number")
    order = sorted(given, key=lambda choice: int(given[choice]))
    if len({int(place) for place in given.values()}) != len(given):
        raise Mistake(_("Tu as mis deux choses à la même place. Change une des deux."), f"q-{question.key}")
    _not_too_many(question, order)
    return order


def _not_too_many(question: Question, chosen: list[str]) -> None:
    most = question.most or len(question.choices)
    if len(chosen) > most:
        raise Mistake(
            _("Tu as choisi trop de réponses\u202f: {most} au plus. Enlèves-en.").format(most=most), f"q-{question.key}"
        )


# --- Both --------------------------------------------------------------------------------------------------


def _sending(value: Any) -> str:
    if not isinstance(value, str) or not SENDING.fullmatch(value):
        raise Unreadable("a sending has a name")
    return value


def _words(question: Question, text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Mistake(_("Ton texte est trop long. Raccourcis-le un peu."), f"q-{question.key}")
    return text


def _less_unasked(filled: Filled, questions: Questionnaire) -> Filled:
    asked = questions.without_unasked({**filled.answers, **filled.words})
    filled.answers = {key: value for key, value in filled.answers.items() if key in asked}
    filled.words = {key: text for key, text in filled.words.items() if key in asked and text}
    return filled
