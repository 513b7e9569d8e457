"""Practices, by those who write them: begun, written by several, proposed, changed, taken out. An app above may draft one
from facts it knows (`draft_from`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.library.definition.practices import QUESTIONS
from marelle.library.emails import practices as emails
from marelle.library.enums import PRACTICE_MOVES, Goal, PracticeState
from marelle.library.models import Article, Practice, TakingUp, Theme
from marelle.library.models.base import OLDEST, YOUNGEST
from marelle.library.queries import people, practice_texts
from marelle.library.rules import practices as rules
from marelle.library.rules.practices import Act
from marelle.notifications.actions import send_on_commit


class Outcome(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    CHANGED_MEANWHILE = "changed_meanwhile"
    """A colleague saved another answer since: nothing is written, and the page shows both."""


@dataclass(frozen=True)
class Typed:
    """An answer, and the mark of the answer that the person had before their eyes (`practice_texts.base_of`)."""

    value: Any
    base: str


@dataclass(frozen=True, kw_only=True)
class PracticeFacts:
    """What an app above knows of something that was done, to draft a practice from. Unknown stays None or empty: the
    form asks for it. `source` names where it comes from (« plans.action:k4…»): the same source drafts once."""

    source: str
    title: str
    summary: str = ""
    context: str = ""
    children_part: str = ""
    steps: tuple[str, ...] = ()
    started_in: int | None = None
    cost_euros: int | None = None
    cost_note: str = ""
    staff: str = ""
    partners: str = ""
    result: str = ""
    evidence: str = ""
    age_from: int = YOUNGEST
    age_to: int = OLDEST
    themes: tuple[str, ...] = ()
    """Slugs of `Theme`; those that do not exist are left out."""
    articles: tuple[int, ...] = ()
    goals: tuple[int, ...] = ()


@transaction.atomic
def start(*, organisation: Organisation | None, title: str, summary: str = "", by: Any, at: datetime) -> Practice:
    """Begin a practice: nobody but its collectivité and the editorial team sees it."""
    require(rules.can_propose(by, organisation))
    assert organisation is not None  # The rule refuses to begin for nobody.
    practice = _born(organisation, title=title, summary=summary.strip(), by=by, at=at)
    record("library.practice.started", on=practice, by=by, at=at)
    return practice


@transaction.atomic
def draft_from(*, facts: PracticeFacts, organisation: Organisation, by: Any, at: datetime) -> Practice:
    """A practice drafted from what an app above knows (an action that was carried out): its people complete it.
    Asked again for the same source, it gives the same practice back and writes nothing."""
    require(rules.can_propose(by, organisation))
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)  # One at a time: drafted once.
    known = Practice.objects.filter(organisation=organisation, source=facts.source).first()
    if known:
        return known
    practice = _born(
        organisation, title=facts.title, by=by, at=at, source=facts.source, summary=facts.summary, context=facts.context,
        children_part=facts.children_part, steps=[one.strip() for one in facts.steps if one.strip()],
        started_in=facts.started_in, cost_euros=facts.cost_euros, cost_note=facts.cost_note, staff=facts.staff,
        partners=facts.partners, result=facts.result, evidence=facts.evidence, age_from=facts.age_from,
        age_to=facts.age_to, goals=sorted(set(facts.goals) & set(Goal.values)),
    )  # fmt: skip
    practice.themes.set(Theme.objects.filter(slug__in=facts.themes))
    practice.articles.set(Article.objects.filter(pk__in=facts.articles))
    practice.save()
    record("library.practice.drafted", on=practice, by=by, at=at, source=facts.source)
    return practice


@transaction.atomic
def write(*, practice: Practice, typed: Mapping[str, Typed], by: Any, at: datetime) -> dict[str, Outcome]:
    """Keep what a person typed, question by question, and say what became of each. Nothing here looks at whether the
    text is complete, and nothing proposes it.

    An answer written from another than today's is not kept, unless it says nothing new: nobody overwrites a colleague
    without having read them.
    """
    practice = locked(practice)
    require(rules.can(by, Act.WRITE, practice))
    text = practice_texts.working(practice)
    outcomes: dict[str, Outcome] = {}
    for name, new in typed.items():
        if name not in QUESTIONS:
            continue
        today = practice_texts.base_of(text, name)
        if new.value == practice_texts.value_of(text, name):
            outcomes[name] = Outcome.UNCHANGED
        elif new.base == today:
            outcomes[name] = Outcome.SAVED
        elif practice_texts.fingerprint(new.value)[:16] == new.base:
            outcomes[name] = Outcome.UNCHANGED  # They touched nothing: their page was only older.
        else:
            outcomes[name] = Outcome.CHANGED_MEANWHILE
    changed = [name for name, outcome in outcomes.items() if outcome == Outcome.SAVED]
    if changed:
        for name in changed:
            _put(text, name, typed[name].value)
        if text.age_from > text.age_to:  # Two people, one age each.
            raise Refused(_("L’âge de fin vient après l’âge de début."))
        if text.cost_euros is not None and text.cost_is_unknown:
            text.cost_is_unknown = False  # An amount was given: it is known after all.
        _keep(practice, text, by=by, at=at)
    return outcomes


@transaction.atomic
def submit(*, practice: Practice, by: Any, at: datetime) -> Practice:
    """Hand the text over to the editorial team. It does not change while they read, unless it is taken back."""
    practice = locked(practice)
    require(rules.can_submit(by, practice))
    text = practice_texts.working(practice)
    if not practice.live:
        text.save_revision(user=by, changed=False, clean=False)  # What the next reading will be compared with.
    practice.submitted_at = at
    move(practice, PracticeState.SUBMITTED, at=at, also=["submitted_at"])
    record("library.practice.submitted", on=practice, by=by, at=at)
    for person in people.reviewers(on=localdate(at)):
        send_on_commit(emails.practice_to_review, to=person, at=at, practice=practice)
    return practice


@transaction.atomic
def take_back(*, practice: Practice, by: Any, at: datetime) -> Practice:
    """Its authors change their minds before the answer: the text is theirs again, the remarks stay."""
    practice = locked(practice)
    require(rules.can(by, Act.TAKE_BACK, practice))
    reader = practice.locked_by
    move(practice, PracticeState.DRAFT, at=at)
    record("library.practice.taken_back", on=practice, by=by, at=at)
    if reader:
        send_on_commit(emails.practice_taken_back, to=reader, at=at, practice=practice)
    return practice


@transaction.atomic
def change(*, practice: Practice, by: Any, at: datetime) -> Practice:
    """Take up a published text to improve it: the public one stays until the new one is accepted."""
    practice = locked(practice)
    require(rules.can(by, Act.CHANGE, practice))
    move(practice, PracticeState.DRAFT, at=at)
    record("library.practice.reopened", on=practice, by=by, at=at)
    return practice


@transaction.atomic
def give_up(*, practice: Practice, by: Any, at: datetime) -> Practice:
    """Let the changes go: the public text stands."""
    practice = locked(practice)
    require(rules.can_give_up(by, practice))
    practice.has_unpublished_changes, practice.latest_revision = False, practice.live_revision
    move(practice, PracticeState.PUBLISHED, at=at, also=["has_unpublished_changes", "latest_revision"])
    record("library.practice.changes_dropped", on=practice, by=by, at=at)
    return practice


@transaction.atomic
def archive(*, practice: Practice, reason: str, by: Any, at: datetime) -> Practice:
    """Take it out of the library, and say why. Its page is gone, and its contact's name with it; its people keep the
    text they were working on."""
    practice = locked(practice)
    require(rules.can(by, Act.ARCHIVE, practice))
    if not reason.strip():
        raise Refused(_("Dites pourquoi la fiche quitte la bibliothèque."))
    was_public, text = practice.live, practice_texts.working(practice)
    for name in QUESTIONS:
        _put(practice, name, practice_texts.value_of(text, name))
    practice.live = practice.has_unpublished_changes = False
    practice.state, practice.state_since, practice.state_reason = PracticeState.ARCHIVED, at, reason.strip()
    practice.save()
    getattr(practice, "contact", None) and practice.contact.delete()
    record("library.practice.archived", on=practice, by=by, at=at, was_public=was_public)
    for person in people.authors(practice, on=localdate(at), besides=by):
        send_on_commit(emails.practice_archived, to=person, at=at, practice=practice)
    return practice


@transaction.atomic
def reopen(*, practice: Practice, by: Any, at: datetime) -> Practice:
    """Back on the desk of its authors, as a draft."""
    practice = locked(practice)
    require(rules.can(by, Act.REOPEN, practice))
    move(practice, PracticeState.DRAFT, at=at)
    record("library.practice.put_back", on=practice, by=by, at=at)
    return practice


@transaction.atomic
def follow(*, organisation: Organisation, into: Organisation, by: Any, at: datetime) -> None:
    """A collectivité merged: its practices, and those it takes up, are now its successor's. What both take up is taken
    up once, and nobody takes up their own."""
    if organisation.pk == into.pk:
        return
    moved = Practice.objects.filter(organisation=organisation).update(organisation=into)
    mine = TakingUp.objects.filter(organisation=organisation)
    mine.filter(practice__in=TakingUp.objects.filter(organisation=into).values("practice")).delete()
    taken_up = mine.update(organisation=into)
    TakingUp.objects.filter(organisation=into, practice__organisation=into).delete()
    if moved or taken_up:
        record("library.practice.followed", on=into, by=by, at=at, practices=moved, taken_up=taken_up)


def locked(practice: Practice) -> Practice:
    return (
        Practice.objects.select_for_update(of=("self",))
        .select_related("organisation", "latest_revision", "live_revision", "locked_by")
        .get(pk=practice.pk)
    )


def move(
    practice: Practice, state: PracticeState, *, at: datetime, reason: str = "", also: list[str] | None = None
) -> None:
    """Along the table of moves; whoever was reading it holds it no more."""
    assert state in PRACTICE_MOVES[PracticeState(practice.state)]
    practice.state, practice.state_since, practice.state_reason = state, at, reason
    practice.locked, practice.locked_at, practice.locked_by = False, None, None
    practice.save(
        update_fields=["state", "state_since", "state_reason", "locked", "locked_at", "locked_by", *(also or [])]
    )


def _born(organisation: Organisation, *, title: str, by: Any, at: datetime, **text: Any) -> Practice:
    title = title.strip()
    if not title:
        raise Refused(_("Donnez un titre à la pratique."))
    return Practice.objects.create(
        organisation=organisation, title=title[:120], slug=slug_of(title), live=False, state=PracticeState.DRAFT,
        state_since=at, created_at=at, written_by=by, edited_at=at, edited_by=by,
        is_demonstration=organisation.is_demonstration, **text,
    )  # fmt: skip


def slug_of(title: str) -> str:
    """What its address says besides its opaque id."""
    return slugify(title)[:80].strip("-") or "pratique"


def _put(text: Practice, name: str, value: Any) -> None:
    if name in practice_texts.MANY:
        rows = (Theme if name == "themes" else Article).objects.filter(pk__in=value)
        getattr(text, name).set(rows)
    else:
        setattr(text, name, value)


def _keep(practice: Practice, text: Practice, *, by: Any, at: datetime) -> None:
    """On the row while nothing is public; as a revision beside the public text afterwards."""
    if practice.live:
        latest = practice.latest_revision
        own = practice.has_unpublished_changes and latest is not None and latest.user_id == by.pk
        text.save_revision(user=by, clean=False, overwrite_revision=latest if own else None)
    else:
        if not practice.first_published_at:
            text.slug = slug_of(text.title)
        text.save()
    Practice.objects.filter(pk=practice.pk).update(edited_at=at, edited_by=by)
