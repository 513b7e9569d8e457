"""A form made from the questions of a section. Nothing typed is ever refused here: it is held, and said wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marelle.programme.actions.answers import NEVER_READ, Typed
from marelle.programme.definition import Question, QuestionKind
from marelle.programme.queries import values

PREFIX = "q"
MOST_RADIOS = 7


class Radios(forms.RadioSelect):
    """A fieldset of its own, each option a label around its button."""

    use_fieldset = True


class AnswerField(forms.Field):
    """One question. Its value is whatever was typed; its error says what is wrong, and stops nothing."""

    def __init__(self, question: Question):
        super().__init__(label=question.label, required=question.required, widget=_widget(question))
        self.question = question

    def clean(self, value: Any) -> Any:
        held = values.read(self.question, value)
        said = values.problem(self.question, held)
        if said:
            raise ValidationError(said)
        return held


class AnswersForm(forms.Form):
    """The questions of one section, filled with what is held or with what was just typed."""

    use_required_attribute = False

    def __init__(self, questions: Iterable[Question], data: Mapping[str, Any]):
        super().__init__(data, prefix=PREFIX, auto_id="%s")
        self.fields.update({question.key: AnswerField(question) for question in questions})
        for number, (key, field) in enumerate(self.fields.items(), start=1):
            field.label = f"{number}. {field.label}"  # People say « question 6 » on the phone.
            field.widget.attrs["data-question"] = key

    @classmethod
    def of(cls, questions: Iterable[Question], held: Mapping[str, Any]) -> AnswersForm:
        """The form as the file stands: what could not be read is shown as it was typed, with its error."""
        questions = list(questions)
        return cls(questions, {name_of(q.key): values.typed_again(q, held.get(q.key)) for q in questions})


def name_of(key: str) -> str:
    return f"{PREFIX}-{key}"


def typed(questions: Iterable[Question], posted) -> dict[str, Typed]:
    """What a page sends, by question: only those the page showed, each with the revision it was written from."""
    found = {}
    for question in questions:
        if name_of(question.key) in posted or f"r-{question.key}" in posted:
            value = values.read(question, posted.getlist(name_of(question.key)))
            found[question.key] = Typed(value, revision(posted.get(f"r-{question.key}")))
    return found


def revision(text: str | None) -> int:
    """The base revision a page sends; anything else than a small number counts as never read."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else NEVER_READ


def _widget(question: Question) -> forms.Widget:
    options = [(option.key, option.label) for option in question.options]
    match question.kind:
        case QuestionKind.LONG_TEXT:
            return forms.Textarea({"rows": 6})
        case QuestionKind.NUMBER:
            return forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "short"})
        case QuestionKind.DATE:
            return forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "short"})
        case QuestionKind.YES_NO:
            return Radios(choices=[(values.YES, _("Oui")), (values.NO, _("Non"))])
        case QuestionKind.CHOICE if len(options) <= MOST_RADIOS:
            return Radios(choices=options)
        case QuestionKind.CHOICE:
            return forms.Select(choices=[("", _("Choisissez")), *options])
        case QuestionKind.CHOICES:
            return forms.CheckboxSelectMultiple(choices=options)
        case _:
            return forms.TextInput()
