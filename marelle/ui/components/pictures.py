"""Drawings for those who cannot read yet."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from marelle.ui import pictograms

from .library import register


@register.simple_tag
def picto(code, label="", size=72):
    """A pictogram by its code point. `label` is what a screen reader says: empty when the words beside it say the same.

    A code that we do not have draws nothing: it may come from a questionnaire made with another set.
    """
    found = pictograms.load().get(code)
    if found is None:
        return SafeString("")
    return format_html(
        '<img class="picto" src="{}" alt="{}" width="{}" height="{}" decoding="async">',
        static(found.path),
        label,
        size,
        size,
    )
