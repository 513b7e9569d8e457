"""What the shape alone cannot hold: links between parts, order of dates, completeness of a route."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from marelle.programme.enums import CLOSED, OutcomeKind, Status

from .shape import Definition, OnlyIf, Question, QuestionKind
from .yaml_lines import Place

Wrong = tuple[Place, str]
"""Where, and why in words."""

CHOOSES = {QuestionKind.CHOICE, QuestionKind.CHOICES}
WRITES = {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT}
MAY_BE_EMPTY = {"example", "unit", "engagement", "intro", "fee_note"}
LONGEST = {"key": 40, "name": 100}


def what_is_wrong(definition: Definition) -> list[Wrong]:
    """Everything that would make this route misbehave; empty when it can be loaded."""
    return [
        *_empty_words(definition.model_dump(), ()),
        *_names(definition),
        *_twins(definition),
        *_questions(definition),
        *_documents(definition),
        *_steps(definition),
        *_deadlines(definition),
        *_fees(definition),
        *_whole(definition),
    ]


def _empty_words(value: Any, path: Place) -> Iterator[Wrong]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _empty_words(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _empty_words(child, (*path, index))
    elif value == "" and path[-1] not in MAY_BE_EMPTY:
        yield path, _("ce texte est vide")


def _names(definition: Definition) -> Iterator[Wrong]:
    for field, limit in LONGEST.items():
        if len(getattr(definition, field)) > limit:
            yield (field,), _("pas plus de %(limit)s caractères") % {"limit": limit}
    if not definition.eligible:
        yield ("eligible",), _("au moins un genre de territoire doit être admis")


def _twins(definition: Definition) -> Iterator[Wrong]:
    """A question and a document share one set of keys: a correction names either by its key alone."""
    asked = [
        (("sections", i, "questions", j, "key"), question.key)
        for i, section in enumerate(definition.sections)
        for j, question in enumerate(section.questions)
    ]
    asked += [(("documents", i, "key"), document.key) for i, document in enumerate(definition.documents)]
    yield from _said_twice(asked)
    for part in ("sections", "steps", "engagements"):
        yield from _said_twice(((part, i, "key"), thing.key) for i, thing in enumerate(getattr(definition, part)))
    yield from _said_twice((("outcomes", i, "kind"), outcome.kind) for i, outcome in enumerate(definition.outcomes))
    yield from _said_twice((("eligible", i), kind) for i, kind in enumerate(definition.eligible))


def _said_twice(keys: Iterable[tuple[Place, str]]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for path, key in keys:
        if key in seen:
            yield path, _("la clé « %(key)s » est déjà prise") % {"key": key}
        seen.add(key)


def _questions(definition: Definition) -> Iterator[Wrong]:
    engagements = {engagement.key for engagement in definition.engagements}
    before: dict[str, Question] = {}
    for i, section in enumerate(definition.sections):
        if not section.questions:
            yield ("sections", i, "questions"), _("cette section ne pose aucune question")
        for j, question in enumerate(section.questions):
            path: Place = ("sections", i, "questions", j)
            yield from _one_question(question, path)
            yield from _condition(question.only_if, path, before, definition.questions)
            if question.engagement and question.engagement not in engagements:
                yield (
                    (*path, "engagement"),
                    _("« %(key)s » n’est pas un engagement de ce parcours") % {"key": question.engagement},
                )
            before[question.key] = question


def _one_question(question: Question, path: Place) -> Iterator[Wrong]:
    if question.kind in CHOOSES:
        if len(question.options) < 2:
            yield (*path, "options"), _("une question à choix propose au moins deux réponses")
        yield from _said_twice(((*path, "options", k, "key"), option.key) for k, option in enumerate(question.options))
    elif question.options:
        yield (*path, "options"), _("seules les questions à choix ont des réponses proposées")
    for field in ("minimum", "maximum", "unit"):
        if question.kind != QuestionKind.NUMBER and getattr(question, field) not in (None, ""):
            yield (*path, field), _("seule une question de genre number a ce champ")
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        yield (*path, "maximum"), _("le maximum est plus petit que le minimum")
    if question.max_length is not None and question.kind not in WRITES:
        yield (*path, "max_length"), _("seul un texte a une longueur")
    if question.max_length is not None and question.max_length < 1:
        yield (*path, "max_length"), _("la longueur est d’au moins un caractère")


def _documents(definition: Definition) -> Iterator[Wrong]:
    for i, document in enumerate(definition.documents):
        yield from _condition(document.only_if, ("documents", i), definition.questions, definition.questions)


def _condition(
    only_if: OnlyIf | None, path: Place, before: dict[str, Question], everywhere: dict[str, Question]
) -> Iterator[Wrong]:
    if only_if is None:
        return
    path = (*path, "only_if")
    parent = before.get(only_if.question)
    if parent is None:
        reason = (
            _("« %(key)s » est posée plus loin : une condition regarde en arrière")
            if only_if.question in everywhere
            else _("aucune question ne porte la clé « %(key)s »")
        )
        yield (*path, "question"), reason % {"key": only_if.question}
        return
    if not only_if.is_one_of:
        yield (*path, "is_one_of"), _("dites au moins une réponse")
    possible: set[Any] = {True, False} if parent.kind == QuestionKind.YES_NO else {o.key for o in parent.options}
    if parent.kind not in CHOOSES | {QuestionKind.YES_NO}:
        yield (*path, "question"), _("une condition porte sur une question oui-non ou à choix")
        return
    for k, value in enumerate(only_if.is_one_of):
        if value not in possible:
            yield (
                (*path, "is_one_of", k),
                _("« %(value)s » n’est pas une réponse possible à « %(key)s »")
                % {
                    "value": value,
                    "key": parent.key,
                },
            )


def _steps(definition: Definition) -> Iterator[Wrong]:
    placed: set[str] = set()
    for i, step in enumerate(definition.steps):
        for k, status in enumerate(step.statuses):
            path: Place = ("steps", i, "statuses", k)
            if status not in Status.values:
                yield (
                    path,
                    _("« %(status)s » n’est pas un état ; au choix : %(all)s")
                    % {
                        "status": status,
                        "all": ", ".join(Status.values),
                    },
                )
            elif status in placed:
                yield path, _("l’état « %(status)s » est déjà à une autre étape") % {"status": status}
            placed.add(status)
    if definition.kind == "titled":
        for status in Status.values:
            if status not in CLOSED and status not in placed:
                yield ("steps",), _("aucune étape ne montre l’état « %(status)s »") % {"status": status}


def _deadlines(definition: Definition) -> Iterator[Wrong]:
    dates = definition.deadlines
    if dates is None:
        return
    if dates.file_due_at <= dates.opens_at:
        yield ("deadlines", "file_due_at"), _("la date limite vient avant l’ouverture")
    yield from _said_twice(
        (("deadlines", "chase_days_before", i), str(days)) for i, days in enumerate(dates.chase_days_before)
    )
    for i, days in enumerate(dates.chase_days_before):
        if days > (dates.file_due_at - dates.opens_at).days >= 0:
            yield ("deadlines", "chase_days_before", i), _("cette relance partirait avant l’ouverture")
    if dates.opinion_reminder_days >= dates.opinion_days:
        yield ("deadlines", "opinion_reminder_days"), _("la relance d’un avis vient avant son échéance")


def _fees(definition: Definition) -> Iterator[Wrong]:
    last = 0
    for i, band in enumerate(definition.fees):
        if i and definition.fees[i - 1].up_to is None:
            yield ("fees", i), _("rien ne peut venir après la tranche sans limite (up_to: null)")
        if band.up_to is not None and band.up_to <= last:
            yield ("fees", i, "up_to"), _("cette tranche chevauche la précédente : les limites vont en croissant")
        last = band.up_to if band.up_to is not None else last
    if definition.fees and all(band.up_to is not None for band in definition.fees):
        yield ("fees",), _("il manque la dernière tranche, sans limite (up_to: null)")


def _whole(definition: Definition) -> Iterator[Wrong]:
    if definition.kind == "network":
        if definition.charter is None or not definition.charter.articles:
            yield ("charter",), _("le réseau se rejoint en acceptant une charte : écrivez-en les articles")
        for part in ("documents", "outcomes"):
            if getattr(definition, part):
                yield (part,), _("le réseau se rejoint en une fois : ni pièces ni décisions de commission")
        for i, section in enumerate(definition.sections):
            for j, question in enumerate(section.questions):
                if question.only_if:
                    yield (
                        ("sections", i, "questions", j, "only_if"),
                        _("le réseau pose toutes ses questions sur une page : aucune ne dépend d’une autre"),
                    )
        return
    for part in ("sections", "deadlines", "outcomes"):
        if not getattr(definition, part):
            yield (part,), _("un parcours avec titre ne peut s’en passer")
    if definition.outcomes:
        for kind in OutcomeKind.values:
            if kind not in {outcome.kind for outcome in definition.outcomes}:
                yield ("outcomes",), _("il manque la décision « %(kind)s »") % {"kind": kind}
