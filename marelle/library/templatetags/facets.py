"""The boxes of a facet and the cards of a list, written at once: a page has more than a hundred and twenty of them, and a
template for each would cost more than all the rest of the page."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from marelle.ui.components.library import drawing
from marelle.ui.components.marks import demo_mark
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


@register.simple_tag(takes_context=True)
def resource_card(context, resource, level=3):
    """A resource in a list: what it is, for whom, how long."""
    mark = demo_mark() if context.get("DEMO") and resource.is_demonstration else ""
    glance = (
        ("users-round", _("Âge\u202f:"), resource.ages_in_words),
        ("clock", _("Durée\u202f:"), resource.duration_in_words),
        ("shapes", _("Groupe\u202f:"), resource.group_in_words),
    )
    return format_html(
        '<article class="resource-card" data-kind="{}"><p class="row kinds"><span class="tag" data-square="act">{}</span>{}'
        '</p><h{}><a href="{}">{}</a></h{}><p>{}</p><ul class="at-a-glance" role="list">{}</ul></article>',
        resource.kind,
        capfirst(resource.get_kind_display()),
        mark,
        level,
        resource.get_absolute_url(),
        resource.title,
        level,
        resource.summary,
        format_html_join(
            "",
            '<li>{}<span><span class="visually-hidden">{} </span>{}</span></li>',
            ((drawing(icon), said, fact) for icon, said, fact in glance if fact),
        ),
    )
