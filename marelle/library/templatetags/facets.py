"""The boxes of a facet, written at once: there are more than a hundred on the page."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from marelle.ui.components.words import grouped

register = template.Library()


@register.simple_tag
def facet_options(key, options):
    """(value, words, how many, ticked) → a list of boxes to tick, each with what ticking it would find."""
    return format_html_join(
        "",
        '<li><label for="f-{0}-{1}"><input type="checkbox" name="{0}" value="{1}" id="f-{0}-{1}"{2}>'
        '<span>{3}</span> <span class="count">{4}</span></label></li>',
        (
            (key, value, SafeString(" checked") if ticked else "", capfirst(label), grouped(count))
            for value, label, count, ticked in options
        ),
    )
