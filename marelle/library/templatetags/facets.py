"""The boxes of a facet and the cards of a list, written at once: a page has more than a hundred and twenty of them, and a
template for each would cost more than all the rest of the page. Every word of a person's goes through `escape`."""

from collections import OrderedDict
from functools import cache, lru_cache
from threading import Lock

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from marelle.library.enums import Kind
from marelle.library.queries.facets import Row
from marelle.library.queries.resources import cards
from marelle.ui.components.library import drawing
from marelle.ui.components.marks import demo_mark
from marelle.ui.components.words import grouped

register = template.Library()


@register.simple_tag
def facet_options(key, options):
    """(value, words, how many, ticked) → a list of boxes to tick, each with what ticking it would find."""
    boxes = []
    for value, label, count, ticked in options:
        box, words = _box(key, value, str(label))
        boxes.append(f"{box}{' checked' if ticked else ''}{words}{grouped(count)}</span></label></li>")
    return SafeString("".join(boxes))


@lru_cache(maxsize=2000)
def _box(key, value, label):
    """What stands before and after « checked », the same each time."""
    key, value = escape(key), escape(value)
    return (
        f'<li><label for="f-{key}-{value}"><input type="checkbox" name="{key}" value="{value}" id="f-{key}-{value}"',
        f'><span>{escape(capfirst(label))}</span> <span class="count">',
    )


@register.simple_tag
def facet_links(values):
    """(value of a search's facet, the address that ticks or unticks it) → a list of links, each with what it leaves."""
    check = drawing("check")
    return SafeString(
        "".join(
            f'<li><a href="{escape(url)}"{CHOSEN + check if value.is_chosen else NOT_CHOSEN}<span>{escape(value.label)}</span> '
            f'<span class="quiet">{grouped(value.count)}</span></a></li>'
            for value, url in values
        )
    )


CHOSEN, NOT_CHOSEN = ' aria-current="true" rel="nofollow">', ' rel="nofollow">'
CARDS_KEPT = 3000
"""Some 1.3 kB each."""
_drawn: OrderedDict[int, tuple[Row, str]] = OrderedDict()
_lock = Lock()


@register.simple_tag
def resource_cards(keys, snapshot):
    """The cards of these resources, in this order, each in its `<li>`. A card stays as it was drawn for as long as the
    catalogue holds the very same row: whatever is written of a resource has its row read again."""
    rows = {key: row for key in keys if (row := snapshot.row(key)) is not None}
    with _lock:
        known = {key: _drawn[key][1] for key, row in rows.items() if key in _drawn and _drawn[key][0] is row}
        for key in known:
            _drawn.move_to_end(key)
    missing = [key for key in rows if key not in known]
    if missing:
        fresh = {one.pk: f"<li>{resource_card(one)}</li>" for one in cards(missing)}
        known |= fresh
        with _lock:
            _drawn.update((key, (rows[key], card)) for key, card in fresh.items())
            while len(_drawn) > CARDS_KEPT:
                _drawn.popitem(last=False)
    return SafeString("".join(known[key] for key in keys if key in known))


@register.simple_tag
def resource_card(resource, level=3):
    """A resource in a list: what it is, for whom, how long."""
    said = _said()
    mark = said["demo"] if settings.DEMO and resource.is_demonstration else ""
    facts = {"age": resource.ages_in_words, "time": resource.duration_in_words, "group": resource.group_in_words}
    glance = "".join(f"<li>{said[name]}{escape(fact)}</span></li>" for name, fact in facts.items() if fact)
    level = int(level)
    return SafeString(
        f'<article class="resource-card" data-kind="{escape(resource.kind)}"><p class="row kinds">'
        f'<span class="tag" data-square="act">{said.get(resource.kind, "")}</span>{mark}</p>'
        f'<h{level}><a href="{escape(resource.get_absolute_url())}">{escape(resource.title)}</a></h{level}>'
        f'<p>{escape(resource.summary)}</p><ul class="at-a-glance" role="list">{glance}</ul></article>'
    )


@cache
def _said():
    """What is the same on every card, worked out once: French is the only language of the site."""
    facts = {
        "age": ("users-round", _("Âge\u202f:")),
        "time": ("clock", _("Durée\u202f:")),
        "group": ("shapes", _("Groupe\u202f:")),
    }
    return {
        "demo": demo_mark(),
        **{str(kind): escape(capfirst(kind.label)) for kind in Kind},
        **{
            name: f'{drawing(icon)}<span><span class="visually-hidden">{escape(words)} </span>'
            for name, (icon, words) in facts.items()
        },
    }
