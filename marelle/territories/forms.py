"""Choosing one territory out of 36 000: a field for everyone's forms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy

from .models import Territory
from .queries import ELIGIBLE, Hit, Results, search
from .words import folded

PROPOSED = 10


@dataclass(frozen=True)
class Picked:
    """What the browser sent: the text as typed, and a code with the text for which it was chosen.

    A code chosen for another text than the one now typed is forgotten: the person changed their mind.
    """

    text: str = ""
    code: str = ""

    @classmethod
    def of(cls, territory: Territory | Hit) -> Picked:
        return cls(label(territory), territory.code)


def label(territory: Territory | Hit) -> str:
    """« Rouen (76) »: enough to tell it from another of the same name, and found again by the search."""
    if isinstance(territory, Hit):
        where = territory.departement_code
    else:
        where = territory.departement.code if territory.departement else ""
    return f"{territory.name} ({where})" if where else territory.name


class TerritoryInput(forms.Widget):
    """A text field that proposes territories while one types. Without JavaScript the proposals come as a list
    of radio buttons once the form was sent, and what was typed is kept."""

    template_name = "territories/combobox.html"

    def __init__(self, attrs=None, *, kinds: Collection[str] = ELIGIBLE):
        super().__init__(attrs)
        self.kinds = list(kinds)

    def id_for_label(self, id_):
        return id_

    def value_from_datadict(self, data, files, name):
        text = (data.get(name) or "").replace("\0", "").strip()
        code = (data.get(f"{name}_code") or "").replace("\0", "").strip()  # PostgreSQL takes no NUL, even to look for
        return Picked(text, code if code and folded(text) == folded(data.get(f"{name}_for") or "") else "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def format_value(self, value) -> Picked:
        if isinstance(value, Territory):
            return Picked.of(value)
        return value if isinstance(value, Picked) else Picked(str(value or ""))

    def render(self, name, value, attrs=None, renderer=None):
        picked = self.format_value(value)
        found = None if picked.code or not picked.text else search(picked.text, kinds=self.kinds, limit=PROPOSED)
        given = self.build_attrs(self.attrs, attrs)
        return render_to_string(
            self.template_name,
            {
                "name": name,
                "id": given.pop("id", f"id_{name}"),
                "attrs": given,
                "picked": picked,
                "found": found,
                "options": [{"hit": hit, "label": label(hit)} for hit in found] if found else [],
                "kinds": self.kinds,
                "source": reverse("api:territories"),
            },
        )


class TerritoryField(forms.Field):
    """Cleans to a `Territory` that exists today, or None when it is not required and nothing was typed."""

    widget = TerritoryInput
    default_error_messages = {
        "required": gettext_lazy("Indiquez une commune ou une intercommunalité."),
        "unknown": gettext_lazy(
            "Nous ne trouvons pas « %(text)s ». Vérifiez l’orthographe, ou essayez le code postal."
        ),
        "several": gettext_lazy("Choisissez le bon territoire dans la liste ci-dessous."),
    }

    def __init__(self, *, kinds: Collection[str] = ELIGIBLE, **options):
        self.kinds = list(kinds)
        options.setdefault("widget", TerritoryInput(kinds=self.kinds))
        super().__init__(**options)

    def to_python(self, value) -> Territory | None:
        picked = value if isinstance(value, Picked) else Picked(str(value or "").strip())
        if not picked.text:
            return None
        code = picked.code or self.the_only_one(picked.text)
        found = (
            Territory.objects.eligible()
            .select_related("departement", "region", "epci")
            .filter(code=code, kind__in=self.kinds)
            .first()
        )
        if found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"text": picked.text[:60]})
        return found

    def the_only_one(self, text: str) -> str:
        """The code of what can only be meant by this text; raises when the person must choose."""
        found: Results = search(text, kinds=self.kinds, limit=2)
        if not found.total:
            return ""
        if found.approximate or (found.total > 1 and folded(text) != folded(label(found.hits[0]))):
            raise ValidationError(self.error_messages["several"], code="several")
        return found.hits[0].code

    def has_changed(self, initial, data):
        return (initial.code if isinstance(initial, Territory) else "") != (data.code if data else "")
