"""Forms: a question, why it is asked, an example, who usually answers, the answer, its error."""

from __future__ import annotations

from django.forms import BoundField, CheckboxInput, DecimalField, FloatField, NumberInput
from django.forms.widgets import ChoiceWidget, Select
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .library import register


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, ChoiceWidget) and not isinstance(widget, Select):
        return "options"
    return "group" if widget.use_fieldset else "input"


def _keep_what_was_typed(bound: BoundField) -> None:
    """A browser empties `type=number` when it holds « deux cents »: a text box with a number pad loses nothing."""
    widget = bound.field.widget
    if isinstance(widget, NumberInput) and widget.input_type == "number":
        widget.input_type = "text"
        decimal = isinstance(bound.field, (FloatField, DecimalField))
        widget.attrs.setdefault("inputmode", "decimal" if decimal else "numeric")
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)


@register.inclusion_tag("ui/parts/field.html")
def field(bound, why="", example="", who=""):
    """One field: label, why, help, example, control, and its error linked by `aria-describedby`."""
    shape = _shape(bound)
    _keep_what_was_typed(bound)
    name = bound.auto_id or bound.html_name
    errors = list(bound.errors)
    said = [
        f"{name}-{part}"
        for part, present in (("why", why or who), ("help", bound.help_text), ("error", errors))
        if present
    ]
    attrs = {"aria-describedby": " ".join(said)} if said else {}
    if errors and shape in {"input", "tick"}:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "shape": shape,
        "name": name,
        "target": bound.id_for_label or name,
        "control": bound.as_widget(attrs=attrs if shape in {"input", "tick"} else None) if shape != "options" else "",
        "options": [
            {"id": choice.id_for_label, "tag": choice.tag(), "label": choice.choice_label}
            for choice in bound.subwidgets
        ]
        if shape == "options"
        else [],
        "described_by": " ".join(said),
        "errors": errors,
        "why": why,
        "example": example,
        "who": who,
        "optional": not bound.field.required and shape != "tick",
    }


@register.simple_tag
def options(choices, chosen=""):
    """The options of a list, (value, label) pairs, written at once: Django's own widget renders a template for
    each, and there are a hundred départements."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if str(value) == str(chosen) else "", label) for value, label in choices),
    )


@register.simple_tag
def choice_list(bound):
    """A list to choose one from: `options` of a form's field."""
    inside = options(bound.field.choices, bound.value() or "")
    return format_html('<select name="{}" id="{}">{}</select>', bound.html_name, bound.id_for_label, inside)


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form):
    """What is to be seen again, as links to each field. Nothing when all is well."""
    lines = []
    if form is not None and form.is_bound:
        lines += [{"target": "", "label": "", "error": error} for error in form.non_field_errors()]
        for bound in form:
            if bound.is_hidden:
                # A hidden field has no place of its own on the page: its error must not stay silent.
                lines += [{"target": "", "label": bound.label, "error": error} for error in bound.errors]
                continue
            target = bound.auto_id or bound.html_name
            if _shape(bound) == "options":
                target = next((choice.id_for_label for choice in bound.subwidgets), target)
            lines += [{"target": bound.id_for_label or target, "label": bound.label, "error": e} for e in bound.errors]
    return {
        "lines": lines,
        "title": _("Une réponse est à revoir") if len(lines) == 1 else _("Des réponses sont à revoir"),
    }
