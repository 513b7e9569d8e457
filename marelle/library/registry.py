"""What apps bring to the library, in their `apps.py`.

What is asked before a text goes online, whoever asks and however: button, review, timer (`ask_before_publishing`); the
texts themselves ask them all (`models.base.AsksBeforePublishing`).

What can be found, each app its own:

    searchable("proposal", _("proposition d’enfants"), _("propositions d’enfants"), every=…, one=…, rows={Proposal: …})
    own("candidacy", _("candidature"), find=…)

What gathers on an article of the Convention: `on_article("proposals", proposals_on)`.

The index holds what anyone may read, and nothing else: what only some may see is asked of its own app, at the moment of
the search, through the app's own `visible_to`. Nothing can leak from an index that does not know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from marelle.core.rules import Answer, No

if TYPE_CHECKING:
    from django.db import models
    from django_stubs_ext import StrOrPromise

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


@dataclass(frozen=True)
class Item:
    """One thing that cites an article."""

    title: str
    address: str
    about: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True)
class Gathering:
    """What one app brings to the page of an article: the first few, how many there are, where to see them all."""

    title: StrOrPromise
    items: list[Item]
    total: int
    address: str = ""


Bringing = Callable[[int, int], Gathering]
"""Given the article's number and how many to show."""

_on_article: dict[str, Bringing] = {}


def on_article(name: str, bring: Bringing) -> None:
    """Bring what cites an article, public only. Shown in the order of the registrations; one query each."""
    _on_article[name] = bring


def gathered_on(number: int, *, most: int) -> list[Gathering]:
    """What cites this article, the kinds of which there is none left out."""
    found = [bring(number, most) for bring in _on_article.values()]
    return [one for one in found if one.total]


@dataclass(frozen=True)
class Found:
    """One thing as its app tells it. `key` is unlike any other of its kind, and public; `address` begins by « / »."""

    key: str
    title: str
    summary: str
    address: str
    keywords: str = ""
    """Other words for it: its nature, its setting, its author. Searched, never shown."""
    body: str = ""
    themes: tuple[str, ...] = ()
    """Slugs."""
    ages: tuple[int, int] | None = None
    articles: tuple[int, ...] = ()
    dated: date | None = None
    is_demonstration: bool = False


@dataclass(frozen=True)
class Source:
    """One kind of thing that anyone may find."""

    kind: str
    label: StrOrPromise
    plural: StrOrPromise
    every: Callable[[], Iterable[Found]]
    """All that is public now."""
    one: Callable[[str], Found | None]
    """The one of this key; None when it is not public, or is no more."""
    rows: dict[type[models.Model], Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    """Rows that, when an action writes that it changed one, change what is found: which keys."""


@dataclass(frozen=True)
class Own:
    """What a person finds because it is theirs, or their work: a few rows, through `visible_to`. `find` is given the
    person and the question's text, and may narrow as it likes; what it gives is then read word by word."""

    kind: str
    label: StrOrPromise
    find: Callable[[Any, str], Iterable[Found]]


sources: dict[str, Source] = {}
owns: dict[str, Own] = {}


def searchable(
    kind: str,
    label: StrOrPromise,
    plural: StrOrPromise,
    *,
    every: Callable[[], Iterable[Found]],
    one: Callable[[str], Found | None],
    rows: dict[type[models.Model], Callable[[Any], Iterable[str]]] | None = None,
) -> None:
    """Bring a kind of thing that anyone may find. Its order in results' facets is that of the registrations."""
    sources[kind] = Source(kind, label, plural, every, one, rows or {})


def own(kind: str, label: StrOrPromise, *, find: Callable[[Any, str], Iterable[Found]]) -> None:
    """Bring what a person finds of their own when signed in."""
    owns[kind] = Own(kind, label, find)
