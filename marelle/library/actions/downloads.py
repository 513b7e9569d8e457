"""Who took which version of a file, and who asked to be told of the next one. Only for people who are signed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from marelle.audit.actions import record
from marelle.core.rules import require
from marelle.library.models import Change, Download, FileVersion, Resource, Watch
from marelle.library.rules import files as rules

KEPT = timedelta(days=2 * 365)
CHANGES_KEPT = 2000
"""A process that slept through more than these reads everything again."""


@transaction.atomic
def note_download(*, version: FileVersion, by: Any, at: datetime) -> Download:
    """Remember the last version of a file that somebody signed in took. Not in the log: what people read is theirs."""
    return Download.objects.update_or_create(person=by, file=version.file, defaults={"version": version, "at": at})[0]


@transaction.atomic
def watch(*, resource: Resource, by: Any, at: datetime) -> Watch:
    """They will be told by mail when its files change. Asking twice changes nothing."""
    require(rules.can_watch(by, resource))
    return Watch.objects.get_or_create(person=by, resource=resource, defaults={"since": at})[0]


@transaction.atomic
def stop_watching(*, watch: Watch) -> None:
    """No more mail about this resource: by the person on its page, or by whoever holds the link of the mail."""
    watch.delete()


@transaction.atomic
def forget_old_downloads(*, at: datetime) -> int:
    """What was downloaded two years ago tells nobody anything any more. Gives how many rows went; the log keeps it."""
    count = Download.objects.filter(at__lt=at - KEPT).delete()[0]
    if count:
        record("library.download.forgotten", on=Download, by=None, at=at, count=count)
    return count


def drop_old_changes() -> int:
    """Keep the last notes of what changed; gives how many went."""
    last = Change.objects.order_by("-number").values_list("number", flat=True)[CHANGES_KEPT : CHANGES_KEPT + 1]
    return Change.objects.filter(number__lte=next(iter(last), 0)).delete()[0]
