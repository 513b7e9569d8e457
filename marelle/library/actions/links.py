"""Keeping the list of links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from marelle.audit.actions import record
from marelle.library.models import DeadLink, Guide, Resource
from marelle.library.queries.links import dead_links


@transaction.atomic
def check_links_of(*, text: Any, at: datetime) -> int:
    """Read the links of one text again. How many lead nowhere; none is kept of a text that is not public."""
    kind = ContentType.objects.get_for_model(text)
    DeadLink.objects.filter(content_type=kind, object_id=str(text.pk)).delete()
    found = dead_links(text) if text.live else []
    DeadLink.objects.bulk_create(
        DeadLink(
            content_type=kind, object_id=str(text.pk), title=str(text)[:255], where=link.where[:200], words=link.words[:120],
            address=link.address[:500], reason=reason, found_at=at,
        )
        for link, reason in found
    )  # fmt: skip
    return len(found)


def check_links(*, at: datetime) -> int:
    """Every public text, each in its own transaction. How many links lead nowhere."""
    dead = sum(check_links_of(text=text, at=at) for text in _texts())
    DeadLink.objects.filter(found_at__lt=at).delete()  # of texts that are gone
    record("library.links.checked", on=DeadLink, by=None, at=at, dead=dead)
    return dead


def _texts() -> Iterator[Any]:
    yield from Page.objects.live().filter(depth__gt=1).specific().iterator(chunk_size=100)
    for model in (Resource, Guide):
        yield from model.objects.public().iterator(chunk_size=500)


def note_links(*, instance: Any, **_news: Any) -> None:
    """A text has just been published, or taken down: its own links are read again, and those that lead, or failed to lead,
    to it."""
    if isinstance(instance, Page | Resource | Guide):
        at = timezone.now()
        for text in [instance, *_texts_it_may_change(instance)]:
            check_links_of(text=text, at=at)


def _texts_it_may_change(text: Any) -> list[Any]:
    """Those that name this one, and those that have a dead link: what was missing may be what has just come."""
    naming = [other for other, _where in ReferenceIndex.get_grouped_references_to(text)]
    waiting = [row.text for row in DeadLink.objects.prefetch_related("text")]
    found = {
        (type(other), other.pk): other
        for other in (other.specific if isinstance(other, Page) else other for other in [*naming, *waiting] if other)
        if isinstance(other, Page | Resource | Guide)
    }
    found.pop((type(text), text.pk), None)
    return list(found.values())
