"""What children wrote, once an adult approved it: the published wordings, never the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import QuerySet

from marelle.audit.queries import last_number
from marelle.participation.enums import Theme
from marelle.participation.models import Consultation, Publication, Verbatim

from .results import said

EXAMPLES = 6
"""Of each question, on the page of results."""


@dataclass(frozen=True)
class Said:
    """Some words that children wrote in answer to one question."""

    key: str
    question: str
    words: tuple[str, ...]
    has_more: bool


def approved(consultation: Consultation) -> QuerySet[Verbatim]:
    """In an order that says nothing: their ids are drawn at random."""
    return Verbatim.objects.public().filter(session__consultation=consultation).order_by("pk")


def themes_of(verbatim: Verbatim) -> list[str]:
    names = dict(Theme.choices)
    return [str(names[theme]) for theme in verbatim.themes if theme in names]


def examples(publication: Publication, number: int | None = None) -> list[Said]:
    """A few wordings by question. Kept until something is done anywhere (the log's last number): a wording that is
    taken back is gone from the page at once. `number`: that number, when the page has read it already."""
    key = f"results:words:{publication.pk}:{last_number() if number is None else number}"
    found = caches["local"].get(key)
    if found is None:
        found = _examples(publication)
        caches["local"].set(key, found, timeout=3600)
    return found


def _examples(publication: Publication) -> list[Said]:
    questions = {q.key: q for q in publication.version.questionnaire.questions.values() if q.is_text}
    if not questions:
        return []
    by_key: dict[str, list[str]] = {key: [] for key in questions}
    seen: set[tuple[str, str]] = set()
    rows = approved(publication.consultation).values_list("question", "wording", "group")
    for question, wording, group in rows[: 50 * len(questions)]:
        if question in by_key and (question, group or wording) not in seen:
            seen.add((question, group or wording))
            by_key[question].append(wording)
    return [
        Said(key, said(questions[key].text), tuple(words[:EXAMPLES]), len(words) > EXAMPLES)
        for key, words in by_key.items()
        if words
    ]


def waiting(consultation: Consultation) -> int:
    """Words that nobody has read yet: they will not be shown."""
    return Verbatim.objects.to_moderate().filter(session__consultation=consultation).count()
