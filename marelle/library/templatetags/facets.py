"""The boxes of a facet and the cards of a list, written at once: a page has more than a hundred and twenty of them, and a
template for each would cost more than all the rest of the page. Every word of a person's goes through `escape`."""

from functools import cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from marelle.library.enums import Kind
from marelle.ui.components.library import drawing
from marelle.ui.components.marks import demo_mark
from marelle.ui.components.words import grouped

register = template.Library()


@register.simple_tag
def facet_options(key, options):
    """(value, words, how many, ticked) → a list of boxes to tick, each with what ticking it would find."""
    return SafeString("".join(_box(escape(key), *option) for option in options))


def _box(key, value, label, count, ticked):
    value = escape(value)
    return (
        f'<li><label for="f-{key}-{value}"><input type="checkbox" name="{key}" value="{value}" id="f-{key}-{value}"'
        f'{" checked" if ticked else ""}><span>{escape(capfirst(label))}</span> <span class="count">{grouped(count)}</span>'
        "</label></li>"
    )


@register.simple_tag(takes_context=True)
def resource_card(context, resource, level=3):
    """A resource in a list: what it is, for whom, how long."""
    said = _said()
    mark = said["demo"] if context.get("DEMO") and resource.is_demonstration else ""
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
