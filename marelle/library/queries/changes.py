"""What changed in the library since a number: how what a process remembers of it is known to be of now."""

from __future__ import annotations

from collections.abc import Collection

from marelle.library.models import Change

TOO_MANY = 3000
"""Past this many changes, reading everything again costs less than following them."""
LAST_CHANGE = Change.objects.order_by("-number")


def last_change() -> int:
    """The number of the last thing written. As long as it stays, nothing of the library has changed."""
    return LAST_CHANGE.values_list("number", flat=True).first() or 0


def rows_changed(nouns: Collection[str], *, after: int) -> dict[str, set[int]] | None:
    """Of each noun, the keys written since; None when that cannot be followed any more, and all must be read again."""
    first = Change.objects.order_by("number").values_list("number", flat=True).first()
    changed = list(Change.objects.filter(number__gt=after).values_list("noun", "row")[: TOO_MANY + 1])
    if first is None or first > after + 1 or len(changed) > TOO_MANY:
        return None
    return {noun: {row for what, row in changed if what == noun} for noun in nouns}
