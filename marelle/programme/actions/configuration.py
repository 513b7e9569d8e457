"""Taking in what a mandate asks, and what that changes for the files people are writing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from marelle.accounts.enums import Role
from marelle.accounts.models import Membership
from marelle.audit.actions import record
from marelle.core.frozen import digest
from marelle.notifications.actions import send_on_commit
from marelle.programme.definition import Change, Definition, MandateDefinition, Question, compare, touches_the_file
from marelle.programme.emails import configuration as emails
from marelle.programme.enums import FOLLOWS_NEW_VERSIONS, Status
from marelle.programme.models import Answer, Candidacy, Mandate, Route, RouteVersion, UnmergedText
from marelle.programme.queries.values import read_again


@dataclass(frozen=True)
class Loaded:
    """What became of one route. `version` is the one in force; `is_new` says whether it was just made."""

    version: RouteVersion
    is_new: bool
    changes: list[Change] = field(default_factory=list)
    moved: int = 0
    """How many open files went over to the new version."""


@transaction.atomic
def load(*, mandate: MandateDefinition, routes: tuple[Definition, ...], by: Any, at: datetime) -> list[Loaded]:
    """Put a mandate's routes in force. A route whose content is the same as before is left alone.

    Files still being written follow the new version and their leads are told; what was handed over never moves.
    """
    term = Mandate.objects.update_or_create(
        key=mandate.key,
        defaults={"name": mandate.name, "starts_on": mandate.starts_on, "ends_on": mandate.ends_on},
    )[0]
    return [_load_route(term, definition, by=by, at=at) for definition in routes]


def _load_route(mandate: Mandate, definition: Definition, *, by: Any, at: datetime) -> Loaded:
    route = Route.objects.update_or_create(
        mandate=mandate, key=definition.key, defaults={"kind": definition.kind, "name": definition.name}
    )[0]
    Route.objects.select_for_update().get(pk=route.pk)
    content = definition.model_dump(mode="json")
    before = route.versions.order_by("-number").first()
    if before and before.digest == digest(content):
        return Loaded(before, is_new=False)
    version = RouteVersion.objects.create(
        route=route,
        number=before.number + 1 if before else 1,
        content=content,
        digest=digest(content),
        loaded_at=at,
    )
    changes = compare(before.definition, definition) if before else []
    record("programme.route.version_loaded", on=version, by=by, at=at, number=version.number, changes=len(changes))
    return Loaded(version, True, changes, _follow(version, changes, by=by, at=at))


def _follow(version: RouteVersion, changes: list[Change], *, by: Any, at: datetime) -> int:
    """Open files go over to the new version; who is writing one learns what changed in it."""
    following = (
        Candidacy.objects.select_for_update(of=("self",))
        .filter(route=version.route_id, status__in=FOLLOWS_NEW_VERSIONS)
        .select_related("version", "organisation")
    )
    moved = 0
    for candidacy in following.order_by("pk"):
        old, candidacy.version = candidacy.version, version
        candidacy.save(update_fields=["version"])
        reread = _read_answers_again(candidacy, old.definition, version.definition)
        record(
            "programme.candidacy.version_followed", on=candidacy, by=by, at=at,
            old=old.number, new=version.number, reread=reread,
        )  # fmt: skip
        if candidacy.status == Status.DRAFT and touches_the_file(changes):
            for lead in _leads(candidacy, at):
                send_on_commit(emails.file_changed, to=lead, at=at, candidacy=candidacy, old=old)
        moved += 1
    return moved


def _read_answers_again(candidacy: Candidacy, old: Definition, new: Definition) -> int:
    """Answers to questions that now ask otherwise are read anew: what no longer fits is kept as it was typed, and
    counts as missing until someone puts it right. How many changed."""
    before, after = old.questions, new.questions
    asked_otherwise = [key for key in after if key in before and _asks(before[key]) != _asks(after[key])]
    changed = 0
    for model in (Answer, UnmergedText):
        for row in model.objects.filter(candidacy=candidacy, question__in=asked_otherwise):
            value = read_again(before[row.question], after[row.question], row.value)
            if value != row.value or type(value) is not type(row.value):
                row.value = value
                row.save(update_fields=["value"])
                changed += 1
    return changed


def _asks(question: Question) -> tuple[Any, ...]:
    """What decides whether an answer can be read: its words and its place do not."""
    keys = [option.key for option in question.options]
    return question.kind, keys, question.minimum, question.maximum, question.max_length


def _leads(candidacy: Candidacy, at: datetime) -> list[Any]:
    memberships = (
        Membership.objects.on(at.date())
        .filter(organisation=candidacy.organisation_id, role=Role.LEAD, user__is_active=True)
        .select_related("user")
    )
    return [membership.user for membership in memberships]
