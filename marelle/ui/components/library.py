"""What the components share: the tag library, attributes, ids, icons."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import count
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SQUARES = ("join", "govern", "listen", "plan", "act", "measure", "share")
"""The squares of the hopscotch: each has a chalk (text, edges) and a tint (ground)."""
KINDS = ("info", "ok", "warn", "bad")

_numbers = count(1)


def fresh_id(prefix: str) -> str:
    """An id that no other element of the page has."""
    return f"{prefix}-{next(_numbers)}"


def one_of(value: str, allowed: tuple[str, ...], what: str) -> str:
    """A component asked for something that does not exist is a mistake in a template: say so at once."""
    if value and value not in allowed:
        raise template.TemplateSyntaxError(f"{what} is one of {', '.join(allowed)}, not {value!r}")
    return value


def attributes(**named: Any) -> SafeString:
    """HTML attributes, escaped: None, False and "" leave theirs out, True writes its name alone."""
    pairs = [(name.rstrip("_").replace("_", "-"), value) for name, value in named.items()]
    return format_html_join(
        "",
        "{}",
        (
            (format_html_join("", ' {}="{}"', [(name, value)]) if value is not True else mark_safe(f" {name}"),)  # noqa: S308 - our own attribute names
            for name, value in pairs
            if value not in (None, False, "")
        ),
    )


@cache
def _drawing(name: str) -> str:
    import lucide

    return lucide._render_icon(name, None, **{"class": "icon", "aria-hidden": "true", "focusable": "false"})


@lru_cache
def drawing(name: str) -> SafeString:
    """A lucide icon as inline SVG, hidden from screen readers: the words beside it say the same."""
    return mark_safe(_drawing(name)) if name else SafeString("")  # noqa: S308 - drawn by the icon package
