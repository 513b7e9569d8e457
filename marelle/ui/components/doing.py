"""What a person does: a button that explains itself, the refusal of an action."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext as _

from .library import attributes, drawing, fresh_id, one_of, register

BUTTONS = ("primary", "calm", "danger", "link")


@register.simple_tag
def button(text, href="", kind="primary", icon="", name="", value="", can=True, type="submit", form=""):
    """A button, or a link that looks like one. When a rule's answer says no, it stays and says why."""
    one_of(kind, BUTTONS, "kind")
    style = "button" if kind == "primary" else f"button {kind}"
    label = format_html("{}<span>{}</span>", drawing(icon), text)
    if not can:
        reason = getattr(can, "reason", "") or _("Ce n’est pas possible maintenant.")
        known_as = fresh_id("raison")
        return format_html(
            '<span class="held"><button class="{}" type="button" aria-disabled="true" aria-describedby="{}">{}</button>'
            '<span class="reason" id="{}">{}</span></span>',
            style,
            known_as,
            label,
            known_as,
            reason,
        )
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', style, href, label)
    return format_html(
        '<button class="{}"{}>{}</button>', style, attributes(type=type, name=name, value=value, form=form), label
    )


@register.simple_tag
def refusal(refused):
    """Why an action said no, announced at once. Nothing when there is no refusal."""
    if refused is None or refused is True or refused == "":  # a rule's `No` is falsy and must be heard
        return ""
    return format_html(
        '<div class="notice bad" role="alert" tabindex="-1" data-focus>{}<div><p><strong>{}</strong></p><p>{}</p></div></div>',
        drawing("octagon-alert"),
        _("Ce n’est pas possible pour l’instant."),
        getattr(refused, "reason", refused),
    )
