"""What the timer does here."""

from __future__ import annotations

import logging
from datetime import datetime

from marelle.jobs.chores import daily, hourly

from .actions import (
    downloads,
    editorial,
    imports,
    kits,
    links,
    media,
    pictures,
    practice_review,
    saved_searches,
    search,
    shelves,
)

logger = logging.getLogger(__name__)


@hourly("library.publish_what_is_due")
def publish_what_is_due(*, at: datetime) -> int:
    return editorial.publish_what_is_due(at=at)


@hourly("library.editing_sessions")
def forget_who_was_editing(*, at: datetime) -> int:
    return editorial.forget_who_was_editing(at=at)


@daily("library.search")
def set_the_search_right(*, at: datetime) -> int:
    """Nothing to do on an ordinary day: each change keeps the index in step. What it repairs is worth looking into."""
    counts = search.read_everything()
    if counts.repaired:
        logger.warning(
            "The search was not in step: %s added, %s changed, %s removed",
            counts.added, counts.changed, counts.removed,
        )  # fmt: skip
    return counts.repaired


@daily("library.downloads")
def forget_old_downloads(*, at: datetime) -> int:
    return downloads.forget_old_downloads(at=at)


@daily("library.changes")
def drop_old_changes(*, at: datetime) -> int:
    return downloads.drop_old_changes()


@daily("library.practices")
def read_practices_again(*, at: datetime) -> int:
    """Ask whether practices whose review date passed still hold."""
    return practice_review.ask_to_read_again(at=at)


@daily("library.saved_searches")
def tell_what_is_new(*, at: datetime) -> int:
    return saved_searches.forget(at=at) + saved_searches.tell_what_is_new(at=at)


@daily("library.pictures")
def look_after_pictures(*, at: datetime) -> int:
    return media.look_after(at=at) + pictures.drop_unfinished(at=at)


@daily("library.check_links")
def check_links(*, at: datetime) -> int:
    return links.check_links(at=at)


@daily("library.kits")
def drop_old_archives(*, at: datetime) -> int:
    return kits.drop_old_archives(at=at)


@daily("library.shelves")
def forget_old_lists(*, at: datetime) -> int:
    return shelves.forget(at=at)


@daily("library.imports")
def forget_old_imports(*, at: datetime) -> int:
    """What was read of tables goes after thirty days; the sheets that came of it stay."""
    return imports.forget_old(at=at)
