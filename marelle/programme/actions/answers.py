"""Writing in the file, several people at once. A save never erases what someone else wrote meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.core.rules import Refused, require
from marelle.programme.models import Answer, AnswerRevision, Candidacy, UnmergedText
from marelle.programme.queries import files, values
from marelle.programme.rules import files as rules

from .moving import locked

NEVER_READ = -1
"""The base of a save that does not say what it was written from."""


class Outcome(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    KEPT_APART = "kept_apart"
    """A colleague saved the same question meanwhile: this text waits beside theirs."""
    LOCKED = "locked"
    UNKNOWN = "unknown"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Typed:
    """A value, and the revision of the answer that the person had before their eyes when they wrote it."""

    value: Any
    base: int


@transaction.atomic
def write(
    *, candidacy: Candidacy, typed: Mapping[str, Typed], by, at: datetime, taken_from: Answer | None = None
) -> dict[str, Outcome]:
    """Keep what a person typed, question by question, and say what became of each.

    A value written from the current revision replaces it; one written from an older revision is kept apart,
    unless it says nothing new. Nothing here looks at whether the file is complete, and nothing submits it.
    """
    candidacy = locked(candidacy)
    require(rules.can_write(by, candidacy))
    open_keys, questions = files.open_keys(candidacy), candidacy.version.definition.questions
    current = {a.question: a for a in candidacy.answers.filter(question__in=typed)}
    bases = _bases(candidacy, current, typed)

    outcomes: dict[str, Outcome] = {}
    for key, new in typed.items():
        answer = current.get(key)
        if key not in questions:
            outcomes[key] = Outcome.UNKNOWN
        elif new.value == (answer.value if answer else None):
            outcomes[key] = Outcome.UNCHANGED
        elif not rules.can_write(by, candidacy, key, open_keys=open_keys):
            outcomes[key] = Outcome.LOCKED
        elif _length(new.value) > values.TOO_MUCH:
            outcomes[key] = Outcome.TOO_LONG
        elif new.base == (answer.revision if answer else 0) or (answer is None and new.base == NEVER_READ):
            outcomes[key] = Outcome.SAVED
        elif (key, new.base) in bases and bases[key, new.base] == new.value:
            outcomes[key] = Outcome.UNCHANGED  # They touched nothing: their page was only older.
        else:
            outcomes[key] = Outcome.KEPT_APART

    _store(
        candidacy, current, {k: typed[k].value for k, o in outcomes.items() if o == Outcome.SAVED}, by, at, taken_from
    )
    apart = [
        UnmergedText(
            candidacy=candidacy,
            question=k,
            value=typed[k].value,
            based_on=max(typed[k].base, 0),
            kept_at=at,
            kept_by=by,
        )
        for k, outcome in outcomes.items()
        if outcome == Outcome.KEPT_APART
    ]
    UnmergedText.objects.bulk_create(
        apart,
        update_conflicts=True,
        unique_fields=["candidacy", "question", "kept_by"],
        update_fields=["value", "based_on", "kept_at"],
    )
    if apart or Outcome.SAVED in outcomes.values():
        candidacy.last_activity_at = at
        candidacy.save(update_fields=["last_activity_at"])
    return outcomes


def _bases(candidacy, current, typed) -> dict[tuple[str, int], Any]:
    """What the questions said at the older revisions some values were written from."""
    older = {k: t.base for k, t in typed.items() if k in current and t.base != current[k].revision}
    if not older:
        return {}
    rows = AnswerRevision.objects.filter(
        answer__candidacy=candidacy, answer__question__in=older, revision__in=set(older.values())
    ).values_list("answer__question", "revision", "value")
    return {(key, revision): value for key, revision, value in rows} | {(k, 0): None for k in older}


def _store(candidacy, current, new: Mapping[str, Any], by, at, taken_from=None) -> None:
    born, grown = [], []
    for key, value in new.items():
        answer = current.get(key)
        if answer is None:
            answer = Answer(candidacy=candidacy, question=key, revision=0)
            born.append(answer)
        else:
            grown.append(answer)
        answer.value, answer.revision, answer.saved_at, answer.saved_by = value, answer.revision + 1, at, by
        answer.taken_from = taken_from
    Answer.objects.bulk_create(born)
    Answer.objects.bulk_update(grown, ["value", "revision", "saved_at", "saved_by", "taken_from"])
    AnswerRevision.objects.bulk_create(
        AnswerRevision(answer=a, revision=a.revision, value=a.value, saved_at=at, saved_by=by) for a in [*born, *grown]
    )


@transaction.atomic
def put_mine(*, unmerged: UnmergedText, base: int, by, at: datetime) -> Outcome:
    """Replace the colleague's version by the text kept apart: theirs stays among the versions.

    `base` is the revision the person saw beside their own: if it moved again, they are asked again.
    """
    _own(unmerged, by)
    key = unmerged.question
    outcome = write(candidacy=unmerged.candidacy, typed={key: Typed(unmerged.value, base)}, by=by, at=at)[key]
    if outcome in {Outcome.SAVED, Outcome.UNCHANGED}:
        unmerged.delete()
    return outcome


@transaction.atomic
def let_go(*, unmerged: UnmergedText, by) -> None:
    """Let the text kept apart go: the colleague's version stands, or one made of both was saved."""
    _own(unmerged, by)
    unmerged.delete()


def _own(unmerged: UnmergedText, by) -> None:
    if unmerged.kept_by_id != by.pk:
        raise Refused(_("Ce texte appartient à une autre personne."))


@transaction.atomic
def restore(*, answer: Answer, revision: int, by, at: datetime) -> Outcome:
    """Put an earlier version of an answer back, as a new version: nothing is lost on the way."""
    candidacy = locked(answer.candidacy)
    answer = Answer.objects.get(pk=answer.pk)
    require(rules.can_write(by, candidacy, answer.question))
    earlier = answer.revisions.filter(revision=revision).first()
    if earlier is None:
        raise Refused(_("Cette version n’existe pas."))
    typed = {answer.question: Typed(earlier.value, answer.revision)}
    return write(candidacy=candidacy, typed=typed, by=by, at=at)[answer.question]


@transaction.atomic
def share(*, answer: Answer, shared: bool, by, at: datetime) -> Answer:
    """Let the twin file (commune and intercommunalité) read this answer and take it up, or stop letting it."""
    require(rules.can_write(by, answer.candidacy))
    answer = Answer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.is_shared != shared:
        answer.is_shared = shared
        answer.save(update_fields=["is_shared"])
    return answer


@transaction.atomic
def take_up(*, candidacy: Candidacy, shared: Answer, base: int, by, at: datetime) -> Outcome:
    """Copy an answer that the twin file shares, remembering where it comes from."""
    offered = files.shared_by_twins(candidacy, files.twins(candidacy)).get(shared.question, [])
    source = next((answer for answer in offered if answer.pk == shared.pk), None)
    if source is None:
        raise Refused(_("Cette réponse n’est plus partagée."))
    key = source.question
    return write(candidacy=candidacy, typed={key: Typed(source.value, base)}, by=by, at=at, taken_from=source)[key]


def _length(value: Any) -> int:
    return len(str(value.get("raw", "") if isinstance(value, dict) else value))
