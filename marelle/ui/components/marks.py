"""Small things read at a glance: icon, tag, figure, tile, bar, a line of what waits."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .library import KINDS, SQUARES, attributes, drawing, fresh_id, one_of, register
from .words import people, when


@register.simple_tag
def icon(name):
    """A lucide drawing, for the eye only: words always stand beside it."""
    return drawing(name)


@register.simple_tag
def tag(text, kind="", square=""):
    """A short state in a pill: « En retard »."""
    one_of(kind, KINDS, "kind")
    one_of(square, SQUARES, "square")
    return format_html(
        '<span class="tag{}"{}>{}</span>', f" {kind}" if kind else "", attributes(data_square=square), text
    )


@register.simple_tag
def demo_mark(short=False):
    """Beside a status that the demonstration invented about a real town.

    `short` in a list, where the drawing is enough once `demo_legend` has said what it means.
    """
    return format_html(
        '<span class="tag demo{}" title="{}">{}<span{}>{}</span></span>',
        " short" if short else "",
        _("Donnée inventée pour la démonstration"),
        drawing("flask-conical"),
        SafeString(' class="visually-hidden"') if short else "",
        _("démonstration"),
    )


@register.simple_tag
def demo_legend():
    """Above a list whose rows carry the short mark."""
    return format_html(
        '<p class="quiet demo-legend">{}<span>{}</span></p>',
        drawing("flask-conical"),
        _("Statut inventé pour la démonstration"),
    )


@register.simple_tag
def figure(value, label, square=""):
    """A number never stands without what it counts; unknown is written out, it is not zero."""
    one_of(square, SQUARES, "square")
    unknown = value is None or value == ""
    return format_html(
        '<p class="figure"{}><b{}>{}</b> <span>{}</span></p>',
        attributes(data_square=square),
        SafeString(' class="unknown"') if unknown else "",
        people(value),
        label,
    )


@register.simple_tag
def tile(count, label, url="", square="join"):
    """A count one can act on: it leads to the list it counts."""
    one_of(square, SQUARES, "square")
    inside = format_html("<b>{}</b> <span>{}</span>", people(count), label)
    if url:
        return format_html('<a class="tile" href="{}"{}>{}</a>', url, attributes(data_square=square), inside)
    return format_html('<p class="tile"{}>{}</p>', attributes(data_square=square), inside)


def _share(value) -> float:
    return max(0.0, min(100.0, float(value or 0)))


@register.simple_tag
def bar(done, next=0, label="", square=""):
    """Progress in percentages: done is solid, what comes next is hatched. Its words say the same."""
    one_of(square, SQUARES, "square")
    full = _share(done)
    hatched = min(_share(next), 100 - full)
    words = _("{done} % fait").format(done=f"{full:.0f}")
    if hatched:
        words += _(", {next} % prévu").format(next=f"{hatched:.0f}")
    pattern = fresh_id("hachures")
    return format_html(
        '<svg class="bar" role="img" aria-label="{}"{}><defs><pattern id="{}" width="7" height="7"'
        ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3.5" height="7"/></pattern></defs>'
        '<rect class="done" width="{}%" height="100%"/><rect x="{}%" width="{}%" height="100%" fill="url(#{})"/></svg>',
        f"{label}\N{NARROW NO-BREAK SPACE}: {words}" if label else words,
        attributes(data_square=square),
        pattern,
        f"{full:.1f}",
        f"{full:.1f}",
        f"{hatched:.1f}",
        pattern,
    )


@register.simple_tag
def todo(text, square="", url="", until=None, tag="", kind=""):
    """What waits for me, until when."""
    one_of(kind, KINDS, "kind")
    one_of(square, SQUARES, "square")
    words = format_html('<a href="{}">{}</a>', url, text) if url else format_html("<span>{}</span>", text)
    due = format_html('<span class="quiet">{} {}</span>', _("avant le"), when(until)) if until else ""
    mark = format_html('<span class="tag{}">{}</span>', f" {kind}" if kind else "", tag) if tag else ""
    return format_html(
        '<div class="todo"{}><span class="what">{}{}</span>{}</div>', attributes(data_square=square), words, due, mark
    )
