"""A child's page as a list of screens: one question each, in one language, with what was answered already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.templatetags.static import static
from django.utils.translation import override

from marelle.ballots.enums import Mode
from marelle.participation.definition import Questionnaire
from marelle.participation.definition.shape import Said
from marelle.participation.enums import QuestionKind
from marelle.participation.queries.children import Asked
from marelle.ui import fonts, pictograms
from marelle.ui.context_processors import typefaces

RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ur", "ckb", "dv"}
NAMES = {
    "fr": "Français", "en": "English", "ar": "العربية", "uk": "Українська", "ru": "Русский", "es": "Español",
    "pt": "Português", "de": "Deutsch", "it": "Italiano", "tr": "Türkçe", "ro": "Română", "pl": "Polski",
    "fa": "فارسی", "ps": "پښتو", "zh": "中文", "ta": "தமிழ்", "br": "Brezhoneg", "oc": "Occitan", "co": "Corsu",
    "eu": "Euskara", "ca": "Català", "gcf": "Kréyòl", "gcr": "Kréyòl", "rcf": "Kréol",
}  # fmt: skip
"""Languages in their own words."""
MANY = 12
"""From so many choices on, a list to go through rather than cards."""


@dataclass(frozen=True)
class Option:
    key: str
    label: str
    lang: str
    """Only when it is not the page's."""
    picto: str
    chosen: bool
    place: int
    """In a ranking, from 1; 0: not placed."""


@dataclass(frozen=True)
class Screen:
    id: str
    key: str
    number: int
    kind: str
    look: str
    """cards, faces, numbers, list, ranking, words"""
    text: str
    lang: str
    help: str
    options: list[Option]
    several: bool
    most: int
    """0: no limit worth saying."""
    shuffle: bool
    only_if: str
    only_if_choices: str
    only_if_labels: list[str]
    only_if_number: int
    section: str
    """Title of the section that begins here."""
    audio: str
    written: str
    previous: str
    next: str
    pebbles: list[str]


def dress() -> dict[str, Any]:
    """What the base of every child's page needs: one typeface, not four."""
    made = typefaces()
    return {"typefaces": made and {"sheet": made["sheet"], "text": static(f"{fonts.FOLDER}/text.woff2")}}


def said(words: Said, language: str) -> tuple[str, str]:
    """The text, and its language when it is not the one asked for."""
    if words.get(language):
        return words[language], ""
    return words.get("fr", ""), "fr" if language != "fr" else ""


def _look(kind: str, count: int, has_pictures: bool) -> str:
    looks = {
        QuestionKind.SMILEYS: "faces",
        QuestionKind.SCALE: "numbers",
        QuestionKind.RANKING: "ranking",
        QuestionKind.TEXT: "words",
        QuestionKind.PLACE: "list",
    }
    return looks.get(QuestionKind(kind)) or ("cards" if count < MANY or has_pictures else "list")


def screens(
    questionnaire: Questionnaire,
    *,
    language: str = "fr",
    first: str = "debut",
    typed: Mapping[str, list[str]] | None = None,
) -> list[Screen]:
    """`first`: what lies before the first question."""
    typed = typed or {}
    numbers = {key: n for n, key in enumerate(questionnaire.questions, 1)}
    ids = [f"q-{key}" for key in numbers]
    made = []
    for section in questionnaire.sections:
        title = said(section.title, language)[0]
        for question in section.questions:
            n = numbers[question.key]
            text, lang = said(question.text, language)
            options = [_option(question, choice, language, typed) for choice in question.choices]
            condition = question.only_if
            other = questionnaire.questions.get(condition.question) if condition else None
            several = question.kind in {QuestionKind.PICTURES, QuestionKind.RANKING}
            made.append(
                Screen(
                    id=f"q-{question.key}",
                    key=question.key,
                    number=n,
                    kind=question.kind,
                    look=_look(question.kind, len(options), any(o.picto for o in options)),
                    text=text,
                    lang=lang,
                    help=said(question.help, language)[0],
                    options=options,
                    several=several,
                    most=question.most if several and 0 < question.most < len(options) else 0,
                    shuffle=question.shuffle,
                    only_if=condition.question if condition else "",
                    only_if_choices=" ".join(condition.choices) if condition else "",
                    only_if_labels=[
                        said(choice.label, language)[0]
                        for choice in (other.choices if other else ())
                        if condition and choice.key in condition.choices
                    ],
                    only_if_number=numbers.get(condition.question, 0) if condition else 0,
                    section=title if question is section.questions[0] else "",
                    audio=f"son/{question.key}/{language}/" if question.audio.get(language) else "",
                    written=typed.get(f"q-{question.key}", [""])[0] if question.is_text else "",
                    previous=ids[n - 2] if n > 1 else first,
                    next=ids[n] if n < len(ids) else "envoyer",
                    pebbles=["done"] * (n - 1) + ["now"] + ["todo"] * (len(ids) - n),
                )
            )
    return made


def _option(question: Any, choice: Any, language: str, typed: Mapping[str, list[str]]) -> Option:
    label, lang = said(choice.label, language)
    place = typed.get(f"r-{question.key}-{choice.key}", [""])[0]
    return Option(
        key=choice.key,
        label=label,
        lang=lang,
        picto=choice.picto if pictograms.word(choice.picto) else "",
        chosen=choice.key in typed.get(f"q-{question.key}", []),
        place=int(place) if place.isascii() and place.isdigit() and len(place) < 3 else 0,
    )


def context(
    station: Any,
    asked: Asked,
    questionnaire: Questionnaire,
    *,
    language: str,
    sending: str,
    typed: Mapping[str, list[str]] | None = None,
    problem: str = "",
    problem_screen: str = "",
    needs_help: bool = False,
) -> dict[str, Any]:
    """Everything `participation/child/session.html` shows."""
    typed = typed or {}
    tickets = station.mode == Mode.TICKETS
    with override(language):
        made = screens(questionnaire, language=language, first="t2" if tickets else "debut", typed=typed)
    return {
        **dress(),
        "asked": asked,
        "mode": str(station.mode),
        "sending": sending,
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "languages": [(code, NAMES.get(code, code)) for code in questionnaire.languages]
        if len(questionnaire.languages) > 1
        else [],
        "screens": made,
        "first_screen": made[0].id if made else "envoyer",
        "last_screen": made[-1].id if made else "debut",
        "tickets": _ticket_screens(typed, made[0].id if made else "envoyer") if tickets else [],
        "ticket_words": typed.get("tw", [""])[0],
        "problem": problem,
        "problem_screen": problem_screen,
        "needs_help": needs_help,
    }


def _ticket_screens(typed: Mapping[str, list[str]], after: str) -> list[dict[str, Any]]:
    made = []
    for place, (name, of) in enumerate(zip(pictograms.LISTS, pictograms.ticket_lists(), strict=True)):
        chosen = typed.get(f"t{place}", [""])[0]
        made.append(
            {
                "id": f"t{place}",
                "place": place,
                "name": name,
                "sheet": static(f"{pictograms.FOLDER}/tickets-{name}.svg"),
                "drawings": [
                    {"number": f"{n:02d}", "word": one.word, "chosen": chosen in {str(n), f"{n:02d}"}}
                    for n, one in enumerate(of)
                ],
                "previous": f"t{place - 1}" if place else "debut",
                "next": f"t{place + 1}" if place < 2 else after,
            }
        )
    return made
