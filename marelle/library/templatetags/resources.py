"""What the page of a resource asks for by itself: it is also drawn by the back office's preview, which has no view."""

from django import template

from marelle.library.queries.resource_page import around

register = template.Library()


@register.simple_tag(takes_context=True)
def around_resource(context, resource):
    return context.get("shown") or around(resource)
