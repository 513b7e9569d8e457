"""From what a person types to the value an answer holds, and back to words. Pure: no database.

What cannot be read is never lost: it is held as `{"raw": "deux cents"}`, shown again as it was typed with what
is wrong beside it, and counts as missing at the gate.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marelle.programme.definition import Question, QuestionKind

SHORT, LONG = 300, 20_000
"""Longest texts when the definition sets no limit, in characters."""
TOO_MUCH = 200_000
"""Above this a text is refused instead of kept: it is not an answer. In characters."""
UNREADABLE = "\ufffd"
"""What a browser's text becomes where its characters could not be read (a page sent in Latin-1)."""
YES, NO = "oui", "non"
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def read(question: Question, typed: str | list[str] | None) -> Any:
    """The value to hold for what was typed: None when empty, `{"raw": …}` when it cannot be read as asked."""
    if question.kind == QuestionKind.CHOICES:
        return _choices(question, typed)
    text = clean(typed[0] if isinstance(typed, list) and typed else typed)
    if not text.strip():
        return None
    if UNREADABLE in text:
        return {"raw": text}
    value = _READERS[question.kind](question, text)
    return {"raw": text} if value is None or _complaint(question, value) else value


def clean(typed: Any) -> str:
    """Text as the database can hold it: one kind of line end, no NUL, no half of a character."""
    text = typed if isinstance(typed, str) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode()


def typed_again(question: Question, value: Any) -> Any:
    """What to put in the field for a held value, so that reading it gives the same value."""
    if isinstance(value, dict):
        return value.get("raw", "")
    if question.kind == QuestionKind.CHOICES:
        return value if isinstance(value, list) else [str(value)] if value else []
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


def as_asked(question: Question, value: Any) -> Any:
    """A held value seen by the question as it is asked today: a version followed since may have changed it."""
    return value if value is None or isinstance(value, dict) else read(question, typed_again(question, value))


def is_filled(value: Any) -> bool:
    """Whether this counts as an answer: something is there, and it could be read."""
    return value is not None and value != "" and value != [] and not isinstance(value, dict)


def problem(question: Question, value: Any) -> str:
    """What is wrong with a held value, in words that say how to put it right; empty when nothing is."""
    if not isinstance(value, dict):
        return ""
    raw = value.get("raw", "")
    if isinstance(raw, list):
        return _("Choisissez parmi les réponses proposées.")
    if UNREADABLE in raw:
        return _("Certains caractères n’ont pas pu être lus. Corrigez-les ; le reste de votre texte est conservé.")
    understood = _READERS[question.kind](question, raw)
    if understood is not None:
        return _complaint(question, understood)
    return {
        QuestionKind.NUMBER: _("Écrivez un nombre, par exemple 200. Votre texte est conservé."),
        QuestionKind.DATE: _("Écrivez une date, par exemple 24/11/2026. Votre texte est conservé."),
        QuestionKind.YES_NO: _("Choisissez oui ou non."),
        QuestionKind.CHOICE: _("Choisissez une des réponses proposées."),
    }.get(question.kind, _("Cette réponse n’a pas pu être lue. Votre texte est conservé."))


def words(question: Question, value: Any) -> str:
    """A held value as a person reads it: « Oui », « 1 200 enfants », « École, Rue »."""
    if not is_filled(value):
        raw = value.get("raw", "") if isinstance(value, dict) else ""
        return ", ".join(raw) if isinstance(raw, list) else raw
    labels = {option.key: option.label for option in question.options}
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, list):
        return ", ".join(labels.get(key, str(key)) for key in value)
    if question.kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
        return labels.get(value, str(value))
    if isinstance(value, int | float):
        unit = question.unit if question.kind == QuestionKind.NUMBER else ""
        return " ".join(filter(None, [number_in_words(value), unit])).replace(" ", "\u00a0")
    if question.kind == QuestionKind.DATE:
        try:
            return date_format(date.fromisoformat(value), "j F Y")
        except ValueError:  # written when the question was of another kind
            return str(value)
    return str(value)


def read_again(old: Question, new: Question, value: Any) -> Any:
    """What an answer to `old` is worth now that the question is `new`: the same words, read as it asks today."""
    if new.kind in {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT}:
        return read(new, words(old, value))
    typed = typed_again(old, value)
    if isinstance(typed, list) and new.kind != QuestionKind.CHOICES:
        typed = typed[0] if len(typed) == 1 else words(old, value)
    return read(new, typed)


def number_in_words(value: int | float) -> str:
    whole, _dot, rest = f"{value:.10f}".rstrip("0").rstrip(".").partition(".")
    whole = f"{int(whole):,}".replace(",", "\u202f")
    return f"{whole},{rest}" if rest else whole


def _text(question: Question, text: str) -> str:
    if question.kind == QuestionKind.SHORT_TEXT:
        return SPACES.sub(" ", text).strip()
    return text.strip()


def _number(question: Question, text: str) -> int | float | None:
    bare = SPACES.sub("", text).replace(",", ".")
    if question.unit and bare.lower().endswith(question.unit.lower()):
        bare = bare[: -len(question.unit)]
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,6})?", bare, re.ASCII):
        return None
    number = float(bare)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _yes_no(question: Question, text: str) -> bool | None:
    return {YES: True, NO: False}.get(text.strip().lower())


def _choice(question: Question, text: str) -> str | None:
    return text.strip() if text.strip() in {option.key for option in question.options} else None


def _date(question: Question, text: str) -> str | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            day = datetime.strptime(text.strip(), shape).date()
        except ValueError:
            continue
        return day.isoformat() if 1900 <= day.year <= 2100 else None
    return None


def _choices(question: Question, typed: Any) -> Any:
    chosen = [one for one in map(clean, typed if isinstance(typed, list) else [typed]) if one]
    known = [option.key for option in question.options]
    if any(one not in known for one in chosen):
        return {"raw": sorted(set(chosen))[:50]}
    return [key for key in known if key in chosen] or None


def _complaint(question: Question, value: Any) -> str:
    """What is wrong with a value that could be read: too long, too small, too large."""
    if question.kind == QuestionKind.NUMBER:
        if question.minimum is not None and value < question.minimum:
            return _("Écrivez un nombre d’au moins %(least)s. Votre texte est conservé.") % {
                "least": number_in_words(question.minimum)
            }
        if question.maximum is not None and value > question.maximum:
            return _("Écrivez un nombre d’au plus %(most)s. Votre texte est conservé.") % {
                "most": number_in_words(question.maximum)
            }
    if question.kind in {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT} and len(value) > longest(question):
        return _("Votre texte compte %(length)s signes : ramenez-le à %(limit)s. Il est conservé.") % {
            "length": number_in_words(len(value)),
            "limit": number_in_words(longest(question)),
        }
    return ""


def longest(question: Question) -> int:
    return question.max_length or (SHORT if question.kind == QuestionKind.SHORT_TEXT else LONG)


_READERS = {
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.DATE: _date,
}
